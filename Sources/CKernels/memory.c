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
  mallopt(M_TOP_PAD, (int)bytes);
  void *first = malloc(1 << 20);
  mallopt(M_TOP_PAD, 128 << 10);
  if (first) {
    plan_memory_wide(first, (uintptr_t)sbrk(0) - (uintptr_t)first);
#ifdef MADV_POPULATE_WRITE
    // What lies before the first huge page is touched at once: a fault costs more than the page.
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), end = ((uintptr_t)first + huge - 1) & ~(huge - 1);
    uintptr_t start = ((uintptr_t)first + page - 1) & ~(page - 1);
    if (end > (uintptr_t)sbrk(0)) end = (uintptr_t)sbrk(0) & ~(page - 1);
    if (start < end) madvise((void *)start, end - start, MADV_POPULATE_WRITE);
    later = end + huge, later_end = (uintptr_t)sbrk(0) & ~(huge - 1);
    if (later_end > later + later_most) later_end = later + later_most;
#endif
  }
  free(first);
#endif
}
