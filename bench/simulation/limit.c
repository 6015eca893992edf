// The model of `plan` by hand: vectorised by the compiler, two threads, histograms for the quantiles. It knows the
// model in advance; it prints the 50 chances in the order in which planrepl tells them, then ten medians.
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 512, WIDE = 8, BINS = 4096, PARAMETERS = 30, FORMULAS = 160, RESPONSES = 40 };

typedef struct {
  uint64_t state[4][WIDE];
  long draws;
  long met[50];
  uint32_t bins[10][BINS];
  double low[10], scale[10];
  long seed;
} Work;

static uint64_t mixed(uint64_t *x) {
  uint64_t z = (*x += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

// xoshiro256++ in eight lanes; doubles in (0, 1).
static void uniform(Work *w, double *restrict out) {
  for (int at = 0; at < LANES; at += WIDE) {
    for (int i = 0; i < WIDE; i++) {
      uint64_t *s0 = &w->state[0][i], *s1 = &w->state[1][i], *s2 = &w->state[2][i], *s3 = &w->state[3][i];
      uint64_t sum = *s0 + *s3, made = ((sum << 23) | (sum >> 41)) + *s0, t = *s1 << 17;
      *s2 ^= *s0;
      *s3 ^= *s1;
      *s1 ^= *s2;
      *s0 ^= *s3;
      *s2 ^= t;
      *s3 = (*s3 << 45) | (*s3 >> 19);
      uint64_t b = 0x3ff0000000000000ULL | made >> 12;
      double x;
      memcpy(&x, &b, 8);
      out[at + i] = (x - 1.0) + 0x1p-53;
    }
  }
}

static void normal(Work *w, double *restrict out) {
  static const double turn = 6.283185307179586;
  double u[LANES];
  uniform(w, u);
  for (int i = 0; i < LANES / 2; i++) {
    double r = sqrt(-2.0 * log(u[i])), a = turn * u[LANES / 2 + i];
    // The sine as a cosine: the pair in one call has no vector form.
    out[i] = r * cos(a);
    out[LANES / 2 + i] = r * cos(a - 0.25 * turn);
  }
}

static void *work(void *given) {
  Work *w = given;
  uint64_t seed = (uint64_t)w->seed * 7919;
  for (int i = 0; i < 4; i++) for (int k = 0; k < WIDE; k++) w->state[i][k] = mixed(&seed);
  static _Thread_local double p[PARAMETERS][LANES], f[30][LANES], u[LANES];
  for (long done = 0; done < w->draws; done += LANES) {
    int count = w->draws - done < LANES ? (int)(w->draws - done) : LANES;
    for (int k = 0; k < PARAMETERS; k++) {
      double *restrict x = p[k];
      if (k % 3 == 0) {
        normal(w, x);
        for (int i = 0; i < LANES; i++) x[i] = 100 + k + 10 * x[i];
      } else if (k % 3 == 1) {
        double width = 100 + k, cut = 50 / width;
        uniform(w, u);
        for (int i = 0; i < LANES; i++) {
          double below = 50 + sqrt(u[i] * width * 50), above = 150 + k - sqrt((1 - u[i]) * width * (width - 50));
          x[i] = u[i] < cut ? below : above;
        }
      } else {
        normal(w, x);
        for (int i = 0; i < LANES; i++) x[i] = 100 * exp(0.2 * x[i]);
      }
    }
    for (int k = 0; k < FORMULAS; k++) {
      double *restrict y = f[k % 30];
      const double *a = p[k % 30], *b = p[(k * 7 + 3) % 30], *c = p[(k * 11 + 5) % 30];
      double share = (k + 1) / 100.0;
      if (k < 30) for (int i = 0; i < LANES; i++) y[i] = a[i] * share + b[i] - c[i] * 0.5;
      else for (int i = 0; i < LANES; i++) y[i] = a[i] * share + b[i] - c[i] * 0.5 + y[i] * 0.1;
    }
    // f[k % 30] now holds formulas 130 to 159.
    for (int m = 0; m < 10; m++) {
      const double *y = f[(140 + m) % 30];
      long met = 0;
      for (int i = 0; i < count; i++) met += y[i] > 120;
      w->met[m] += met;
    }
    for (int j = 0; j < RESPONSES; j++) {
      const double *x = p[j % 30];
      double reach = (500 + 10 * j) * 1e6 / (10000.0 * 1000 * 0.8), target = 54 + j % 5;
      long met = 0;
      for (int i = 0; i < LANES; i++) u[i] = floor((50 + 8 * (1 - 2 / (exp(2 * reach / x[i]) + 1))) * 1000 + 0.5) / 1000;
      for (int i = 0; i < count; i++) met += u[i] >= target;
      w->met[10 + j] += met;
    }
    for (int m = 0; m < 10; m++) {
      const double *y = f[(150 + m) % 30];
      if (done == 0) {
        double low = y[0], high = y[0];
        for (int i = 0; i < count; i++) {
          low = y[i] < low ? y[i] : low;
          high = y[i] > high ? y[i] : high;
        }
        w->low[m] = low - (high - low) / 2;
        w->scale[m] = BINS / (2 * (high - low));
      }
      double low = w->low[m], scale = w->scale[m];
      for (int i = 0; i < count; i++) {
        double place = (y[i] - low) * scale;
        place = place < 0 ? 0 : place > BINS - 1 ? BINS - 1 : place;
        w->bins[m][(int)place]++;
      }
    }
  }
  return NULL;
}

int main(int argc, char **argv) {
  long draws = argc > 1 ? atol(argv[1]) : 1000000;
  static Work works[2];
  pthread_t other;
  for (int i = 0; i < 2; i++) {
    works[i].draws = i == 0 ? draws - draws / 2 : draws / 2;
    works[i].seed = i + 1;
  }
  pthread_create(&other, NULL, work, &works[1]);
  work(&works[0]);
  pthread_join(other, NULL);
  for (int m = 0; m < 50; m++) printf("chance %.6f\n", (double)(works[0].met[m] + works[1].met[m]) / (double)draws);
  for (int m = 0; m < 10; m++) {
    // Each thread's own median, their mean: the bins differ.
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      long before = 0, half = works[i].draws / 2;
      int at = 0;
      while (at < BINS && before + works[i].bins[m][at] < half) before += works[i].bins[m][at++];
      sum += works[i].low[m] + (at + (half - before) / (double)works[i].bins[m][at]) / works[i].scale[m];
    }
    printf("median %.3f\n", sum / 2);
  }
  return 0;
}
