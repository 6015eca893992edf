// The plain C program: what a fast hand-written parser and hand-made columns reach on the generated city.
//
//   limit check FILE        load, sum, check all rules:   sum=RUPIAH met=N of=M
//   limit parse FILE        parse_mb_s V   memory_ratio V (peak over the file's size)
//   limit edit FILE [N]     edit_ns V   edit_check V: shifts with every sum, rule and verdict brought up to
//   date by
//                           hand-written dependency lists; N edits and no clock when N is given (for
//                           valgrind)
//   limit shift FILE [N]    the same for the edits that `planrepl ukur edit` draws: of one source, refused where
//   there is too little
//   limit full FILE         full_ns V: the same edit by summing and checking everything again
// It reads the same PlanLang text as the interpreter, but only what generate.c writes; anything else ends it.
#define _GNU_SOURCE
#include "parse.h"
#include <fcntl.h>
#include <math.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Sums and verdicts.
static void add(Series *to, const Series *what) {
  for (int y = 0; y < Y; y++) to->y[y] += what->y[y];
}
// What money makes of an indicator: the plan's own gives the plan's own projection, W + (P - W) * J(money) / J(plan's).
static double effect(const Drive *d, double money, double plan) {
  switch (d->shape) {
  case PER_UNIT: return money / d->cost;
  case SATURATING: return d->ceiling * tanh(money / d->cost / (d->people * d->ceiling));
  case ELASTIC: return money > 0 ? pow(money / plan, d->elasticity) : 0;
  default:
    for (int i = 1; i < d->points; i++)
      if (money <= d->x[i]) return d->y[i - 1] + (money - d->x[i - 1]) / (d->x[i] - d->x[i - 1]) * (d->y[i] - d->y[i - 1]);
    return d->y[d->points - 1];
  }
}
/// The projection that a kegiatan's money of a year makes, in hundredths at the digits that count.
static inline int64_t projected(const Drive *d, const Series *plan, const Series *money, int paid) {
  int i = d->ind, t = paid + d->lag;
  double declared = (double)indProj[i].y[t];
  if (money->y[paid] == plan->y[paid]) return indProj[i].y[t];
  double v = declared + (declared - indBase[i]) * (effect(d, (double)money->y[paid], (double)plan->y[paid]) / d->plain[paid] - 1);
  if (indUnit[i] == 6) v = v < 0 ? 0 : v > 10000 ? 10000 : v; // persen
  return (int64_t)nearbyint(v);
}
static Series *planKeg;
static void project(void) {
  memset(byKeg, 0, (size_t)keg.n * sizeof *byKeg);
  for (int s = 0; s < sub.n; s++) add(&byKeg[subKeg[s]], &subPagu[s]);
  memcpy(indNow, indProj, (size_t)ind.n * sizeof *indNow);
  int isFirst = !planKeg;
  if (isFirst) {
    planKeg = malloc(((size_t)keg.n + 1) * sizeof *planKeg);
    if (!planKeg) die("no memory");
    memcpy(planKeg, byKeg, (size_t)keg.n * sizeof *planKeg);
  }
  for (int k = 0; k < keg.n; k++)
    for (int d = kegDrive[k]; d < kegDrive[k + 1]; d++)
      for (int y = 0; y + drives[d].lag < Y; y++) {
        double plan = (double)planKeg[k].y[y];
        if (isFirst) drives[d].plain[y] = effect(&drives[d], plan, plan);
        indNow[drives[d].ind].y[y + drives[d].lag] = projected(&drives[d], &planKeg[k], &byKeg[k], y);
      }
}
static void sumUp(void) {
  project();
  memset(&total, 0, sizeof total), memset(byAcc, 0, sizeof byAcc), memset(bySrc, 0, sizeof bySrc);
  memset(byProg, 0, (size_t)prog.n * sizeof *byProg), memset(byDept, 0, (size_t)dept.n * sizeof *byDept);
  memset(deptAcc, 0, (size_t)dept.n * sizeof *deptAcc), memset(&allRevenue, 0, sizeof allRevenue);
  for (int s = 0; s < sub.n; s++) {
    add(&byProg[subProg[s]], &subPagu[s]);
    add(&deptAcc[progDept[subProg[s]]][subAcc[s]], &subPagu[s]);
    add(&bySrc[subSrc[s]], &subPagu[s]);
  }
  for (int d = 0; d < dept.n; d++)
    for (int a = 0; a < accounts; a++) add(&byAcc[a], &deptAcc[d][a]), add(&byDept[d], &deptAcc[d][a]);
  for (int a = 0; a < accounts; a++) add(&total, &byAcc[a]);
  for (int s = 0; s < sources; s++) add(&allRevenue, &revenue[s]);
}
static inline int64_t value(const Side *s, int y) {
  int64_t v = 0;
  switch (s->kind) {
  case TOTAL: return total.y[y];
  case BY_ACC:
    for (int m = s->mask; m; m &= m - 1) v += byAcc[__builtin_ctz((unsigned)m)].y[y];
    return v;
  case BY_SRC: return bySrc[__builtin_ctz(s->mask)].y[y];
  case BY_PROG: return byProg[s->row].y[y];
  case BY_DEPT: return byDept[s->row].y[y];
  case DEPT_ACC:
    for (int m = s->mask; m; m &= m - 1) v += deptAcc[s->row][__builtin_ctz((unsigned)m)].y[y];
    return v;
  case REVENUE: return allRevenue.y[y];
  case REVENUE_OF: return revenue[s->row].y[y];
  case CEILING: return progCeiling[s->row].y[y];
  case AMOUNT: return s->amount;
  case PROJ: return indNow[s->row].y[y];
  default: return indTarget[s->row].y[y];
  }
}
static inline int isBad(const Con *c, int y) {
  int64_t a = value(&c->a, y) * 100, b = value(&c->b, y) * c->percent;
  return c->least ? a < b : a > b;
}
static void checkAll(void) {
  memset(badCount, 0, (size_t)(rules.n + 1) * sizeof *badCount);
  for (int i = 0; i < cons; i++)
    for (int y = 0; y < Y; y++) badCount[con[i].rule] += bad[i * Y + y] = (uint8_t)isBad(&con[i], y);
  broken = 0;
  for (int r = 0; r < rules.n; r++) broken += badCount[r] > 0;
}
static void columns(void) {
  byProg = calloc((size_t)prog.n + 1, sizeof *byProg), byDept = calloc((size_t)dept.n + 1, sizeof *byDept);
  deptAcc = calloc((size_t)dept.n + 1, sizeof *deptAcc);
  bad = calloc((size_t)cons * Y + 1, 1), badCount = calloc((size_t)rules.n + 1, sizeof *badCount);
  byKeg = calloc((size_t)keg.n + 1, sizeof *byKeg), indNow = calloc((size_t)ind.n + 1, sizeof *indNow);
  if (!byProg || !byDept || !deptAcc || !bad || !badCount || !byKeg || !indNow) die("no memory");
}

// Edits: lists of constraints by what they read (programme, department, one account, one source).
typedef struct {
  int *start, *item;
} Lists;
static Lists ofProg, ofDept, ofAcc, ofSrc, ofInd;
static Lists lists(int rows, int (*touches)(const Con *, int which, int *row)) {
  Lists l = {calloc((size_t)rows + 1, sizeof(int)), NULL};
  int *at = malloc(((size_t)rows + 1) * sizeof(int)), row;
  if (!l.start || !at) die("no memory");
  for (int i = 0; i < cons; i++)
    for (int w = 0; touches(&con[i], w, &row) >= 0; w++)
      if (row >= 0) l.start[row + 1]++;
  for (int i = 0; i < rows; i++) l.start[i + 1] += l.start[i];
  memcpy(at, l.start, ((size_t)rows + 1) * sizeof(int));
  l.item = malloc(((size_t)l.start[rows] + 1) * sizeof(int));
  if (!l.item) die("no memory");
  for (int i = 0; i < cons; i++)
    for (int w = 0; touches(&con[i], w, &row) >= 0; w++)
      if (row >= 0) l.item[at[row]++] = i;
  free(at);
  return l;
}
static int touchesProg(const Con *c, int w, int *row) {
  *row = c->a.kind == BY_PROG ? c->a.row : -1;
  return w ? -1 : 0;
}
static int touchesDept(const Con *c, int w, int *row) {
  *row = c->a.kind == BY_DEPT || c->a.kind == DEPT_ACC ? c->a.row : -1;
  return w ? -1 : 0;
}
static int touchesAcc(const Con *c, int w, int *row) {
  *row = c->a.kind == BY_ACC && c->a.mask >> w & 1 ? w : -1;
  return w < ACC ? 0 : -1;
}
static int touchesSrc(const Con *c, int w, int *row) {
  *row = c->a.kind == BY_SRC && c->a.mask >> w & 1 ? w : -1;
  return w < SRC ? 0 : -1;
}
static int touchesInd(const Con *c, int w, int *row) {
  *row = c->a.kind == PROJ ? c->a.row : -1;
  return w ? -1 : 0;
}
static void depend(void) {
  ofInd = lists(ind.n, touchesInd);
  ofProg = lists(prog.n, touchesProg), ofDept = lists(dept.n, touchesDept);
  ofAcc = lists(ACC, touchesAcc), ofSrc = lists(SRC, touchesSrc);
}
static inline void renew(const Lists *l, int row, int y) {
  for (int k = l->start[row]; k < l->start[row + 1]; k++) {
    int i = l->item[k], now = isBad(&con[i], y), was = bad[i * Y + y];
    if (now == was) continue;
    bad[i * Y + y] = (uint8_t)now;
    int r = con[i].rule, before = badCount[r] > 0;
    badCount[r] += now - was;
    if (r < rules.n) broken += (badCount[r] > 0) - before;
  }
}
static inline void move(int s, int y, int64_t by) {
  int g = subProg[s], d = progDept[g];
  subPagu[s].y[y] += by, byKeg[subKeg[s]].y[y] += by, byProg[g].y[y] += by, byDept[d].y[y] += by;
  deptAcc[d][subAcc[s]].y[y] += by, byAcc[subAcc[s]].y[y] += by, bySrc[subSrc[s]].y[y] += by;
}
static inline void drivenBy(int k, int y) {
  for (int d = kegDrive[k]; d < kegDrive[k + 1]; d++) {
    int t = y + drives[d].lag, i = drives[d].ind;
    if (t >= Y) continue;
    int64_t now = projected(&drives[d], &planKeg[k], &byKeg[k], y);
    if (now == indNow[i].y[t]) continue;
    indNow[i].y[t] = now;
    renew(&ofInd, i, t);
  }
}
static uint64_t seed = 2025;
static inline int draw(int n) {
  seed = seed * 16807 % 2147483647;
  return (int)(seed % (uint64_t)n);
}
static inline void shift(int a, int b, int y, int64_t amount) {
  move(a, y, -amount), move(b, y, amount);
  int g = subProg[a], h = subProg[b];
  renew(&ofProg, g, y), renew(&ofDept, progDept[g], y);
  if (h != g) renew(&ofProg, h, y);
  if (progDept[h] != progDept[g]) renew(&ofDept, progDept[h], y);
  if (subAcc[a] != subAcc[b]) renew(&ofAcc, subAcc[a], y), renew(&ofAcc, subAcc[b], y);
  if (subSrc[a] != subSrc[b]) renew(&ofSrc, subSrc[a], y), renew(&ofSrc, subSrc[b], y);
  if (driveCount && subKeg[a] != subKeg[b]) drivenBy(subKeg[a], y), drivenBy(subKeg[b], y);
}
static inline void edit(int isFull) {
  int a = draw(sub.n), b = draw(sub.n), y = draw(Y);
  int64_t amount = (draw(20) + 1) * (int64_t)100000000;
  if (amount > subPagu[a].y[y]) amount = subPagu[a].y[y];
  if (isFull) {
    subPagu[a].y[y] -= amount, subPagu[b].y[y] += amount;
    sumUp(), checkAll();
    return;
  }
  shift(a, b, y, amount);
}

// The edits of `planrepl ukur edit`, drawn before they are timed there and here.
enum { SHIFTS = 100000 };
static struct {
  int a, b, y;
  int64_t amount;
} *shifts;
static int isBound(int s) { // to a field: what may go where is more than this program knows
  return sourceName[subSrc[s]].length == 3 && !memcmp(text + sourceName[subSrc[s]].at, "dak", 3);
}
static void drawShifts(void) {
  shifts = malloc(SHIFTS * sizeof *shifts);
  if (!shifts) die("no memory");
  for (int i = 0; i < SHIFTS; i++) {
    int y = draw(Y), a, b;
    do a = draw(sub.n);
    while (isBound(a));
    do b = draw(sub.n);
    while (subSrc[b] != subSrc[a]);
    shifts[i].a = a, shifts[i].b = b, shifts[i].y = y, shifts[i].amount = (draw(20) + 1) * (int64_t)100000000;
  }
}
static int64_t shiftAll(int n) {
  int64_t check = 0;
  for (int i = 0; i < n; i++) {
    int s = i % SHIFTS;
    if (shifts[s].amount <= subPagu[shifts[s].a].y[shifts[s].y]) shift(shifts[s].a, shifts[s].b, shifts[s].y, shifts[s].amount);
    check += broken;
  }
  return check;
}
static void confirm(void) {
  int fast = broken;
  sumUp(), checkAll();
  if (fast == broken) return;
  fputs("limit: the incremental update disagrees with the full one\n", stderr);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double median(int isFull, int n) {
  double took[7];
  for (int i = 0; i < 7; i++) {
    double t = now();
    for (int k = 0; k < n; k++) edit(isFull);
    took[i] = (now() - t) / n * 1e9;
  }
  qsort(took, 7, sizeof *took, ascending);
  return took[3];
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: limit check|parse|edit|shift|full FILE [N]\n", stderr);
    return 64;
  }
  int fd = open(argv[2], O_RDONLY);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) < 0) {
    perror(argv[2]);
    return 74;
  }
  size = (size_t)st.st_size;
  // One page more than the file, so that the lexer may look ahead without counting.
  char *room = mmap(NULL, size + 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED || size == 0 ||
      mmap(room, size, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, fd, 0) == MAP_FAILED) {
    perror(argv[2]);
    return 74;
  }
  text = room, end = room + size;
  mask = 4095, table = calloc((size_t)mask + 1, sizeof *table);
  if (!table) die("no memory");
  double start = now();
  parse();
  double parsed = now() - start;
  if (!strcmp(argv[1], "parse")) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("parse_mb_s %.1f\nmemory_ratio %.2f\n", (double)size / parsed / 1e6,
           (double)u.ru_maxrss * 1024 / (double)size);
    return 0;
  }
  columns(), sumUp(), checkAll();
  if (!strcmp(argv[1], "check")) {
    int64_t sum = 0;
    for (int y = 0; y < Y; y++) sum += total.y[y];
    printf("sum=%lld met=%d of=%d\n", (long long)(sum / 100), rules.n - broken, rules.n);
  } else if (!strcmp(argv[1], "full")) {
    printf("full_ns %.1f\n", median(1, 20));
  } else if (!strcmp(argv[1], "edit")) {
    depend();
    if (argc > 3) {
      for (int i = atoi(argv[3]); i > 0; i--) edit(0);
      return 0;
    }
    int64_t check = 0;
    for (int i = 0; i < 100000; i++) edit(0), check += broken;
    confirm();
    printf("edit_ns %.1f\nedit_check %lld\n", median(0, 500000), (long long)check);
  } else if (!strcmp(argv[1], "shift")) {
    depend(), drawShifts();
    if (argc > 3) {
      shiftAll(atoi(argv[3]));
      return 0;
    }
    int64_t check = shiftAll(SHIFTS);
    confirm();
    double took[5];
    for (int i = 0; i < 5; i++) {
      double t = now();
      shiftAll(SHIFTS);
      took[i] = (now() - t) / SHIFTS * 1e9;
    }
    qsort(took, 5, sizeof *took, ascending);
    printf("edit_ns %.1f\nedit_check %lld\n", took[2], (long long)check);
  } else {
    return 64;
  }
  return 0;
}
