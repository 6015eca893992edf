#define _GNU_SOURCE
#include "CKernels.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/mman.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

// What a huge page holds on the machines at hand; where it holds more, the advice is for fewer of them.
static const uintptr_t huge = 2 << 20;

void plan_memory_wide(const void *start, size_t bytes) {
#ifdef MADV_HUGEPAGE
  uintptr_t first = ((uintptr_t)start + huge - 1) & ~(huge - 1), end = ((uintptr_t)start + bytes) & ~(huge - 1);
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#endif
}

// What the first thread does not reach at once of what was expected, and at most so much of it.
static uintptr_t later, later_end;
static const uintptr_t later_most = 8 << 20;

void plan_memory_touch(void) {
#ifdef MADV_POPULATE_WRITE
  if (later < later_end) madvise((void *)later, later_end - later, MADV_POPULATE_WRITE);
#endif
}

void plan_memory_expect(size_t bytes) {
#ifdef __GLIBC__
  // One heap for all threads, grown once by all that is expected and not given back; columns stay in it.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_TOP_PAD, (int)(bytes + huge));
  void *first = malloc(1 << 20);
  mallopt(M_TOP_PAD, 128 << 10);
  free(first);
  if (!first) return;
  // What is asked for from now on begins with a huge page: what lies before it is held by nobody and never touched.
  uintptr_t start = ((uintptr_t)first + huge - 1) & ~(huge - 1), end = (uintptr_t)sbrk(0);
  const uintptr_t header = 2 * sizeof(size_t);
  if (start > (uintptr_t)first + header + 64 && start < end) {
    void *gap = malloc(start - (uintptr_t)first - header);
    (void)gap;
  }
  if (start >= end) return;
  plan_memory_wide((void *)start, end - start);
  later = start + huge, later_end = end & ~(huge - 1);
  if (later_end > later + later_most) later_end = later + later_most;
#endif
}
