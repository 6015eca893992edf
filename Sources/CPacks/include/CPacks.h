#ifndef PLANLANG_CPACKS_H
#define PLANLANG_CPACKS_H

/// A rule pack's text, compiled in from `packs/`.
typedef struct {
  /// The name it is used by: `pakai "NAME"`.
  const char *name;
  /// Its bytes, UTF-8, not terminated.
  const unsigned char *bytes;
  /// How many bytes.
  long count;
} planlang_pack;

/// How many packs there are.
int planlang_pack_count(void);

/// A pack by its place, from 0; the empty pack when there is none.
planlang_pack planlang_pack_at(int place);

/// The nomenclature: lines `code;title`, sorted by code.
planlang_pack planlang_nomenclature(void);

#endif
