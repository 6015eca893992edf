// The parser of the city: declarations into columns, rules into constraints.
#ifndef PARSE_H
#define PARSE_H
#include "city.h"

#define ROW(column)                                                                                          \
  if ((column).n == (column).room) {                                                                         \
    (column).room = (column).room ? (column).room * 2 : 256;                                                 \
    GROW((column).name, (column).room), GROW((column).title, (column).room),                                 \
        GROW((column).code, (column).room);                                                                  \
    WIDEN_##column                                                                                           \
  }
#define WIDEN_dept
#define WIDEN_goal
#define WIDEN_keg GROW(kegProg, keg.room), GROW(kegDrive, keg.room + 1);
#define WIDEN_prog GROW(progDept, prog.room), GROW(progGoal, prog.room), GROW(progCeiling, prog.room);
#define WIDEN_sub                                                                                            \
  GROW(subKeg, sub.room), GROW(subProg, sub.room), GROW(subAcc, sub.room), GROW(subSrc, sub.room),           \
      GROW(subPagu, sub.room);
#define WIDEN_ind                                                                                            \
  GROW(indUp, ind.room), GROW(indUnit, ind.room), GROW(indBase, ind.room), GROW(indTarget, ind.room),        \
      GROW(indProj, ind.room);
#define WIDEN_rules

static void indicator(void) {
  ROW(ind)
  int i = ind.n++;
  ind.name[i] = word(), ind.title[i] = quoted();
  declare(ind.name[i], IND, i);
  expect("{");
  for (;;) {
    blank();
    if (*p == '}') {
      p++;
      return;
    }
    if (next("satuan ")) {
      Text u = word();
      indUnit[i] = (uint8_t)u.length;
    } else if (next("arah ")) {
      indUp[i] = word().length == 4;
    } else if (next("ketelitian "))
      hundredths();
    else if (next("awal 2024 = "))
      indBase[i] = (int)hundredths();
    else if (next("target "))
      indTarget[i] = figures();
    else if (next("proyeksi "))
      indProj[i] = figures();
    else
      die("unknown in an indicator");
  }
}
static void subactivity(int k) {
  ROW(sub)
  int s = sub.n++;
  sub.name[s] = word(), sub.title[s] = quoted();
  declare(sub.name[s], SUB, s);
  expect("kode "), sub.code[s] = code();
  subKeg[s] = k, subProg[s] = kegProg[k];
  expect("{"), expect("pagu apbd ");
  const char *years = p;
  while (*p != '{' && *p != '\n') p++;
  if (p - years != 11 || memcmp(years, "2025..2029 ", 11)) die("years");
  p++;
  expect("rekening "), subAcc[s] = (uint8_t)known(accountName, &accounts, code());
  expect("sumber "), subSrc[s] = (uint8_t)known(sourceName, &sources, word());
  expect("= Rp ");
  for (int y = 0; y < Y; y++) {
    if (y) {
      if (*p != ';') die(";");
      p += 2;
    }
    subPagu[s].y[y] = digits() * 100;
  }
  expect("}"), expect("}");
}
static void drive(void) {
  if (driveCount == driveRoom) driveRoom = driveRoom ? driveRoom * 2 : 1024, GROW(drives, driveRoom);
  Drive *d = drives + driveCount++;
  *d = (Drive){.ind = find(word(), IND)};
  d->shape = next("satuan") ? PER_UNIT : next("jenuh") ? SATURATING : next("elastis") ? ELASTIC : TABULAR;
  if (d->shape == TABULAR) expect("tabel");
  expect("{");
  while (!next("}")) {
    if (next("biaya satuan Rp "))
      d->cost = (double)(digits() * 100);
    else if (next("sasaran_penerima "))
      d->people = (double)digits(), expect("orang");
    else if (next("paling tinggi "))
      d->ceiling = (double)digits() / 100, expect("%");
    else if (next("elastisitas "))
      d->elasticity = (double)hundredths() / 100;
    else if (next("tabel Rp ")) {
      if (d->points == 4) die("too many points");
      d->x[d->points] = (double)(digits() * 100), expect("=");
      blank(), d->y[d->points++] = (double)digits();
    } else
      d->lag = 1, expect("setelah 1 tahun");
  }
}
static void activity(int g) {
  ROW(keg)
  int k = keg.n++;
  keg.name[k] = word(), keg.title[k] = quoted();
  declare(keg.name[k], KEG, k);
  kegProg[k] = g;
  expect("kode "), keg.code[k] = code(), expect("{");
  kegDrive[k] = driveCount;
  while (next("mendorong ")) drive();
  kegDrive[k + 1] = driveCount;
  while (next("subkegiatan ")) subactivity(k);
  expect("}");
}
static void programme(int d) {
  ROW(prog)
  int g = prog.n++;
  prog.name[g] = word(), prog.title[g] = quoted();
  declare(prog.name[g], PROG, g);
  progDept[g] = d;
  expect("kode "), prog.code[g] = code(), expect("{");
  for (;;) {
    if (next("kegiatan "))
      activity(g);
    else if (next("indikator "))
      indicator();
    else if (next("mendukung "))
      progGoal[g] = find(word(), GOAL);
    else if (next("pagu rpjmd "))
      progCeiling[g] = rupiah();
    else {
      expect("}");
      return;
    }
  }
}
static void department(void) {
  ROW(dept)
  int d = dept.n++;
  dept.name[d] = word(), dept.title[d] = quoted();
  declare(dept.name[d], DEPT, d);
  expect("kode "), dept.code[d] = code(), expect("{");
  while (next("program ")) programme(d);
  expect("}");
}
static void goals(void) {
  for (int deep = 1; deep;) {
    if (next("}"))
      deep--;
    else if (next("indikator "))
      indicator();
    else {
      int isGoal = next("sasaran ");
      if (!isGoal) expect("tujuan ");
      Text name = word(), title = quoted();
      expect("{"), deep++;
      if (!isGoal) continue;
      ROW(goal)
      goal.name[goal.n] = name, goal.title[goal.n] = title;
      declare(name, GOAL, goal.n++);
    }
  }
}

// Rules.
static uint8_t accountsUnder(Text t) {
  uint8_t m = 0;
  for (int a = 0; a < accounts; a++)
    if (accountName[a].length >= t.length && !memcmp(text + accountName[a].at, text + t.at, t.length) &&
        (accountName[a].length == t.length || text[accountName[a].at + t.length] == '.'))
      m |= (uint8_t)(1 << a);
  return m;
}
static Side side(int *percent) {
  blank();
  if (!memcmp(p, "Rp ", 3)) {
    p += 3;
    return (Side){AMOUNT, 0, 0, digits() * 100};
  }
  if (*p >= '0' && *p <= '9') {
    *percent = (int)digits();
    expect("% dari ");
  }
  Text w = word();
  if (w.length == 10 && !memcmp(text + w.at, "pendapatan", 10)) return (Side){REVENUE, 0, 0, 0};
  Side made = {TOTAL, 0, 0, 0};
  if (w.length != 4 || memcmp(text + w.at, "pagu", 4)) {
    Entry *e = slot(table, mask, w, hashOf(w));
    if (!e->hash) die("unknown name");
    made.row = e->row;
    if (e->kind == IND) {
      made.kind = PROJ;
      if (*p == '.') {
        expect(".target");
        made.kind = TARGET;
      }
      return made;
    }
    made.kind = e->kind == PROG ? BY_PROG : e->kind == DEPT ? BY_DEPT : (die("no money"), 0);
    expect(".pagu");
  }
  if (*p != '[') return made;
  p++;
  if (next("rekening = @")) {
    made.mask = accountsUnder(code());
    if (made.kind != TOTAL && made.kind != BY_DEPT) die("slice");
    made.kind = made.kind == TOTAL ? BY_ACC : DEPT_ACC;
  } else {
    expect("sumber = ");
    made.mask = (uint8_t)(1 << known(sourceName, &sources, word()));
    made.kind = BY_SRC;
  }
  expect("]");
  return made;
}
static void constraint(Con c) {
  if (cons == conRoom) conRoom = conRoom ? conRoom * 2 : 1024, GROW(con, conRoom);
  con[cons++] = c;
}
static void ruleOf(int r) {
  if (next("untuk p dalam program: p.pagu <= p.pagu.rpjmd")) {
    for (int g = 0; g < prog.n; g++) constraint((Con){{BY_PROG, 0, g, 0}, {CEILING, 0, g, 0}, 100, r, 0});
  } else if (next("untuk i dalam indikator: i.tercapai")) {
    for (int i = 0; i < ind.n; i++) constraint((Con){{PROJ, 0, i, 0}, {TARGET, 0, i, 0}, 100, r, indUp[i]});
  } else {
    Con c = {.percent = 100, .rule = r};
    int none = 100;
    c.a = side(&none);
    blank();
    c.least = *p == '>';
    if (p[1] != '=') die("comparison");
    p += 2;
    c.b = side(&c.percent);
    constraint(c);
  }
}
static void rule(void) {
  ROW(rules)
  int r = rules.n++;
  rules.name[r] = word(), rules.title[r] = quoted();
  expect("wajib {"), ruleOf(r), expect("}");
}

static void parse(void) {
  p = text;
  expect("daerah "), quoted(), expect("jenis kota periode 2025..2029"), expect("dokumen kerja apbd"),
      expect("visi "), quoted();
  for (blank(); p < end; blank()) {
    if (next("misi ")) {
      word(), quoted(), expect("{"), goals();
    } else if (next("dinas "))
      department();
    else if (next("pendapatan ")) {
      int s = known(sourceName, &sources, word());
      p++;
      revenue[s] = rupiah();
    } else if (next("aturan "))
      rule();
    else
      die("unknown statement");
  }
  // The built-in rule: no source pays more than it brings.
  for (int s = 0; s < sources; s++)
    constraint((Con){{BY_SRC, (uint8_t)(1 << s), 0, 0}, {REVENUE_OF, 0, s, 0}, 100, rules.n, 0});
}

#endif
