#include "csolver.h"
#include "solves.h"
#include <dlfcn.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CLP for continuous programmes and CBC for those with whole numbers (EPL-2.0), by their C interfaces; nothing of them is
   linked. */
static struct {
  void *(*lp_new)(void);
  void (*lp_level)(void *, int);
  void (*lp_seconds)(void *, double);
  void (*lp_tolerance)(void *, double);
  void (*lp_load)(void *, int, int, const int *, const int *, const double *, const double *, const double *,
                  const double *, const double *, const double *);
  int (*lp_solve)(void *);
  int (*lp_solve_dual)(void *);
  int (*lp_status)(void *);
  double *(*lp_values)(void *);
  double *(*lp_row_duals)(void *);
  double *(*lp_column_duals)(void *);
  double *(*lp_activities)(void *);
  void (*lp_set_cost)(void *, const double *);
  void (*lp_set_lower)(void *, const double *);
  void (*lp_set_upper)(void *, const double *);
  void (*lp_set_row_lower)(void *, const double *);
  void (*lp_set_row_upper)(void *, const double *);
  int (*lp_again)(void *, int);
  int (*lp_dual_again)(void *, int);
  const char *(*version)(void);
  void *(*create)(void);
  void (*load)(void *, int, int, const int *, const int *, const double *, const double *, const double *, const double *,
               const double *, const double *);
  void (*integer)(void *, int);
  void (*level)(void *, int);
  void (*parameter)(void *, const char *, const char *);
  int (*solve)(void *);
  int (*is_optimal)(void *);
  int (*is_infeasible)(void *);
  int (*is_unbounded)(void *);
  int (*status)(void *);
  double (*bound)(void *);
  double *(*best)(void *);
} coin;

/* Of all that cost least the least of the second cost, from where the first ended. */
static void prefer_clp(void *model, const plan_programme *p, shared *area) {
  face held = solve_face(p, area, coin.lp_values(model), coin.lp_activities(model));
  if (!held.memory) return;
  coin.lp_set_lower(model, held.lower);
  coin.lp_set_upper(model, held.upper);
  coin.lp_set_row_lower(model, held.row_lower);
  coin.lp_set_row_upper(model, held.row_upper);
  coin.lp_set_cost(model, p->second);
  coin.lp_again(model, 0);
  if (coin.lp_status(model) == 0) solve_show(area, p->columns, coin.lp_values(model));
  free(held.memory);
}

static int clp_status(void *model) {
  static const int meaning[] = {PLAN_OPTIMAL, PLAN_INFEASIBLE, PLAN_INFEASIBLE_OR_UNBOUNDED, PLAN_STOPPED};
  int status = coin.lp_status(model);
  return status >= 0 && status <= 3 ? meaning[status] : PLAN_FAILED;
}

/* The turns behind the first, each from where the last ended: what costs least stays so where bounds move. */
static void turn_clp(void *model, const plan_programme *p, shared *area) {
  double *upper = malloc(((size_t)p->columns + 1) * sizeof *upper);
  int ended = upper ? PLAN_INFEASIBLE : PLAN_FAILED;
  for (int turn = 0; turn < p->turn_count && upper; turn++) {
    if (turn > 0) {
      solve_turn(p, turn, upper);
      coin.lp_set_upper(model, upper);
      coin.lp_dual_again(model, 0);
    }
    int status = clp_status(model);
    solve_keep(p, area, turn, status, coin.lp_values(model), coin.lp_row_duals(model));
    if (status == PLAN_OPTIMAL) solve_show(area, p->columns, coin.lp_values(model));
    ended = solve_ended(ended, status);
  }
  free(upper);
  atomic_store(&area->status, ended);
}

static void run_clp(const plan_programme *programme, shared *area) {
  int n = programme->columns, m = programme->rows;
  void *model = coin.lp_new();
  coin.lp_level(model, 0);
  coin.lp_tolerance(model, 1e-9);
  double *mixed = solve_mix(programme), *upper = programme->turns ? malloc(((size_t)n + 1) * sizeof *upper) : NULL;
  if (upper) solve_turn(programme, 0, upper);
  coin.lp_load(model, n, m, programme->starts, programme->indices, programme->values, programme->lower, upper ? upper : programme->upper,
               mixed ? mixed : programme->cost, programme->row_lower, programme->row_upper);
  coin.lp_seconds(model, programme->seconds);
  /* Where nothing costs less than nothing the start is dual feasible: no crash is needed. */
  int isDual = 1;
  for (int j = 0; j < n && isDual; j++) isDual = programme->cost[j] >= 0 && programme->lower[j] > -DBL_MAX;
  isDual ? coin.lp_solve_dual(model) : coin.lp_solve(model);
  if (upper) {
    turn_clp(model, programme, area);
    return;
  }
  /* From the best of both it is few steps to the best by cost alone, and from there to the second. */
  if (mixed && coin.lp_status(model) == 0) {
    coin.lp_set_cost(model, programme->cost);
    coin.lp_again(model, 0);
  }
  area->detail = coin.lp_status(model);
  int status = clp_status(model);
  if (status == PLAN_OPTIMAL) {
    solve_show(area, n, coin.lp_values(model));
    memcpy(solve_rows(area, n), coin.lp_row_duals(model), (size_t)m * sizeof(double));
    memcpy(solve_columns(area, n, m), coin.lp_column_duals(model), (size_t)n * sizeof(double));
    area->hasDuals = 1;
    if (programme->second) prefer_clp(model, programme, area);
  }
  atomic_store(&area->status, status);
}

static void run_cbc(const plan_programme *programme, shared *area) {
  int n = programme->columns;
  void *model = coin.create();
  char text[64];
  coin.level(model, 0);
  coin.load(model, n, programme->rows, programme->starts, programme->indices, programme->values, programme->lower,
            programme->upper, programme->cost, programme->row_lower, programme->row_upper);
  for (int j = 0; j < n; j++)
    if (programme->integers[j]) coin.integer(model, j);
  coin.parameter(model, "slogLevel", "0");
  /* It has been seen to overrun its limit by a sixth. */
  snprintf(text, sizeof text, "%.17g", programme->seconds * 0.85);
  coin.parameter(model, "seconds", text);
  coin.parameter(model, "timeMode", "elapsed");
  snprintf(text, sizeof text, "%.17g", programme->gap);
  coin.parameter(model, "ratioGap", text);
  coin.parameter(model, "allowableGap", "1e-9");
  snprintf(text, sizeof text, "%d", programme->seed);
  coin.parameter(model, "randomCbcSeed", text);
  coin.solve(model);
  area->detail = coin.status(model);
  int status = coin.is_optimal(model) ? PLAN_OPTIMAL
    : coin.is_infeasible(model) ? PLAN_INFEASIBLE
    : coin.is_unbounded(model) ? PLAN_INFEASIBLE_OR_UNBOUNDED
    : area->detail == 2 ? PLAN_FAILED : PLAN_STOPPED;
  const double *best = status == PLAN_INFEASIBLE || status == PLAN_INFEASIBLE_OR_UNBOUNDED ? NULL : coin.best(model);
  if (best) {
    area->bound = coin.bound(model);
    solve_show(area, n, best);
  }
  atomic_store(&area->status, status);
}

void solver_run_coin(const plan_programme *programme, shared *area) {
  for (int j = 0; j < programme->columns; j++) {
    if (!programme->integers[j]) continue;
    run_cbc(programme, area);
    return;
  }
  run_clp(programme, area);
}

int solver_load_clp(void) {
  static const wanted lp[] = {
    {&coin.lp_new, "Clp_newModel"}, {&coin.lp_level, "Clp_setLogLevel"}, {&coin.lp_seconds, "Clp_setMaximumSeconds"},
    {&coin.lp_tolerance, "Clp_setPrimalTolerance"}, {&coin.lp_load, "Clp_loadProblem"},
    {&coin.lp_solve, "Clp_initialSolve"}, {&coin.lp_solve_dual, "Clp_initialDualSolve"},
    {&coin.lp_status, "Clp_status"},
    {&coin.lp_values, "Clp_primalColumnSolution"}, {&coin.lp_row_duals, "Clp_dualRowSolution"},
    {&coin.lp_column_duals, "Clp_dualColumnSolution"}, {&coin.lp_activities, "Clp_primalRowSolution"},
    {&coin.lp_set_cost, "Clp_chgObjCoefficients"}, {&coin.lp_set_lower, "Clp_chgColumnLower"},
    {&coin.lp_set_upper, "Clp_chgColumnUpper"}, {&coin.lp_set_row_lower, "Clp_chgRowLower"},
    {&coin.lp_set_row_upper, "Clp_chgRowUpper"}, {&coin.lp_again, "Clp_primal"}, {&coin.lp_dual_again, "Clp_dual"},
  };
  void *clp = dlopen("libClp.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!clp) clp = dlopen("libClp.so", RTLD_NOW | RTLD_LOCAL);
  return clp && solve_find(clp, lp, sizeof lp / sizeof *lp);
}

int solver_load_coin(void) {
  static const wanted mixed[] = {
    {&coin.version, "Cbc_getVersion"}, {&coin.create, "Cbc_newModel"}, {&coin.load, "Cbc_loadProblem"},
    {&coin.integer, "Cbc_setInteger"}, {&coin.level, "Cbc_setLogLevel"}, {&coin.parameter, "Cbc_setParameter"},
    {&coin.solve, "Cbc_solve"}, {&coin.is_optimal, "Cbc_isProvenOptimal"},
    {&coin.is_infeasible, "Cbc_isProvenInfeasible"}, {&coin.is_unbounded, "Cbc_isContinuousUnbounded"},
    {&coin.status, "Cbc_status"}, {&coin.bound, "Cbc_getBestPossibleObjValue"}, {&coin.best, "Cbc_bestSolution"},
  };
  void *cbc = dlopen("libCbcSolver.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!cbc) cbc = dlopen("libCbcSolver.so", RTLD_NOW | RTLD_LOCAL);
  return cbc && solve_find(cbc, mixed, sizeof mixed / sizeof *mixed) && solver_load_clp();
}

const char *solver_version_coin(void) { return coin.version ? coin.version() : ""; }
