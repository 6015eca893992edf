#ifndef CSOLVER_H
#define CSOLVER_H
/// Linear and mixed-integer programmes handed to a solver library that is found and loaded at run time: HiGHS (MIT), or
/// CLP and CBC (EPL-2.0). Nothing of them is linked and no header of theirs is needed.
///
/// Each solve runs in a child process with its answer in shared memory: whatever a library does (crash, print, forget
/// its time limit), the caller goes on, and what was found until then can be read.

/// The libraries.
/// CLP alone is for programmes without whole numbers; it loads in a third of the time that it takes with CBC.
enum { PLAN_HIGHS = 0, PLAN_COIN = 1, PLAN_CLP = 2 };

/// How a solve ended; PLAN_RUNNING while it has not said, and for good where it was killed or died.
enum {
  PLAN_RUNNING = 0, PLAN_OPTIMAL, PLAN_INFEASIBLE, PLAN_UNBOUNDED, PLAN_INFEASIBLE_OR_UNBOUNDED, PLAN_STOPPED, PLAN_FAILED
};

/// A solve under way or done.
typedef struct plan_solve plan_solve;

/// 1 when the library is loaded or can be; `path` names it (NULL: where it usually lies).
int plan_solver_load(int library, const char *path);
/// The version of a loaded library, "" where it is not known.
const char *plan_solver_version(int library);
/// Looks for a library's file where `make` puts it: beside the installed program, or in the build that the program or this
/// code is of. Its path in `buffer`; 0 when it is not there.
int plan_solver_near(const char *file, char *buffer, int room);
/// Starts a solve with a loaded library: a programme to be minimised, its matrix by columns, `integers` a byte a column. Of all
/// that cost least the least `second` is taken (NULL: any), where no column is whole; the duals are those of the cost. With
/// `turns` (NULL: none) it is solved so many times, one after the other from where the last ended, no column whole: in each only
/// the columns of that turn are free, those of others are at zero, and those of -1 are free always. NULL when no process or memory
/// can be had. The arrays are not needed once it returns.
plan_solve *plan_solve_start(
  int library, int columns, int rows, const double *cost, const double *second, const double *lower, const double *upper,
  const unsigned char *integers, const double *row_lower, const double *row_upper, const int *starts, const int *indices,
  const double *values, double seconds, double gap, int seed, int threads, const int *turns, int turn_count);
/// Waits until one of the solves has ended, at most so long: its place, or -1.
int plan_solve_wait(plan_solve *const *solves, int count, int milliseconds);
/// Asks a solve to stop with what it has: HiGHS takes its time, CLP and CBC end with what they had already given.
void plan_solve_stop(plan_solve *solve);
/// Ends a solve that has not ended. The answers below may be read after this.
void plan_solve_end(plan_solve *solve);
/// How it ended.
int plan_solve_status(const plan_solve *solve);
/// The library's own number for the status, and the signal that ended the child, for messages.
int plan_solve_detail(const plan_solve *solve);
/// No values cost less than this; of a mixed-integer programme, minus infinity where nothing is proved.
double plan_solve_bound(const plan_solve *solve);
/// A value a column; NULL where none is known.
const double *plan_solve_values(const plan_solve *solve);
/// A dual a row, and a reduced cost a column; NULL where none is known.
const double *plan_solve_row_duals(const plan_solve *solve);
const double *plan_solve_column_duals(const plan_solve *solve);
/// How a turn ended, with its value a column and its dual a row where it is an optimum; PLAN_RUNNING where it was not reached.
int plan_solve_turn(const plan_solve *solve, int turn, const double **values, const double **row_duals);
/// Forgets a solve.
void plan_solve_free(plan_solve *solve);
#endif
