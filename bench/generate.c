// Writes one invented city, the same model in every peer's form: generate FOLDER FACTOR [driven]
//
// With `driven` only city.plan is written, and each indicator has a kegiatan that drives it.
// Factor 1: 40 departments, 160 programmes, 480 kegiatan, 1,600 subkegiatan x 5 years, 900 indicators, 60
// rules. Every figure is a pure function of its place (a hash), so that the same factor gives the same bytes
// anywhere.
#include "model.h"
#include <stdio.h>
#include <string.h>

static FILE *out;
static void rp(int64_t m) { // 1.250.000
  char digits[32];
  int n = snprintf(digits, sizeof digits, "%lld", (long long)m);
  for (int i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0) fputc('.', out);
    fputc(digits[i], out);
  }
}
static void moneySeries(int64_t (*f)(int, int), int row) {
  fputs("Rp ", out);
  for (int y = 0; y < YEARS; y++) {
    if (y) fputs("; ", out);
    rp(f(row, y));
  }
}
static void open_(const char *folder, const char *name) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) exit(64);
  out = fopen(path, "wb");
  if (!out) {
    perror(path);
    exit(74);
  }
  setvbuf(out, NULL, _IOFBF, 1 << 20);
}
static void shut(void) {
  if (fclose(out) != 0) {
    perror("generate");
    exit(74);
  }
}

static void deptCode(char *b, int d) {
  sprintf(b, "%d.%02d.0.00.0.00.%02d.%04d", 1 + d % 7, 1 + d / 7 % 20, 1 + d % 90, d / 90);
}
static void progCode(char *b, int p) {
  sprintf(b, "%d.%02d.%02d", 1 + p / 4 % 7, 1 + p / 28 % 20, 2 + p % 4);
}
static void kegCode(char *b, int k) {
  char c[32];
  progCode(c, k / 3);
  sprintf(b, "%s.2.%02d", c, 1 + k % 3);
}
static void subCode(char *b, int s) {
  char c[48];
  int k = kegOfSub(s);
  kegCode(c, k);
  sprintf(b, "%s.%04d", c, 1 + s - firstSub(k));
}
static void caption(char *b, int kind, int row) {
  sprintf(b, "%s %s %d", verb[below(20 + kind, row, 0, 8)], noun[below(30 + kind, row, 0, 8)], row + 1);
}

static void planIndicator(const char *pad, int i) {
  char t[128];
  caption(t, 5, i);
  fprintf(
      out,
      "%sindikator i%d \"%s\" {\n%s  satuan %s\n%s  arah %s\n%s  ketelitian 0,01\n%s  awal 2024 = %d,%02d\n",
      pad, i + 1, t, pad, unit[i % 4], pad, isUp(i) ? "naik" : "turun", pad, pad, baseline(i) / 100,
      baseline(i) % 100);
  for (int f = 0; f < 2; f++) {
    fprintf(out, "%s  %s 2025..2029 = ", pad, f ? "proyeksi" : "target");
    for (int y = 0; y < YEARS; y++) {
      int v = f ? projection(i, y) : target(i, y);
      fprintf(out, "%s%d,%02d", y ? "; " : "", v / 100, v % 100);
    }
    fputc('\n', out);
  }
  fprintf(out, "%s}\n", pad);
}

/// The drivers of the indicators of a kegiatan's programme that are its own.
static void planDrives(int k) {
  int first = firstInd(k / 3);
  for (int i = first; i < firstInd(k / 3 + 1); i++) {
    if (driverOf(i) != k) continue;
    static const char *const shape[4] = {"satuan", "jenuh", "elastis", "tabel"};
    fprintf(out, "      mendorong i%d %s {\n", i + 1, shape[i % 4]);
    switch (i % 4) {
    case 0: fputs("        biaya satuan Rp ", out), rp(costOf(i)), fputc('\n', out); break;
    case 1:
      fputs("        biaya satuan Rp ", out), rp(costOf(i));
      fprintf(out, "\n        sasaran_penerima %d orang\n        paling tinggi %d%%\n", peopleOf(i), ceilingIn(i));
      break;
    case 2: fprintf(out, "        elastisitas 0,%02d\n", elasticityOf(i)); break;
    default:
      for (int n = 0; n < POINTS; n++)
        fputs("        tabel Rp ", out), rp(pointAt(i, n)), fprintf(out, " = %d\n", pointOf(i, n));
    }
    if (lagOf(i)) fputs("        setelah 1 tahun\n", out);
    fputs("      }\n", out);
  }
}

static void plan(const char *folder, int isDriven) {
  char c[64], t[128];
  open_(folder, "city.plan");
  fputs("daerah \"Kota Uji\" jenis kota periode 2025..2029\ndokumen kerja apbd\nvisi \"Kota uji yang "
        "terukur\"\n\n",
        out);
  for (int d = 0; d < D; d++) {
    if (d % 10 == 0) fprintf(out, "misi m%d \"Misi %d\" {\n", d / 10 + 1, d / 10 + 1);
    if (d % 5 == 0) fprintf(out, "  tujuan t%d \"Tujuan %d\" {\n", d / 5 + 1, d / 5 + 1);
    caption(t, 6, d);
    fprintf(out, "    sasaran g%d \"%s\" {\n", d + 1, t);
    for (int p = d * 4; p < d * 4 + 4; p++)
      for (int i = firstInd(p); i < firstInd(p) + 2; i++) planIndicator("      ", i);
    fputs("    }\n", out);
    if (d % 5 == 4 || d == D - 1) fputs("  }\n", out);
    if (d % 10 == 9 || d == D - 1) fputs("}\n\n", out);
  }
  for (int d = 0; d < D; d++) {
    deptCode(c, d), caption(t, 1, d);
    fprintf(out, "dinas d%d \"Dinas %s\" kode %s {\n", d + 1, t, c);
    for (int p = d * 4; p < d * 4 + 4; p++) {
      progCode(c, p), caption(t, 2, p);
      fprintf(out, "  program p%d \"%s\" kode %s {\n    mendukung g%d\n    pagu rpjmd 2025..2029 = ", p + 1,
              t, c, d + 1);
      moneySeries(ceilingOf, p);
      fputc('\n', out);
      for (int i = firstInd(p) + 2; i < firstInd(p + 1); i++) planIndicator("    ", i);
      for (int k = p * 3; k < p * 3 + 3; k++) {
        kegCode(c, k), caption(t, 3, k);
        fprintf(out, "    kegiatan k%d \"%s\" kode %s {\n", k + 1, t, c);
        if (isDriven) planDrives(k);
        for (int s = firstSub(k); s < firstSub(k + 1); s++) {
          subCode(c, s), caption(t, 4, s);
          fprintf(out,
                  "      subkegiatan s%d \"%s\" kode %s {\n        pagu apbd 2025..2029 {\n          "
                  "rekening %s sumber %s = ",
                  s + 1, t, c, account[accountOf(s)], source[sourceOf(s)]);
          moneySeries(money, s);
          fputs("\n        }\n      }\n", out);
        }
        fputs("    }\n", out);
      }
      fputs("  }\n", out);
    }
    fputs("}\n", out);
  }
  fputc('\n', out);
  for (int s = 0; s < SOURCES; s++) {
    fprintf(out, "pendapatan %s 2025..2029 = ", source[s]);
    moneySeries(revenue, s);
    fputc('\n', out);
  }
  fputc('\n', out);
  for (int r = 0; r < R; r++) {
    Rule u = rule(r);
    int n = u.row + 1;
    fprintf(out, "aturan r%d \"%s\" wajib { ", r + 1, title[u.kind]);
    switch (u.kind) {
    case BALANCE: fputs("pagu <= pendapatan", out); break;
    case CEILINGS: fputs("untuk p dalam program: p.pagu <= p.pagu.rpjmd", out); break;
    case ACCOUNT_MOST:
      fprintf(out, "pagu[rekening = @%s] <= %d%% dari pagu", prefix[u.row], (int)u.value);
      break;
    case ACCOUNT_LEAST:
      fprintf(out, "pagu[rekening = @%s] >= %d%% dari pagu", prefix[u.row], (int)u.value);
      break;
    case SOURCE_MOST: fprintf(out, "pagu[sumber = %s] <= %d%% dari pagu", source[u.row], (int)u.value); break;
    case REACHED: fputs("untuk i dalam indikator: i.tercapai", out); break;
    case PROGRAMME: fprintf(out, "p%d.pagu <= Rp ", n), rp(u.value); break;
    case CAPITAL: fprintf(out, "d%d.pagu[rekening = @5.2] <= %d%% dari d%d.pagu", n, (int)u.value, n); break;
    case FLOOR: fprintf(out, "d%d.pagu >= Rp ", n), rp(u.value); break;
    default: fprintf(out, "i%d %s i%d.target", n, isUp(u.row) ? ">=" : "<=", n);
    }
    fputs(" }\n", out);
  }
  shut();
}

static void list(int64_t (*f)(int, int), int row, const char *mark) {
  for (int y = 0; y < YEARS; y++) fprintf(out, "%s%lld", y ? mark : "", (long long)f(row, y));
}
static void luaIndicator(int i) {
  char t[128];
  caption(t, 5, i);
  fprintf(out, "indikator('i%d','%s','%s','%s',%d.%02d,{", i + 1, t, unit[i % 4], isUp(i) ? "naik" : "turun",
          baseline(i) / 100, baseline(i) % 100);
  for (int f = 0; f < 2; f++) {
    for (int y = 0; y < YEARS; y++) {
      int v = f ? projection(i, y) : target(i, y);
      fprintf(out, "%s%d.%02d", y ? "," : "", v / 100, v % 100);
    }
    fputs(f ? "})\n" : "},{", out);
  }
}
/// Declarations in functions of 400, for LuaJIT's bound on constants.
static void chunk(void) {
  static int n;
  if (n++ % 400 == 0) fputs(n > 1 ? "end)();\n(function()\n" : "(function()\n", out);
}
static void lua(const char *folder) {
  char c[64], t[128];
  open_(folder, "city.lua");
  for (int d = 0; d < D; d++) {
    chunk(), deptCode(c, d), caption(t, 1, d);
    fprintf(out, "dinas('d%d','Dinas %s','%s')\n", d + 1, t, c);
    for (int p = d * 4; p < d * 4 + 4; p++) {
      chunk(), progCode(c, p), caption(t, 2, p);
      fprintf(out, "program('p%d','%s','%s','g%d',{", p + 1, t, c, d + 1);
      list(ceilingOf, p, ",");
      fputs("})\n", out);
      for (int i = firstInd(p); i < firstInd(p + 1); i++) chunk(), luaIndicator(i);
      for (int k = p * 3; k < p * 3 + 3; k++) {
        chunk(), kegCode(c, k), caption(t, 3, k);
        fprintf(out, "kegiatan('k%d','%s','%s')\n", k + 1, t, c);
        for (int s = firstSub(k); s < firstSub(k + 1); s++) {
          chunk(), subCode(c, s), caption(t, 4, s);
          fprintf(out, "subkegiatan('s%d','%s','%s','%s','%s',{", s + 1, t, c, account[accountOf(s)],
                  source[sourceOf(s)]);
          list(money, s, ",");
          fputs("})\n", out);
        }
      }
    }
  }
  for (int s = 0; s < SOURCES; s++) {
    chunk();
    fprintf(out, "pendapatan('%s',{", source[s]);
    list(revenue, s, ",");
    fputs("})\n", out);
  }
  for (int r = 0; r < R; r++) {
    Rule u = rule(r);
    chunk();
    fprintf(out, "aturan('r%d','%s',", r + 1, title[u.kind]);
    switch (u.kind) {
    case BALANCE: fputs("'seimbang'", out); break;
    case CEILINGS: fputs("'plafon'", out); break;
    case ACCOUNT_MOST: fprintf(out, "'rekening_maks','%s',%d", prefix[u.row], (int)u.value); break;
    case ACCOUNT_LEAST: fprintf(out, "'rekening_min','%s',%d", prefix[u.row], (int)u.value); break;
    case SOURCE_MOST: fprintf(out, "'sumber_maks','%s',%d", source[u.row], (int)u.value); break;
    case REACHED: fputs("'tercapai'", out); break;
    case PROGRAMME: fprintf(out, "'program_maks','p%d',%lld", u.row + 1, (long long)u.value); break;
    case CAPITAL: fprintf(out, "'modal_maks','d%d',%d", u.row + 1, (int)u.value); break;
    case FLOOR: fprintf(out, "'dinas_min','d%d',%lld", u.row + 1, (long long)u.value); break;
    default: fprintf(out, "'indikator','i%d'", u.row + 1);
    }
    fputs(")\n", out);
  }
  fputs("end)()\n", out);
  shut();
}

static void tables(const char *folder) {
  static const char *const kind[10] = {"seimbang",    "plafon",   "rekening_maks", "rekening_min",
                                       "sumber_maks", "tercapai", "program_maks",  "modal_maks",
                                       "dinas_min",   "indikator"};
  char c[64], t[128];
  open_(folder, "cells.csv");
  fputs("sub,dept,prog,keg,code,title,account,source,y1,y2,y3,y4,y5\n", out);
  for (int s = 0; s < S; s++) {
    int k = kegOfSub(s);
    subCode(c, s), caption(t, 4, s);
    fprintf(out, "%d,%d,%d,%d,%s,%s,%s,%s,", s + 1, k / 12 + 1, k / 3 + 1, k + 1, c, t, account[accountOf(s)],
            source[sourceOf(s)]);
    list(money, s, ",");
    fputc('\n', out);
  }
  shut();
  open_(folder, "programmes.csv");
  fputs("prog,dept,y1,y2,y3,y4,y5\n", out);
  for (int p = 0; p < P; p++)
    fprintf(out, "%d,%d,", p + 1, p / 4 + 1), list(ceilingOf, p, ","), fputc('\n', out);
  shut();
  open_(folder, "indicators.csv");
  fputs("ind,title,unit,dir,base,t1,t2,t3,t4,t5,p1,p2,p3,p4,p5\n", out);
  for (int i = 0; i < I; i++) {
    caption(t, 5, i);
    fprintf(out, "%d,%s,%s,%d,%d.%02d", i + 1, t, unit[i % 4], isUp(i) ? 1 : -1, baseline(i) / 100,
            baseline(i) % 100);
    for (int y = 0; y < YEARS; y++) fprintf(out, ",%d.%02d", target(i, y) / 100, target(i, y) % 100);
    for (int y = 0; y < YEARS; y++) fprintf(out, ",%d.%02d", projection(i, y) / 100, projection(i, y) % 100);
    fputc('\n', out);
  }
  shut();
  open_(folder, "revenue.csv");
  fputs("source,y1,y2,y3,y4,y5\n", out);
  for (int s = 0; s < SOURCES; s++) fprintf(out, "%s,", source[s]), list(revenue, s, ","), fputc('\n', out);
  shut();
  open_(folder, "rules.csv");
  fputs("rule,kind,name,row,value\n", out);
  for (int r = 0; r < R; r++) {
    Rule u = rule(r);
    const char *name = u.kind == ACCOUNT_MOST || u.kind == ACCOUNT_LEAST ? prefix[u.row]
                       : u.kind == SOURCE_MOST                           ? source[u.row]
                                                                         : "-";
    fprintf(out, "%d,%s,%s,%d,%lld\n", r + 1, kind[u.kind], name, u.row + 1, (long long)u.value);
  }
  shut();

  // MathProg: the same columns as a data section.
  open_(folder, "city.dat");
  fprintf(out, "data;\nset ACC :=");
  for (int a = 0; a < ACCOUNTS; a++) fprintf(out, " '%s'", account[a]);
  fputs(";\nset SRC :=", out);
  for (int s = 0; s < SOURCES; s++) fprintf(out, " %s", source[s]);
  fprintf(out, ";\nparam D := %d;\nparam P := %d;\nparam S := %d;\nparam I := %d;\nparam R := %d;\n", D, P, S,
          I, R);
  fputs("param : prog acc src :=\n", out);
  for (int s = 0; s < S; s++)
    fprintf(out, "%d %d '%s' %s\n", s + 1, kegOfSub(s) / 3 + 1, account[accountOf(s)], source[sourceOf(s)]);
  fputs(";\nparam pagu : 1 2 3 4 5 :=\n", out);
  for (int s = 0; s < S; s++) fprintf(out, "%d ", s + 1), list(money, s, " "), fputc('\n', out);
  fputs(";\nparam rpjmd : 1 2 3 4 5 :=\n", out);
  for (int p = 0; p < P; p++) fprintf(out, "%d ", p + 1), list(ceilingOf, p, " "), fputc('\n', out);
  fputs(";\nparam revenue : 1 2 3 4 5 :=\n", out);
  for (int s = 0; s < SOURCES; s++) fprintf(out, "%s ", source[s]), list(revenue, s, " "), fputc('\n', out);
  fputs(";\nparam : dir base :=\n", out);
  for (int i = 0; i < I; i++)
    fprintf(out, "%d %d %d.%02d\n", i + 1, isUp(i) ? 1 : -1, baseline(i) / 100, baseline(i) % 100);
  for (int f = 0; f < 2; f++) {
    fprintf(out, ";\nparam %s : 1 2 3 4 5 :=\n", f ? "proj" : "target");
    for (int i = 0; i < I; i++) {
      fprintf(out, "%d", i + 1);
      for (int y = 0; y < YEARS; y++) {
        int v = f ? projection(i, y) : target(i, y);
        fprintf(out, " %d.%02d", v / 100, v % 100);
      }
      fputc('\n', out);
    }
  }
  fputs(";\nparam : kind name row value :=\n", out);
  for (int r = 0; r < R; r++) {
    Rule u = rule(r);
    const char *name = u.kind == ACCOUNT_MOST || u.kind == ACCOUNT_LEAST ? prefix[u.row]
                       : u.kind == SOURCE_MOST                           ? source[u.row]
                                                                         : "-";
    fprintf(out, "%d %s '%s' %d %lld\n", r + 1, kind[u.kind], name, u.row + 1, (long long)u.value);
  }
  fputs(";\nend;\n", out);
  shut();
}

int main(int argc, char **argv) {
  int f = argc == 3 || argc == 4 ? atoi(argv[2]) : 0, isDriven = argc == 4;
  if (f < 1 || f > 1000 || (isDriven && strcmp(argv[3], "driven"))) {
    fputs("usage: generate FOLDER FACTOR [driven]\n", stderr);
    return 64;
  }
  D = 40 * f, P = 160 * f, K = 480 * f, S = 1600 * f, I = 900 * f, R = 60 * f;
  sums();
  plan(argv[1], isDriven);
  if (isDriven) return 0;
  lua(argv[1]);
  tables(argv[1]);
  return 0;
}
