/* Writes the benchmark's region, the same for every tool: 40 departments, 160 programmes, 480 activities, 1,600
   subactivities x 5 years, 900 indicators, 60 rules; times a factor. `generate plan|lua FACTOR`. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 20261123;

static int draw(int low, int high) {
  state += 0x9e3779b97f4a7c15ull;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return low + (int)((z ^ (z >> 31)) % (uint64_t)(high - low + 1));
}

static void money(const char *separator, const char *suffix, int low, int high) {
  for (int year = 0; year < 5; year++) printf("%s%d%s", year ? separator : "", draw(low, high), suffix);
}

int main(int count, char **words) {
  int lua = count > 1 && !strcmp(words[1], "lua"), factor = count > 2 ? atoi(words[2]) : 1;
  int departments = 40 * factor, indicators = 900 * factor, indicator = 0;
  if (!lua) puts("daerah \"Kota Uji\" jenis kota periode 2025..2029\ndokumen kerja apbd\nmisi m \"Misi\" {\n  tujuan t \"Tujuan\" {\n    sasaran s0 \"A\"\n    sasaran s1 \"B\"\n  }\n}");
  for (int d = 0; d < departments; d++) {
    if (lua) printf("department(%d, \"Dinas nomor %d\")\n", d, d);
    else printf("dinas d%d \"Dinas nomor %d\" {\n", d, d);
    for (int p = 0; p < 4; p++) {
      if (lua) { printf("programme(%d, %d, \"Program %d dinas %d\", ", d, p, p, d); money(", ", "", 60000, 90000); puts(")"); }
      else {
        printf("  program d%dp%d \"Program %d dinas %d\" kode %d.%02d.%02d {\n    mendukung s%d\n    pagu rpjmd 2025..2029 = Rp ", d, p, p, d, 1 + d % 6, 1 + d % 20, 2 + p, (d + p) % 2);
        money("; ", " jt", 60000, 90000);
        puts("");
      }
      for (int k = 0; k < 3; k++) {
        if (lua) printf("activity(%d, %d, %d, \"Kegiatan %d\")\n", d, p, k, k);
        else printf("    kegiatan d%dp%dk%d \"Kegiatan %d\" {\n", d, p, k, k);
        for (int s = 0; s < (k ? 3 : 4); s++) {
          if (lua) { printf("subactivity(%d, %d, %d, %d, \"Sub kegiatan nomor %d\", ", d, p, k, s, s); money(", ", "", 1000, 7000); puts(")"); }
          else { printf("      subkegiatan d%dp%dk%ds%d \"Sub kegiatan nomor %d\" {\n        pagu apbd 2025..2029 = Rp ", d, p, k, s, s); money("; ", " jt", 1000, 7000); puts("\n      }"); }
        }
        if (!lua) puts("    }");
      }
      for (int i = 0; i < (p < 2 ? 6 : 5) && indicator < indicators; i++, indicator++) {
        int base = draw(100, 200);
        if (lua) printf("indicator(%d, \"Indikator nomor %d\", %d, %d, %d, %d, %d, %d)\n", indicator, indicator, base, base + 10, base + 20, base + 30, base + 40, base + 50);
        else printf("    indikator i%d \"Indikator nomor %d\" {\n      satuan orang\n      arah naik\n      awal 2024 = %d\n      target 2025..2029 = %d; %d; %d; %d; %d\n    }\n", indicator, indicator, base, base + 10, base + 20, base + 30, base + 40, base + 50);
      }
      if (!lua) puts("  }");
    }
    if (!lua) puts("}");
  }
  for (int r = 0; r < 60; r++) {
    int d = r * 7 % departments;
    if (r % 3 == 0) printf(lua ? "ceiling(%d, %d)\n" : "aturan r%d wajib { d%d.pagu <= Rp 165 M }\n", r, d);
    else if (r % 3 == 1) printf(lua ? "share(%d, %d)\n" : "aturan r%d wajib { d%d.pagu / pagu <= 2,5%% }\n", r, d);
    else printf(lua ? "plafond(%d, %d)\n" : "aturan r%d anjuran { untuk p dalam d%d.program: p.pagu <= p.pagu.rpjmd }\n", r, d);
  }
  if (lua) puts("finish()");
  return 0;
}
