#define _GNU_SOURCE
#include "csolver.h"
#include "solves.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct plan_solve {
  shared *area;
  size_t size;
  int library, columns, rows;
  pid_t child;
  int pipe;      /* its other end is closed when the child ends */
  int signal;
  int hasEnded;
};

double *solve_room(shared *area, int columns, int which) { return area->rooms + (size_t)(which - 1) * (size_t)columns; }

void solve_show(shared *area, int columns, const double *values) {
  int next = atomic_load(&area->shown) == 1 ? 2 : 1;
  memcpy(solve_room(area, columns, next), values, (size_t)columns * sizeof *values);
  atomic_store(&area->shown, next);
}

static void hold(int count, const double *duals, const double *values, double *lower, double *upper) {
  for (int i = 0; i < count; i++) {
    if (!(fabs(duals[i]) > 1e-6)) continue;
    double value = values[i] - lower[i] <= upper[i] - values[i] ? lower[i] : upper[i];
    if (isfinite(value)) lower[i] = upper[i] = value;
  }
}

face solve_face(const plan_programme *p, shared *area, const double *values, const double *rows) {
  size_t n = (size_t)p->columns, m = (size_t)p->rows;
  double *memory = malloc(2 * (n + m + 1) * sizeof *memory);
  if (!memory) return (face){0};
  face made = {memory, memory, memory + n, memory + 2 * n, memory + 2 * n + m};
  memcpy(made.lower, p->lower, n * sizeof *memory);
  memcpy(made.upper, p->upper, n * sizeof *memory);
  memcpy(made.row_lower, p->row_lower, m * sizeof *memory);
  memcpy(made.row_upper, p->row_upper, m * sizeof *memory);
  hold(p->columns, solve_columns(area, p->columns, p->rows), values, made.lower, made.upper);
  hold(p->rows, solve_rows(area, p->columns), rows, made.row_lower, made.row_upper);
  return made;
}

double *solve_mix(const plan_programme *p) {
  double *mixed = p->second ? malloc(((size_t)p->columns + 1) * sizeof *mixed) : NULL;
  if (!mixed) return NULL;
  double cost = 0, second = 0;
  for (int j = 0; j < p->columns; j++) {
    cost = fmax(cost, fabs(p->cost[j]));
    second = fmax(second, fabs(p->second[j]));
  }
  double little = cost > 0 && second > 0 ? 1e-3 * cost / second : cost > 0 ? 0 : 1;
  for (int j = 0; j < p->columns; j++) mixed[j] = p->cost[j] + little * p->second[j];
  return mixed;
}

/* What is kept of a turn. */
static double *turn_room(shared *area, int columns, int rows, int turn) {
  size_t n = (size_t)columns, m = (size_t)rows;
  return area->rooms + 3 * n + m + (size_t)turn * (1 + n + m);
}

void solve_turn(const plan_programme *p, int turn, double *upper) {
  for (int j = 0; j < p->columns; j++) upper[j] = p->turns[j] < 0 || p->turns[j] == turn ? p->upper[j] : 0;
}

void solve_keep(const plan_programme *p, shared *area, int turn, int status, const double *values, const double *duals) {
  double *room = turn_room(area, p->columns, p->rows, turn);
  room[0] = status;
  if (status != PLAN_OPTIMAL) return;
  memcpy(room + 1, values, (size_t)p->columns * sizeof *room);
  memcpy(room + 1 + p->columns, duals, (size_t)p->rows * sizeof *room);
}

int solve_ended(int before, int status) {
  if (before == PLAN_FAILED || before == PLAN_STOPPED) return before;
  if (status == PLAN_FAILED || status == PLAN_STOPPED) return status;
  return before == PLAN_OPTIMAL ? before : status;
}

int plan_solve_turn(const plan_solve *me, int turn, const double **values, const double **row_duals) {
  const double *room = turn_room(me->area, me->columns, me->rows, turn);
  *values = room + 1;
  *row_duals = room + 1 + me->columns;
  return (int)room[0];
}

double *solve_rows(shared *area, int columns) { return area->rooms + 2 * (size_t)columns; }
double *solve_columns(shared *area, int columns, int rows) { return area->rooms + 2 * (size_t)columns + (size_t)rows; }

/* MARK: finding the libraries */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int solve_find(void *handle, const wanted *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!(*(void **)table[i].place = dlsym(handle, table[i].name))) return 0;
  return 1;
}

int plan_solver_load(int library, const char *path) {
  static int isLoaded[3];
  pthread_mutex_lock(&lock);
  if (!isLoaded[library])
    isLoaded[library] = library == PLAN_HIGHS ? solver_load_highs(path) : library == PLAN_CLP ? solver_load_clp() : solver_load_coin();
  int answer = isLoaded[library];
  pthread_mutex_unlock(&lock);
  return answer;
}

const char *plan_solver_version(int library) {
  return library == PLAN_HIGHS ? solver_version_highs() : solver_version_coin();
}

/* The file in the folder that the program was installed with, or that its build was set up with. */
static int find_near(char *program, const char *file, char *buffer, int room) {
  char *built = strstr(program, "/.build/"), *end = built ? built : strrchr(program, '/');
  if (!end) return 0;
  *end = 0;
  const char *form = built ? "%s/.build/solver/%s" : "%s/../lib/planlang/%s";
  return snprintf(buffer, (size_t)room, form, program, file) < room && access(buffer, R_OK) == 0;
}

int plan_solver_near(const char *file, char *buffer, int room) {
  char path[PATH_MAX + 1];
  ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
  if (length > 0) {
    path[length] = 0;
    if (find_near(path, file, buffer, room)) return 1;
  }
  Dl_info here;
  if (dladdr((void *)plan_solver_near, &here) && here.dli_fname && realpath(here.dli_fname, path))
    return find_near(path, file, buffer, room);
  return 0;
}

/* MARK: children */

static void become_child(int library, const plan_programme *programme, shared *area, int parent) {
  static const int faults[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGTERM, SIGALRM};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) signal(faults[i], SIG_DFL);
  signal(SIGINT, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  if (getppid() != parent) _exit(0);
  int nowhere = open("/dev/null", O_RDWR);
  if (nowhere >= 0) {
    for (int i = 0; i < 3; i++) dup2(nowhere, i);
  }
  if (library == PLAN_HIGHS) solver_run_highs(programme, area);
  else solver_run_coin(programme, area);
  _exit(0);
}

plan_solve *plan_solve_start(
  int library, int columns, int rows, const double *cost, const double *second, const double *lower, const double *upper,
  const unsigned char *integers, const double *row_lower, const double *row_upper, const int *starts, const int *indices,
  const double *values, double seconds, double gap, int seed, int threads, const int *turns, int turn_count) {
  if (!turns) turn_count = 0;
  plan_programme programme = {
    columns, rows, cost, lower, upper, second, integers, row_lower, row_upper, starts, indices, values, seconds, gap, seed, threads, turns,
    turn_count
  };
  if (library < 0 || library > 2) return NULL;
  size_t n = (size_t)columns, m = (size_t)rows;
  plan_solve *me = calloc(1, sizeof *me);
  if (!me) return NULL;
  me->size = sizeof(shared) + (3 * n + m + (size_t)turn_count * (1 + n + m)) * sizeof(double);
  me->library = library;
  me->columns = columns;
  me->rows = rows;
  me->area = mmap(NULL, me->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ends[2];
  if (me->area == MAP_FAILED) {
    free(me);
    return NULL;
  }
  me->area->bound = -INFINITY;
  /* Under the lock: no other child of ours may inherit the end that tells of this one's end. */
  pthread_mutex_lock(&lock);
  int parent = getpid(), isOpen = pipe2(ends, O_CLOEXEC) == 0;
  me->child = isOpen ? fork() : -1;
  if (me->child == 0) become_child(library, &programme, me->area, parent);
  if (isOpen) close(ends[1]);
  pthread_mutex_unlock(&lock);
  if (me->child < 0) {
    if (isOpen) close(ends[0]);
    munmap(me->area, me->size);
    free(me);
    return NULL;
  }
  me->pipe = ends[0];
  return me;
}

static void reap(plan_solve *me) {
  if (me->hasEnded) return;
  int status = 0;
  while (waitpid(me->child, &status, 0) < 0 && errno == EINTR) {}
  if (WIFSIGNALED(status)) me->signal = WTERMSIG(status);
  close(me->pipe);
  me->hasEnded = 1;
}

int plan_solve_wait(plan_solve *const *solves, int count, int milliseconds) {
  struct pollfd ends[8];
  if (count > 8) count = 8;
  for (int i = 0; i < count; i++) {
    if (solves[i]->hasEnded) return i;
    ends[i] = (struct pollfd){solves[i]->pipe, POLLIN, 0};
  }
  if (poll(ends, (nfds_t)count, milliseconds) <= 0) return -1;
  for (int i = 0; i < count; i++) {
    if (!ends[i].revents) continue;
    reap(solves[i]);
    return i;
  }
  return -1;
}

void plan_solve_stop(plan_solve *me) {
  if (me->hasEnded) return;
  atomic_store(&me->area->stop, 1);
  if (me->library != PLAN_HIGHS) kill(me->child, SIGKILL); /* It has no ear for such a wish; its own time limit came before. */
}

void plan_solve_end(plan_solve *me) {
  if (me->hasEnded) return;
  kill(me->child, SIGKILL);
  reap(me);
}

int plan_solve_status(const plan_solve *me) { return atomic_load(&me->area->status); }
int plan_solve_detail(const plan_solve *me) { return me->signal ? me->signal : me->area->detail; }
double plan_solve_bound(const plan_solve *me) { return me->area->bound; }

const double *plan_solve_values(const plan_solve *me) {
  int shown = atomic_load(&me->area->shown);
  return shown ? solve_room(me->area, me->columns, shown) : NULL;
}

const double *plan_solve_row_duals(const plan_solve *me) {
  return me->area->hasDuals ? solve_rows(me->area, me->columns) : NULL;
}

const double *plan_solve_column_duals(const plan_solve *me) {
  return me->area->hasDuals ? solve_columns(me->area, me->columns, me->rows) : NULL;
}

void plan_solve_free(plan_solve *me) {
  if (!me) return;
  plan_solve_end(me);
  munmap(me->area, me->size);
  free(me);
}
