#ifndef SOLVES_H
#define SOLVES_H
/* What the libraries' tables and the children share. */
#include <stdatomic.h>
#include <stddef.h>

/* What parent and child share: this head, then two rooms for column values, one for row duals, one for column duals, and for each
   turn its status, column values and row duals.
   Better values are written into the room that is not shown and then shown, so that a kill leaves whole ones. */
typedef struct {
  atomic_int stop;     /* set by the parent */
  atomic_int shown;    /* 0: no values; 1, 2: the room that holds them */
  atomic_int status;
  int hasDuals, detail;
  double bound;
  double rooms[];
} shared;

/* A programme to be minimised, its matrix by columns. */
typedef struct {
  int columns, rows;
  const double *cost, *lower, *upper;
  const double *second; /* of all that cost least, the least of these; NULL for none */
  const unsigned char *integers;
  const double *row_lower, *row_upper;
  const int *starts, *indices;
  const double *values;
  double seconds, gap;
  int seed, threads;
  const int *turns; /* the turn in which each column is free, -1: in all; NULL where there are no turns */
  int turn_count;
} plan_programme;

/* The rooms of the shared memory. */
double *solve_room(shared *area, int columns, int which);
double *solve_rows(shared *area, int columns);
double *solve_columns(shared *area, int columns, int rows);
/* The cost with a little of the second cost, to be freed: what is best by it is near the best of both. NULL where there is
   no second cost. */
double *solve_mix(const plan_programme *programme);
/* The bounds between which an optimum stays one, by the duals in the area: columns and rows of weight stay where they are.
   `memory` is to be freed; it is NULL where there is none to be had. */
typedef struct { double *memory, *lower, *upper, *row_lower, *row_upper; } face;
face solve_face(const plan_programme *programme, shared *area, const double *values, const double *rows);
/* The upper bounds of the columns in a turn. */
void solve_turn(const plan_programme *programme, int turn, double *upper);
/* Keeps what a turn came to: with its values and row duals where it has them. */
void solve_keep(const plan_programme *programme, shared *area, int turn, int status, const double *values, const double *duals);
/* How all turns ended together: a failed or stopped one counts for all, else one optimum does. */
int solve_ended(int before, int status);
/* Shows better values. */
void solve_show(shared *area, int columns, const double *values);

/* A function to be found in a library. */
typedef struct { void *place; const char *name; } wanted;
int solve_find(void *handle, const wanted *table, size_t count);

int solver_load_highs(const char *path);
const char *solver_version_highs(void);
void solver_run_highs(const plan_programme *programme, shared *area);

int solver_load_coin(void);
int solver_load_clp(void);
const char *solver_version_coin(void);
void solver_run_coin(const plan_programme *programme, shared *area);
#endif
