// The city in columns, its names, and a lexer of exactly what generate.c writes.
#ifndef CITY_H
#define CITY_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { Y = 5, FIRST = 2025, ACC = 8, SRC = 8 };
typedef struct {
  int64_t y[Y];
} Series;
typedef struct {
  uint32_t at, length;
} Text; // into the file
enum Kind { NONE, DEPT, PROG, KEG, SUB, GOAL, IND };

// Columns.
static struct {
  Text *name, *title, *code;
  int n, room;
} dept, prog, keg, sub, goal, ind, rules;
static int *progDept, *kegProg, *subKeg, *subProg, *progGoal;
static uint8_t *subAcc, *subSrc, *indUp, *indUnit;
static Series *subPagu, *progCeiling, *indTarget, *indProj, revenue[SRC];
static int *indBase;
// What drives indicators, and for each kegiatan its own, one behind the other.
enum Shape { PER_UNIT, SATURATING, ELASTIC, TABULAR };
typedef struct {
  int ind;
  uint8_t shape, lag, points;
  double cost, people, ceiling, elasticity, x[4], y[4]; // money in sen
  double plain[Y]; // the effect of the plan's own money
} Drive;
static Drive *drives;
static int driveCount, driveRoom, *kegDrive;
static Series *byKeg, *indNow; // projections in hundredths as the money makes them
static Text accountName[ACC], sourceName[SRC];
static int accounts, sources;

// Rules: each a bunch of constraints  left * 100 (<=|>=) percent * right,  year by year.
enum SideKind {
  TOTAL,
  BY_ACC,
  BY_SRC,
  BY_PROG,
  BY_DEPT,
  DEPT_ACC,
  REVENUE,
  REVENUE_OF,
  CEILING,
  AMOUNT,
  PROJ,
  TARGET
};
typedef struct {
  uint8_t kind;
  uint8_t mask;
  int row;
  int64_t amount;
} Side;
typedef struct {
  Side a, b;
  int percent;
  int rule;
  uint8_t least;
} Con;
static Con *con;
static int cons, conRoom;

// Sums.
static Series total, byAcc[ACC], bySrc[SRC], *byProg, *byDept, (*deptAcc)[ACC], allRevenue;
static uint8_t *bad;  // constraint x year
static int *badCount; // rule
static int broken;

static const char *text, *p, *end;
static size_t size;

static void die(const char *why) {
  fprintf(stderr, "limit: %s at byte %zu\n", why, (size_t)(p - text));
  exit(2);
}
static void *grown(void *old, int room, size_t each) {
  void *made = realloc(old, (size_t)room * each);
  if (!made) die("no memory");
  return made;
}
#define GROW(column, room) (column) = grown(column, room, sizeof *(column))

// Names: open addressing over the file's own bytes.
typedef struct {
  uint32_t hash;
  Text name;
  uint8_t kind;
  int row;
} Entry;
static Entry *table;
static uint32_t mask, used;
static uint32_t hashOf(Text t) {
  uint32_t h = 2166136261u;
  for (uint32_t i = 0; i < t.length; i++) h = (h ^ (uint8_t)text[t.at + i]) * 16777619u;
  h ^= h >> 15;
  return h ? h : 1;
}
static Entry *slot(Entry *in, uint32_t m, Text t, uint32_t h) {
  for (uint32_t i = h & m;; i = (i + 1) & m)
    if (!in[i].hash || (in[i].hash == h && in[i].name.length == t.length &&
                        !memcmp(text + in[i].name.at, text + t.at, t.length)))
      return in + i;
}
static void declare(Text t, int kind, int row) {
  if (used * 2 >= mask) {
    uint32_t wider = mask * 2 + 1;
    Entry *made = calloc((size_t)wider + 1, sizeof *made);
    if (!made) die("no memory");
    for (uint32_t i = 0; mask && i <= mask; i++)
      if (table[i].hash) *slot(made, wider, table[i].name, table[i].hash) = table[i];
    free(table);
    table = made, mask = wider;
  }
  uint32_t h = hashOf(t);
  Entry *e = slot(table, mask, t, h);
  if (e->hash) die("declared twice");
  *e = (Entry){h, t, (uint8_t)kind, row};
  used++;
}
static int find(Text t, int kind) {
  Entry *e = slot(table, mask, t, hashOf(t));
  if (!e->hash || e->kind != kind) die("unknown name");
  return e->row;
}

// Lexing.
static inline void blank(void) {
  while (*p == ' ' || *p == '\n') p++;
}
static inline int isName(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }
static inline Text word(void) {
  blank();
  const char *s = p;
  while (isName(*p)) p++;
  if (p == s) die("a word is missing");
  return (Text){(uint32_t)(s - text), (uint32_t)(p - s)};
}
static inline Text quoted(void) {
  blank();
  if (*p != '"') die("a text is missing");
  const char *s = ++p;
  while (*p != '"') {
    if (p >= end) die("an open text");
    p++;
  }
  return (Text){(uint32_t)(s - text), (uint32_t)(p++ - s)};
}
static inline Text code(void) {
  blank();
  const char *s = p;
  while ((*p >= '0' && *p <= '9') || *p == '.') p++;
  return (Text){(uint32_t)(s - text), (uint32_t)(p - s)};
}
static inline void expect(const char *what) {
  blank();
  size_t n = strlen(what);
  if (memcmp(p, what, n)) die(what);
  p += n;
}
static inline int next(const char *what) {
  blank();
  size_t n = strlen(what);
  if (memcmp(p, what, n)) return 0;
  p += n;
  return 1;
}
static inline int64_t digits(void) {
  int64_t v = 0;
  const char *s = p;
  for (;; p++) {
    if (*p >= '0' && *p <= '9')
      v = v * 10 + (*p - '0');
    else if (*p != '.')
      break;
  }
  if (p == s || p - s > 24) die("a number is missing");
  return v;
}
static Series rupiah(void) { // sen
  Series s;
  expect("2025..2029 = Rp ");
  for (int y = 0; y < Y; y++) {
    if (y) {
      if (*p != ';') die(";");
      p += 2;
    }
    s.y[y] = digits() * 100;
  }
  return s;
}
static inline int64_t hundredths(void) {
  int64_t v = 0;
  while (*p >= '0' && *p <= '9') v = v * 10 + (*p++ - '0');
  v *= 100;
  if (*p == ',') {
    v += (p[1] - '0') * 10 + (p[2] - '0');
    p += 3;
  }
  return v;
}
static Series figures(void) {
  Series s;
  expect("2025..2029 = ");
  for (int y = 0; y < Y; y++) {
    if (y) {
      if (*p != ';') die(";");
      p += 2;
    }
    s.y[y] = hundredths();
  }
  return s;
}
static int known(Text *names, int *n, Text t) {
  for (int i = 0; i < *n; i++)
    if (names[i].length == t.length && !memcmp(text + names[i].at, text + t.at, t.length)) return i;
  if (*n == 8) die("too many accounts or sources");
  names[*n] = t;
  return (*n)++;
}

#endif
