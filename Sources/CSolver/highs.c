#include "csolver.h"
#include "solves.h"
#include <dlfcn.h>
#include <stdlib.h>

/* HiGHS (MIT), by its C interface; nothing of it is linked. */
static struct {
  void *(*create)(void);
  const char *(*version)(void);
  int (*set_bool)(void *, const char *, int);
  int (*set_int)(void *, const char *, int);
  int (*set_double)(void *, const char *, double);
  int (*set_string)(void *, const char *, const char *);
  int (*pass_lp)(void *, int, int, int, int, int, double, const double *, const double *, const double *, const double *,
                 const double *, const int *, const int *, const double *);
  int (*pass_mip)(void *, int, int, int, int, int, double, const double *, const double *, const double *, const double *,
                  const double *, const int *, const int *, const double *, const int *);
  int (*run)(void *);
  int (*status)(const void *);
  int (*int_info)(const void *, const char *, int *);
  int (*double_info)(const void *, const char *, double *);
  int (*set_costs)(void *, int, int, const double *);
  int (*set_bounds)(void *, int, int, const double *, const double *);
  int (*set_row)(void *, int, double, double);
  int (*solution)(const void *, double *, double *, double *, double *);
  int (*set_callback)(void *, void (*)(int, const char *, const void *, void *, void *), void *);
  int (*start_callback)(void *, int);
  const void *(*item)(const void *, const char *);
  int (*int_size)(const void *);
} highs;

typedef struct { shared *area; int columns; } watch;

/* Called by HiGHS on the solving thread. The first field of what it takes in is the wish to stop, in every version. */
static void on_highs(int kind, const char *text, const void *out, void *in, void *context) {
  (void)text;
  watch *me = context;
  if (kind == 4) {
    const double *values = out ? highs.item(out, "mip_solution") : NULL;
    const double *bound = out ? highs.item(out, "mip_dual_bound") : NULL;
    if (bound) me->area->bound = *bound;
    if (values) solve_show(me->area, me->columns, values);
  }
  if (kind == 6) {
    const double *bound = out ? highs.item(out, "mip_dual_bound") : NULL;
    if (bound) me->area->bound = *bound;
  }
  if (in && atomic_load(&me->area->stop)) *(int *)in = 1;
}

static int highs_status(int status) {
  switch (status) {
  case 6: case 7: return PLAN_OPTIMAL;
  case 8: return PLAN_INFEASIBLE;
  case 9: return PLAN_INFEASIBLE_OR_UNBOUNDED;
  case 10: return PLAN_UNBOUNDED;
  case 13: case 14: case 16: case 17: return PLAN_STOPPED;
  default: return PLAN_FAILED;
  }
}

/* Of all that cost least the least of the second cost, from where the first ended. */
static void prefer_highs(void *model, const plan_programme *p, shared *area, double *values, double *rows) {
  int n = p->columns, m = p->rows;
  face held = solve_face(p, area, values, rows);
  if (!held.memory) return;
  int failed = highs.set_bounds(model, 0, n - 1, held.lower, held.upper) < 0 || highs.set_costs(model, 0, n - 1, p->second) < 0;
  for (int i = 0; i < m && !failed; i++)
    if (held.row_lower[i] != p->row_lower[i] || held.row_upper[i] != p->row_upper[i])
      failed = highs.set_row(model, i, held.row_lower[i], held.row_upper[i]) < 0;
  if (!failed && highs.run(model) >= 0 && highs_status(highs.status(model)) == PLAN_OPTIMAL
      && highs.solution(model, values, NULL, rows, NULL) >= 0)
    solve_show(area, n, values);
  free(held.memory);
}

/* The turns, each from where the last ended. */
static void turn_highs(void *model, const plan_programme *p, shared *area) {
  size_t n = (size_t)p->columns, m = (size_t)p->rows;
  double *memory = calloc(2 * (n + m) + 1, sizeof *memory);
  int ended = memory ? PLAN_INFEASIBLE : PLAN_FAILED;
  for (int turn = 0; turn < p->turn_count && memory; turn++) {
    double *upper = memory, *values = upper + n, *rows = values + n, *duals = rows + m;
    solve_turn(p, turn, upper);
    int status = PLAN_FAILED;
    if (highs.set_bounds(model, 0, p->columns - 1, p->lower, upper) >= 0 && highs.run(model) >= 0) status = highs_status(highs.status(model));
    if (status == PLAN_OPTIMAL && highs.solution(model, values, NULL, rows, duals) < 0) status = PLAN_FAILED;
    solve_keep(p, area, turn, status, values, duals);
    if (status == PLAN_OPTIMAL) solve_show(area, p->columns, values);
    ended = solve_ended(ended, status);
  }
  free(memory);
  atomic_store(&area->status, ended);
}

void solver_run_highs(const plan_programme *programme, shared *area) {
  int n = programme->columns, m = programme->rows, isMixed = 0, failed = 0;
  int *kinds = calloc((size_t)n + 1, sizeof *kinds);
  void *model = highs.create();
  if (!model || !kinds || highs.int_size(model) != (int)sizeof(int)) {
    atomic_store(&area->status, PLAN_FAILED);
    return;
  }
  for (int j = 0; j < n; j++) isMixed |= kinds[j] = programme->integers[j] != 0;
  highs.set_bool(model, "output_flag", 0);
  highs.set_int(model, "threads", programme->threads);
  highs.set_int(model, "random_seed", programme->seed);
  highs.set_double(model, "time_limit", programme->seconds);
  highs.set_double(model, "mip_rel_gap", programme->gap);
  highs.set_double(model, "mip_abs_gap", 1e-9);
  /* Finer makes a mixed-integer solve half as slow again; who asked confirms whole numbers exactly. */
  if (!isMixed) highs.set_double(model, "primal_feasibility_tolerance", 1e-9);
  highs.set_string(model, "parallel", programme->threads > 1 ? "on" : "off");
  if (!isMixed) highs.set_string(model, "solver", "simplex");
  watch me = {area, n};
  highs.set_callback(model, on_highs, &me);
  for (int kind = 1; kind <= 6; kind++)
    if (kind == 1 || kind == 2 || kind == 4 || kind == 6) highs.start_callback(model, kind);
  const plan_programme *p = programme;
  double *mixed = solve_mix(p);
  int passed = isMixed
    ? highs.pass_mip(model, n, m, p->starts[n], 1, 1, 0, p->cost, p->lower, p->upper, p->row_lower, p->row_upper,
                     p->starts, p->indices, p->values, kinds)
    : highs.pass_lp(model, n, m, p->starts[n], 1, 1, 0, mixed ? mixed : p->cost, p->lower, p->upper, p->row_lower, p->row_upper,
                    p->starts, p->indices, p->values);
  if (p->turns && passed >= 0) {
    turn_highs(model, p, area);
    return;
  }
  failed = passed < 0 || highs.run(model) < 0;
  /* From the best of both it is few steps to the best by cost alone, and from there to the second. */
  if (!failed && mixed && highs_status(highs.status(model)) == PLAN_OPTIMAL)
    failed = highs.set_costs(model, 0, n - 1, p->cost) < 0 || highs.run(model) < 0;
  area->detail = highs.status(model);
  int status = failed && highs_status(area->detail) == PLAN_OPTIMAL ? PLAN_FAILED : highs_status(area->detail);
  int primal = 0, dual = 0;
  highs.int_info(model, "primal_solution_status", &primal);
  highs.int_info(model, "dual_solution_status", &dual);
  double bound = 0;
  if (isMixed && highs.double_info(model, "mip_dual_bound", &bound) == 0) area->bound = bound;
  if (status == PLAN_OPTIMAL || primal == 2) {
    double *values = calloc((size_t)n + 1, sizeof *values), *rows = calloc((size_t)m + 1, sizeof *rows);
    if (values && rows && highs.solution(model, values, solve_columns(area, n, m), rows, solve_rows(area, n)) >= 0) {
      solve_show(area, n, values);
      area->hasDuals = !isMixed && dual == 2;
      if (status == PLAN_OPTIMAL && area->hasDuals && p->second) prefer_highs(model, p, area, values, rows);
    }
  }
  atomic_store(&area->status, status);
}

int solver_load_highs(const char *path) {
  static const wanted table[] = {
    {&highs.create, "Highs_create"}, {&highs.version, "Highs_version"},
    {&highs.set_bool, "Highs_setBoolOptionValue"}, {&highs.set_int, "Highs_setIntOptionValue"},
    {&highs.set_double, "Highs_setDoubleOptionValue"}, {&highs.set_string, "Highs_setStringOptionValue"},
    {&highs.pass_lp, "Highs_passLp"}, {&highs.pass_mip, "Highs_passMip"}, {&highs.run, "Highs_run"}, {&highs.status, "Highs_getModelStatus"},
    {&highs.int_info, "Highs_getIntInfoValue"}, {&highs.double_info, "Highs_getDoubleInfoValue"},
    {&highs.solution, "Highs_getSolution"}, {&highs.set_costs, "Highs_changeColsCostByRange"},
    {&highs.set_bounds, "Highs_changeColsBoundsByRange"}, {&highs.set_row, "Highs_changeRowBounds"}, {&highs.set_callback, "Highs_setCallback"},
    {&highs.start_callback, "Highs_startCallback"}, {&highs.item, "Highs_getCallbackDataOutItem"},
    {&highs.int_size, "Highs_getSizeofHighsInt"},
  };
  static const char *const usual[] = {"libhighs.so.1", "libhighs.so"};
  void *handle = NULL;
  if (path) handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  else
    for (size_t i = 0; i < 2 && !handle; i++) handle = dlopen(usual[i], RTLD_NOW | RTLD_LOCAL);
  return handle && solve_find(handle, table, sizeof table / sizeof *table);
}

const char *solver_version_highs(void) { return highs.version ? highs.version() : ""; }
