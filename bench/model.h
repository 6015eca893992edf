// The invented city: every figure a pure function of its place (a hash).
#ifndef MODEL_H
#define MODEL_H
#include <stdint.h>
#include <stdlib.h>

enum { YEARS = 5, FIRST = 2025, ACCOUNTS = 8, SOURCES = 4 };
static const char *const account[ACCOUNTS] = {"5.1.01",    "5.1.02.01", "5.1.02.02", "5.1.02.03",
                                              "5.1.02.04", "5.2.02",    "5.2.03",    "5.2.04"};
static const char *const source[SOURCES] = {"pad", "dau", "dak", "dbh"};
static const char *const unit[4] = {"persen", "indeks", "dokumen", "layanan"};
static const char *const verb[8] = {"Pengelolaan",  "Penyediaan",      "Peningkatan", "Pembinaan",
                                    "Pengembangan", "Penyelenggaraan", "Koordinasi",  "Pemeliharaan"};
static const char *const noun[8] = {"pelayanan dasar",    "sarana dan prasarana",    "data dan informasi",
                                    "kapasitas aparatur", "pemberdayaan masyarakat", "tata ruang kota",
                                    "ketahanan keluarga", "jaringan dan aplikasi"};

static int D, P, K, S, I, R;

static uint64_t mix(uint64_t kind, uint64_t row, uint64_t year) {
  uint64_t z = kind * 0x9E3779B97F4A7C15u + row * 0xBF58476D1CE4E5B9u + year * 0x94D049BB133111EBu;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static int below(uint64_t kind, uint64_t row, uint64_t year, int n) {
  return (int)((mix(kind, row, year) >> 11) % (uint64_t)n);
}

// The trees: 4 programmes a department, 3 kegiatan a programme, 10 subkegiatan to each 3 kegiatan, 45
// indicators to each 8 programmes.
static int firstSub(int k) { return k / 3 * 10 + (k % 3 == 0 ? 0 : k % 3 == 1 ? 4 : 7); }
static int kegOfSub(int s) {
  int r = s % 10;
  return s / 10 * 3 + (r < 4 ? 0 : r < 7 ? 1 : 2);
}
static int firstInd(int p) {
  int r = p % 8;
  return p / 8 * 45 + r * 5 + (r < 5 ? r : 5);
}

static int accountOf(int s) { return below(1, s, 0, ACCOUNTS); }
static int sourceOf(int s) { return below(2, s, 0, SOURCES); }
/// Rupiah, whole thousands.
static int64_t money(int s, int y) {
  return (int64_t)(20000 + below(3, s, 0, 300000) + below(4, s, y, 40000) + y * 5000) * 1000;
}
static int isUp(int i) { return below(5, i, 0, 3) != 0; }
/// Hundredths.
static int baseline(int i) { return 4000 + below(6, i, 0, 4000); }
static int target(int i, int y) {
  return baseline(i) + (isUp(i) ? 1 : -1) * (y + 1) * (10 + below(7, i, 0, 400));
}
static int projection(int i, int y) {
  int ahead = below(8, i, y, 30) == 0 ? -(1 + below(9, i, y, 60)) : below(9, i, y, 60);
  return target(i, y) + (isUp(i) ? ahead : -ahead);
}

// What drives an indicator in the driven city: a kegiatan of its programme, by one of four shapes.
enum { POINTS = 3 };
static int driverOf(int i) {
  int p = i / 45 * 8;
  while (firstInd(p + 1) <= i) p++;
  return p * 3 + (i - firstInd(p)) % 3;
}
static int lagOf(int i) { return i / 4 % 2; }
static int64_t costOf(int i) { return (50 + below(12, i, 0, 100)) * INT64_C(1000); }
static int peopleOf(int i) { return 4000 + below(13, i, 0, 8000); }
static int ceilingIn(int i) { return 60 + below(14, i, 0, 40); } // percent
static int elasticityOf(int i) { return 10 + below(15, i, 0, 80); } // hundredths
static int64_t pointAt(int i, int n) { return n * (400 + below(16, i, 0, 400)) * INT64_C(1000000); }
static int pointOf(int i, int n) { return n == 0 ? 0 : n * 3 + below(17, i, n, 2); }

static int64_t *progSum, *deptSum, *deptCapital, total[YEARS], bySource[SOURCES][YEARS],
    byAccount[ACCOUNTS][YEARS];

static void sums(void) {
  progSum = calloc((size_t)P * YEARS, 8);
  deptSum = calloc((size_t)D * YEARS, 8);
  deptCapital = calloc((size_t)D * YEARS, 8);
  if (!progSum || !deptSum || !deptCapital) exit(74);
  for (int s = 0; s < S; s++)
    for (int y = 0; y < YEARS; y++) {
      int64_t m = money(s, y);
      int p = kegOfSub(s) / 3, d = p / 4;
      progSum[p * YEARS + y] += m;
      deptSum[d * YEARS + y] += m;
      if (accountOf(s) >= 5) deptCapital[d * YEARS + y] += m;
      total[y] += m;
      bySource[sourceOf(s)][y] += m;
      byAccount[accountOf(s)][y] += m;
    }
}
static int64_t thousands(int64_t m) { return m / 1000 * 1000; }
static int64_t ceilingOf(int p, int y) { // the RPJMD's pagu of a programme
  return thousands(progSum[p * YEARS + y] * (below(10, p, y, 150) == 0 ? 97 : 105) / 100);
}
static int64_t revenue(int s, int y) { return thousands(bySource[s][y] * 102 / 100); }

// Rules: ten over the whole plan, the others each over one department, programme or indicator.
enum {
  BALANCE,
  CEILINGS,
  ACCOUNT_MOST,
  ACCOUNT_LEAST,
  SOURCE_MOST,
  REACHED,
  PROGRAMME,
  CAPITAL,
  FLOOR,
  INDICATOR
};
typedef struct {
  int kind, row;
  int64_t value;
} Rule;
static const char *const prefix[5] = {"5.1.01", "5.1.02", "5.1.02.04", "5.2", "5.1.02.03"};
static const char *const title[10] = {"Belanja tertutup pendapatan",
                                      "Program tidak melampaui pagu RPJMD",
                                      "Belanja rekening dibatasi",
                                      "Belanja rekening cukup",
                                      "Ketergantungan pada satu sumber dibatasi",
                                      "Semua indikator mencapai target",
                                      "Pagu program dibatasi",
                                      "Belanja modal perangkat daerah dibatasi",
                                      "Pagu perangkat daerah cukup",
                                      "Indikator mencapai target"};

static Rule rule(int r) {
  static const Rule whole[10] = {{BALANCE, 0, 0},        {CEILINGS, 0, 0},      {ACCOUNT_MOST, 0, 15},
                                 {ACCOUNT_MOST, 1, 48},  {ACCOUNT_MOST, 2, 14}, {ACCOUNT_LEAST, 3, 36},
                                 {ACCOUNT_LEAST, 4, 10}, {SOURCE_MOST, 1, 30},  {SOURCE_MOST, 2, 27},
                                 {REACHED, 0, 0}};
  if (r < 10) return whole[r];
  int n = r - 10, hard = below(11, r, 0, 7) == 0;
  Rule made = {n % 5 < 2 ? PROGRAMME : n % 5 == 2 ? CAPITAL : n % 5 == 3 ? FLOOR : INDICATOR, 0, 0};
  if (made.kind == PROGRAMME) {
    made.row = (int)((int64_t)n * 37 % P);
    for (int y = 0; y < YEARS; y++)
      if (progSum[made.row * YEARS + y] > made.value) made.value = progSum[made.row * YEARS + y];
    made.value = thousands(made.value * (hard ? 97 : 103) / 100);
  } else if (made.kind == CAPITAL) {
    made.row = (int)((int64_t)n * 13 % D);
    for (int y = 0; y < YEARS; y++) {
      int64_t share = deptCapital[made.row * YEARS + y] * 100 / deptSum[made.row * YEARS + y];
      if (share > made.value) made.value = share;
    }
    made.value += hard ? -2 : 3;
    if (made.value < 1) made.value = 1;
  } else if (made.kind == FLOOR) {
    made.row = (int)((int64_t)n * 29 % D);
    made.value = deptSum[made.row * YEARS];
    for (int y = 0; y < YEARS; y++)
      if (deptSum[made.row * YEARS + y] < made.value) made.value = deptSum[made.row * YEARS + y];
    made.value = thousands(made.value * (hard ? 102 : 98) / 100);
  } else {
    made.row = (int)((int64_t)n * 17 % I);
  }
  return made;
}

#endif
