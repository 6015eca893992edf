#define _GNU_SOURCE
#include "CKernels.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

int32_t plan_cores(void) {
#ifdef __linux__
  cpu_set_t mine;
  if (sched_getaffinity(0, sizeof mine, &mine) == 0) return CPU_COUNT(&mine);
#endif
  long all = sysconf(_SC_NPROCESSORS_ONLN);
  return all < 1 ? 1 : (int32_t)all;
}

typedef struct {
  void *context;
  void (*other)(void *);
} plan_side;

// The one helper: a thread that waits for work between its works, since a new one costs more than waking it.
static struct {
  pthread_mutex_t lock;
  pthread_cond_t wanted, done;
  plan_side side;
  int is_started, is_lent;
  pthread_t thread;
} helper = {.lock = PTHREAD_MUTEX_INITIALIZER, .wanted = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};

static void *beside(void *given) {
  plan_side *side = given;
  side->other(side->context);
  return NULL;
}

static void *help(void *given) {
  void (*first)(void) = (void (*)(void))given;
  if (first) first();
  pthread_mutex_lock(&helper.lock);
  while (1) {
    while (!helper.side.other) pthread_cond_wait(&helper.wanted, &helper.lock);
    plan_side side = helper.side;
    pthread_mutex_unlock(&helper.lock);
    side.other(side.context);
    pthread_mutex_lock(&helper.lock);
    helper.side.other = NULL;
    pthread_cond_signal(&helper.done);
  }
  return NULL;
}

// A thread with as much stack as the first has, whatever the limits say; signals are for the first.
static int begin(pthread_t *thread, void *(*work)(void *), void *given) {
  pthread_attr_t attributes;
  sigset_t all, before;
  if (pthread_attr_init(&attributes) != 0) return 0;
  pthread_attr_setstacksize(&attributes, 8 << 20);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int is_begun = pthread_create(thread, &attributes, work, given) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return is_begun;
}

// With the lock held.
static int has_helper(void (*first)(void)) {
  if (!helper.is_started && begin(&helper.thread, help, (void *)first)) {
    pthread_detach(helper.thread);
    helper.is_started = 1;
  }
  return helper.is_started;
}

void plan_beside_begin(void (*first)(void)) {
  pthread_mutex_lock(&helper.lock);
  has_helper(first);
  pthread_mutex_unlock(&helper.lock);
}

void plan_beside(void *context, void (*own)(void *), void (*other)(void *)) {
  plan_side side = {context, other};
  pthread_mutex_lock(&helper.lock);
  // What the helper itself does may not wait for it.
  int is_own = helper.is_started && pthread_equal(helper.thread, pthread_self());
  if (!is_own && !helper.is_lent && has_helper(NULL)) {
    helper.is_lent = 1;
    helper.side = side;
    pthread_cond_signal(&helper.wanted);
    pthread_mutex_unlock(&helper.lock);
    own(context);
    pthread_mutex_lock(&helper.lock);
    while (helper.side.other) pthread_cond_wait(&helper.done, &helper.lock);
    helper.is_lent = 0;
    pthread_mutex_unlock(&helper.lock);
    return;
  }
  pthread_mutex_unlock(&helper.lock);
  // The helper is at work: on a thread of its own, or in turn where none is to be had.
  pthread_t thread;
  int is_aside = begin(&thread, beside, &side);
  own(context);
  if (is_aside) pthread_join(thread, NULL);
  else other(context);
}
