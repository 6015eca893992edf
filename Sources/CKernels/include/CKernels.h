#ifndef C_KERNELS_H
#define C_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Elementary functions of our own: only additions, multiplications, divisions, square roots and moves of bits, never
// contracted, so that every machine and every vector width gives the same bits. Errors are measured against a
// wider reference in the tests: e^x, ln x and tanh x within 1.5 units in the last place.

double plan_exp(double x);
double plan_log(double x);
double plan_tanh(double x);
/// e^(y ln x) for x > 0, within 2 + 3 |y ln x| units in the last place; 0 for x = 0 and y > 0; else NaN.
double plan_pow(double x, double y);
/// The normal distribution: the value below which a share 0 < p < 1 lies (Wichura, Algorithm AS 241, 1988), and the
/// share below a value (Marsaglia, Evaluating the Normal Distribution, 2004).
double plan_normal_quantile(double p);
double plan_normal_share(double z);

/// Four random words of a counter and a key: Philox 4x64-10 (Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As
/// Easy as 1, 2, 3, SC11).
void plan_philox(const uint64_t counter[4], const uint64_t key[2], uint64_t words[4]);

/// The place of `index` among `count` under a permutation that hangs on the key: a Feistel network walked until it
/// lands inside.
uint64_t plan_permuted(uint64_t index, uint64_t count, uint64_t seed, uint64_t variable);

/// What a step of a tape does to a whole block of draws. `a` is the slot written, `b`, `c`, `d` are slots read when
/// not negative, else constant ~x.
enum plan_op {
  PLAN_UNIFORM,   // the draw of variable b, in (0, 1)
  PLAN_CONSTANT,  // constant b
  PLAN_ADD, PLAN_SUBTRACT, PLAN_MULTIPLY, PLAN_DIVIDE, PLAN_LEAST, PLAN_GREATEST,
  PLAN_LESS, PLAN_LESS_EQUAL, PLAN_EQUAL, PLAN_AND, PLAN_OR,
  PLAN_NOT, PLAN_IS_FALSE, PLAN_IS_ABSENT, PLAN_ROUND, PLAN_FLOOR, PLAN_SQRT,
  PLAN_EXP, PLAN_LOG, PLAN_TANH, PLAN_POW, PLAN_NORMAL_QUANTILE, PLAN_NORMAL_SHARE,
  PLAN_SELECT,  // b true: c, else d
};

/// One step.
typedef struct {
  int32_t op, a, b, c, d;
} plan_step;

/// How many draws a block holds.
enum { PLAN_LANES = 512 };

/// Runs the steps over one block whose first draw is `first`, a multiple of PLAN_LANES. `slots` holds PLAN_LANES
/// figures a slot. With `stratified` above 0, each variable falls once into each of so many strata (Latin hypercube).
void plan_run(const plan_step *steps, int32_t count, double *slots, const double *constants, uint64_t seed,
              uint64_t first, uint64_t stratified);

/// Counts a block's figures: into `bins` of equal width from `low`, the first and last for what lies beyond; into
/// `sum` as whole multiples of 2^-24 of the width `scale`; least and greatest; those that are no figures into `absent`.
typedef struct {
  double low, scale;
  uint32_t *bins;
  int32_t bin_count;
  int64_t sum;
  double least, greatest;
  uint64_t absent;
} plan_tally;

void plan_tally_block(plan_tally *tally, const double *figures, int32_t count);

/// A tape: its steps, how many slots they need, and the slots of what is asked for.
typedef struct {
  const plan_step *steps;
  int32_t count, slots;
  const double *constants;
  const int32_t *output;
  int32_t outputs;
} plan_program;

/// Tallies the draws `first` (a multiple of PLAN_LANES) up to `end` on so many threads. `keep_going` is asked after
/// each block of the calling thread, with the draws done so far. Returns how many were done, or -1 without memory.
int64_t plan_simulate(const plan_program *program, uint64_t seed, uint64_t first, uint64_t end, uint64_t stratified,
                      int32_t threads, plan_tally *tallies, int (*keep_going)(void *, uint64_t), void *context);

/// Two pieces of work at once: `other` on a thread of its own, `own` on the calling one; in turn where no thread is to be
/// had. Returns when both are done.
void plan_beside(void *context, void (*own)(void *), void (*other)(void *));
/// Starts the thread that `plan_beside` works on, before it is needed, with something to do first.
void plan_beside_begin(void (*first)(void));
/// How many cores this process may use.
int32_t plan_cores(void);

/// Memory. A page costs its first touch: `wide` asks for huge pages between two places, `expect` for so many bytes of heap
/// in them before anything is allocated. Where the system knows none of it, nothing happens.
void plan_memory_wide(const void *start, size_t bytes);
void plan_memory_expect(size_t bytes);
/// Touches what was expected and will be needed for sure; for another thread than the one that begins to use it.
void plan_memory_touch(void);
/// Asks for the memory at a place, which may be any, before it is read.
static inline void plan_fetch(const void *place) { __builtin_prefetch(place); }

#endif
