#include "CKernels.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// The same source once for each vector width; the loader takes the widest that the machine has.
#if defined(__x86_64__) && defined(__linux__) && defined(__OPTIMIZE__)
#define WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define WIDE
#endif
#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t bits(double x) {
  uint64_t b;
  memcpy(&b, &x, 8);
  return b;
}
INLINE double real(uint64_t b) {
  double x;
  memcpy(&x, &b, 8);
  return x;
}

// 2^52 + 2^51: adding it leaves a whole number in the low bits.
static const double MAGIC = 6755399441055744.0;
static const double LN2_HIGH = 6.93147180369123816490e-01, LN2_LOW = 1.90821492927058770002e-10;

/// 2^n for a whole -1022 <= n <= 1023.
INLINE double two_to(double n) { return real((bits(n + MAGIC) - bits(MAGIC) + 1023) << 52); }

/// e^r for |r| <= ln2/2 by Taylor's polynomial of degree 13.
INLINE double exp_near_zero(double r) {
  double s = 1.0 / 6227020800.0;
  s = s * r + 1.0 / 479001600.0;
  s = s * r + 1.0 / 39916800.0;
  s = s * r + 1.0 / 3628800.0;
  s = s * r + 1.0 / 362880.0;
  s = s * r + 1.0 / 40320.0;
  s = s * r + 1.0 / 5040.0;
  s = s * r + 1.0 / 720.0;
  s = s * r + 1.0 / 120.0;
  s = s * r + 1.0 / 24.0;
  s = s * r + 1.0 / 6.0;
  s = s * r + 0.5;
  return 1.0 + (r + r * r * s);
}

/// e^x: argument reduction by ln 2 in two parts.
INLINE double exp_of(double x) {
  double t = x > 710.0 ? 710.0 : x;
  t = t < -746.0 ? -746.0 : t;
  double n = (t * 1.44269504088896340736 + MAGIC) - MAGIC;
  double p = exp_near_zero((t - n * LN2_HIGH) - n * LN2_LOW);
  double half = (n * 0.5 + MAGIC) - MAGIC;
  return p * two_to(half) * two_to(n - half);
}

/// The same bits for 0 <= x <= 40, where one power of two is enough.
INLINE double small_exp(double x) {
  double n = (x * 1.44269504088896340736 + MAGIC) - MAGIC;
  return exp_near_zero((x - n * LN2_HIGH) - n * LN2_LOW) * two_to(n);
}

/// ln x: mantissa in [sqrt(1/2), sqrt(2)), series of atanh.
INLINE double log_of(double x) {
  double small = x < 2.2250738585072014e-308 ? 1.0 : 0.0;
  double scaled = small != 0.0 ? x * 18014398509481984.0 : x;
  uint64_t b = bits(scaled);
  double e = real(((b >> 52) & 0x7ff) | 0x4330000000000000ULL) - 4503599627370496.0 - 1023.0 - small * 54.0;
  double m = real((b & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  double is_high = m > 1.4142135623730951 ? 1.0 : 0.0;
  m = is_high != 0.0 ? m * 0.5 : m;
  e = e + is_high;
  // ln m = f - (f^2/2 - s (f^2/2 + R)), with f = m - 1, s = f / (2 + f): no digit of f is lost near 1.
  double f = m - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double q = 2.0 / 23.0;
  q = q * z + 2.0 / 21.0;
  q = q * z + 2.0 / 19.0;
  q = q * z + 2.0 / 17.0;
  q = q * z + 2.0 / 15.0;
  q = q * z + 2.0 / 13.0;
  q = q * z + 2.0 / 11.0;
  q = q * z + 2.0 / 9.0;
  q = q * z + 2.0 / 7.0;
  q = q * z + 2.0 / 5.0;
  q = q * z + 2.0 / 3.0;
  double half = 0.5 * f * f;
  double result = e * LN2_HIGH - ((half - (s * (half + q * z) + e * LN2_LOW)) - f);
  result = x == INFINITY ? x : result;
  result = x == 0.0 ? -INFINITY : result;
  return x < 0.0 || x != x ? NAN : result;
}

/// tanh x: a rational near 0 (Cody and Waite, Software Manual for the Elementary Functions, 1980), else by e^2x.
INLINE double tanh_of(double x) {
  double m = fabs(x);
  double z = x * x;
  double p = (-9.64399179425052238628e-01 * z - 9.92877231001918586564e+01) * z - 1.61468768441708447952e+03;
  double q = ((z + 1.12811678491632931402e+02) * z + 2.23548839060100448583e+03) * z + 4.84406305325125486048e+03;
  // From 20 on it is 1: e^2m needs no guard against what is too large. Both ways need one division: they share it.
  double t = m > 20.0 ? 20.0 : m;
  int is_near = m < 0.625;
  double ratio = (is_near ? p : 2.0) / (is_near ? q : small_exp(t + t) + 1.0);
  double far = 1.0 - ratio;
  far = x < 0.0 ? -far : far;
  return is_near ? x + x * (z * ratio) : far;
}

INLINE double pow_of(double x, double y) {
  double value = exp_of(y * log_of(x));
  value = x == 0.0 && y > 0.0 ? 0.0 : value;
  return x < 0.0 || (x == 0.0 && !(y > 0.0)) ? NAN : value;
}

INLINE double central_quantile(double q) {
  double r = 0.180625 - q * q;
  double n = 2.5090809287301226727e+3;
  n = n * r + 3.3430575583588128105e+4;
  n = n * r + 6.7265770927008700853e+4;
  n = n * r + 4.5921953931549871457e+4;
  n = n * r + 1.3731693765509461125e+4;
  n = n * r + 1.9715909503065514427e+3;
  n = n * r + 1.3314166789178437745e+2;
  n = n * r + 3.3871328727963666080e+0;
  double d = 5.2264952788528545610e+3;
  d = d * r + 2.8729085735721942674e+4;
  d = d * r + 3.9307895800092710610e+4;
  d = d * r + 2.1213794301586595867e+4;
  d = d * r + 5.3941960214247511077e+3;
  d = d * r + 6.8718700749205790830e+2;
  d = d * r + 4.2313330701600911252e+1;
  d = d * r + 1.0;
  return q * n / d;
}

/// The quotient of the tail's polynomials: r up to 5, and beyond.
INLINE double near_tail(double r) {
  r -= 1.6;
  double n = 7.74545014278341407640e-4;
  n = n * r + 2.27238449892691845833e-2;
  n = n * r + 2.41780725177450611770e-1;
  n = n * r + 1.27045825245236838258e+0;
  n = n * r + 3.64784832476320460504e+0;
  n = n * r + 5.76949722146069140550e+0;
  n = n * r + 4.63033784615654529590e+0;
  n = n * r + 1.42343711074968357734e+0;
  double d = 1.05075007164441684324e-9;
  d = d * r + 5.47593808499534494600e-4;
  d = d * r + 1.51986665636164571966e-2;
  d = d * r + 1.48103976427480074590e-1;
  d = d * r + 6.89767334985100004550e-1;
  d = d * r + 1.67638483018380384940e+0;
  d = d * r + 2.05319162663775882187e+0;
  d = d * r + 1.0;
  return n / d;
}

static double far_tail(double r) {
  r -= 5.0;
  double n = 2.01033439929228813265e-7;
  n = n * r + 2.71155556874348757815e-5;
  n = n * r + 1.24266094738807843860e-3;
  n = n * r + 2.65321895265761230930e-2;
  n = n * r + 2.96560571828504891230e-1;
  n = n * r + 1.78482653991729133580e+0;
  n = n * r + 5.46378491116411436990e+0;
  n = n * r + 6.65790464350110377720e+0;
  double d = 2.04426310338993978564e-15;
  d = d * r + 1.42151175831644588870e-7;
  d = d * r + 1.84631831751005468180e-5;
  d = d * r + 7.86869131145613259100e-4;
  d = d * r + 1.48753612908506148525e-2;
  d = d * r + 1.36929880922735805310e-1;
  d = d * r + 5.99832206555887937690e-1;
  d = d * r + 1.0;
  return n / d;
}

/// How far out a share lies.
INLINE double tail_reach(double p) { return sqrt(-log_of(p < 0.5 ? p : 1.0 - p)); }

static double normal_quantile(double p) {
  if (!(p > 0.0 && p < 1.0)) return NAN;
  double q = p - 0.5;
  if (fabs(q) <= 0.425) return central_quantile(q);
  double r = tail_reach(p);
  double z = r <= 5.0 ? near_tail(r) : far_tail(r);
  return q < 0 ? -z : z;
}

/// The quantiles of a block: the middle for all, then the tails, gathered so that they fill whole vectors.
INLINE void quantiles(double *restrict r, const double *restrict xs) {
  double tail[PLAN_LANES];
  int32_t place[PLAN_LANES + 1];
  int32_t count = 0;
  for (int32_t i = 0; i < PLAN_LANES; i++) r[i] = central_quantile(xs[i] - 0.5);
  for (int32_t i = 0; i < PLAN_LANES; i++) {
    place[count] = i;
    count += !(fabs(xs[i] - 0.5) <= 0.425);
  }
  for (int32_t i = 0; i < count; i++) tail[i] = xs[place[i]];
  for (int32_t i = 0; i < count; i++) {
    double z = near_tail(tail_reach(tail[i]));
    tail[i] = tail[i] < 0.5 ? -z : z;
  }
  for (int32_t i = 0; i < count; i++) {
    double p = xs[place[i]];
    // Beyond r = 5 (a share of 1.4e-11), and what is no share.
    r[place[i]] = p > 1e-10 && p < 1.0 - 1e-10 ? tail[i] : normal_quantile(p);
  }
}

static double normal_share(double z) {
  if (z != z) return z;
  if (z < -8.0) return 0.0;
  if (z > 8.0) return 1.0;
  double sum = 0.0, term = z;
  for (double i = 3.0; sum + term != sum; i += 2.0) {
    sum += term;
    term = term * z * z / i;
  }
  return 0.5 + sum * exp_of(-0.5 * z * z - 0.91893853320467274178);
}

double plan_exp(double x) { return exp_of(x); }
double plan_log(double x) { return log_of(x); }
double plan_tanh(double x) { return tanh_of(x); }
double plan_pow(double x, double y) { return pow_of(x, y); }
double plan_normal_quantile(double p) { return normal_quantile(p); }
double plan_normal_share(double z) { return normal_share(z); }

INLINE void philox(uint64_t c0, uint64_t c1, uint64_t c2, uint64_t c3, uint64_t k0, uint64_t k1, uint64_t out[4]) {
  for (int round = 0; round < 10; round++) {
    unsigned __int128 x = (unsigned __int128)0xD2E7470EE14C6C93ULL * c0;
    unsigned __int128 y = (unsigned __int128)0xCA5A826395121157ULL * c2;
    uint64_t n0 = (uint64_t)(y >> 64) ^ c1 ^ k0, n2 = (uint64_t)(x >> 64) ^ c3 ^ k1;
    c1 = (uint64_t)y;
    c3 = (uint64_t)x;
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B97F4A7C15ULL;
    k1 += 0xBB67AE8584CAA73BULL;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

void plan_philox(const uint64_t counter[4], const uint64_t key[2], uint64_t words[4]) {
  philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1], words);
}

uint64_t plan_permuted(uint64_t index, uint64_t count, uint64_t seed, uint64_t variable) {
  if (count < 2) return 0;
  int half = 1;
  while (half < 31 && (1ULL << (2 * half)) < count) half++;
  uint64_t mask = (1ULL << half) - 1, place = index;
  do {
    uint64_t left = place >> half, right = place & mask;
    for (int round = 0; round < 6; round++) {
      uint64_t x = right * 0x9E3779B97F4A7C15ULL + seed + variable * 0xD2E7470EE14C6C93ULL + (uint64_t)round * 0xBB67AE8584CAA73BULL;
      x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
      x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
      uint64_t next = left ^ ((x >> 33) & mask);
      left = right;
      right = next;
    }
    place = left << half | right;
  } while (place >= count);
  return place;
}

/// Draws of one variable, in (0, 1): the upper 52 bits of a word and a half.
static void uniform(double *out, uint64_t seed, uint64_t variable, uint64_t first, uint64_t stratified) {
  for (int lane = 0; lane < PLAN_LANES; lane += 4) {
    uint64_t words[4];
    philox((first + (uint64_t)lane) / 4, variable, 0, 0, seed, 0, words);
    for (int i = 0; i < 4; i++) out[lane + i] = (real(0x3ff0000000000000ULL | words[i] >> 12) - 1.0) + 0x1p-53;
  }
  if (stratified == 0) return;
  for (int lane = 0; lane < PLAN_LANES; lane++) {
    uint64_t draw = first + (uint64_t)lane;
    uint64_t stratum = draw < stratified ? plan_permuted(draw, stratified, seed, variable) : draw % stratified;
    out[lane] = ((double)stratum + out[lane]) / (double)stratified;
  }
}

// One case a shape of operands, so that a constant is read once and not once a draw.
#define EACH for (int i = 0; i < PLAN_LANES; i++)
#define UNARY(op, e)                    \
  case op: {                            \
    EACH { double x = xs[i]; r[i] = e; } \
  } break;
#define BINARY(op, e)                                         \
  case op: {                                                  \
    if (s.b >= 0 && s.c >= 0) {                               \
      EACH { double x = xs[i], y = ys[i]; r[i] = e; }         \
    } else if (s.b >= 0) {                                    \
      double y = constants[~s.c];                             \
      EACH { double x = xs[i]; r[i] = e; }                    \
    } else {                                                  \
      double x = constants[~s.b];                             \
      EACH { double y = ys[i]; r[i] = e; }                    \
    }                                                         \
  } break;

WIDE void plan_run(const plan_step *steps, int32_t count, double *slots, const double *constants, uint64_t seed,
                   uint64_t first, uint64_t stratified) {
  for (int32_t at = 0; at < count; at++) {
    plan_step s = steps[at];
    double *restrict r = slots + (int64_t)s.a * PLAN_LANES;
    const double *xs = slots + (int64_t)(s.b > 0 ? s.b : 0) * PLAN_LANES;
    const double *ys = slots + (int64_t)(s.c > 0 ? s.c : 0) * PLAN_LANES;
    switch (s.op) {
      case PLAN_UNIFORM: uniform(r, seed, (uint64_t)s.b, first, stratified); break;
      case PLAN_CONSTANT: {
        double y = constants[~s.b];
        EACH r[i] = y;
      } break;
      BINARY(PLAN_ADD, x + y)
      BINARY(PLAN_SUBTRACT, x - y)
      BINARY(PLAN_MULTIPLY, x * y)
      case PLAN_DIVIDE: {
        // By a power of two it is a product, bit for bit.
        uint64_t by = s.c < 0 ? bits(constants[~s.c]) : 0, power = by >> 52 & 0x7ff;
        if (s.b >= 0 && power > 2 && power < 2044 && (by & 0x000fffffffffffffULL) == 0) {
          double inverse = 1.0 / constants[~s.c];
          EACH r[i] = xs[i] * inverse;
        } else if (s.b >= 0 && s.c >= 0) {
          EACH r[i] = ys[i] == 0.0 ? NAN : xs[i] / ys[i];
        } else if (s.b >= 0) {
          double y = constants[~s.c] == 0.0 ? NAN : constants[~s.c];
          EACH r[i] = xs[i] / y;
        } else {
          double x = constants[~s.b];
          EACH r[i] = ys[i] == 0.0 ? NAN : x / ys[i];
        }
      } break;
      BINARY(PLAN_LEAST, x != x ? x : (y < x || y != y ? y : x))
      BINARY(PLAN_GREATEST, x != x ? x : (y > x || y != y ? y : x))
      BINARY(PLAN_LESS, x != x || y != y ? NAN : x < y ? 1.0 : 0.0)
      BINARY(PLAN_LESS_EQUAL, x != x || y != y ? NAN : x <= y ? 1.0 : 0.0)
      BINARY(PLAN_EQUAL, x != x || y != y ? NAN : x == y ? 1.0 : 0.0)
      BINARY(PLAN_AND, x == 0.0 || y == 0.0 ? 0.0 : x != x ? x : y)
      BINARY(PLAN_OR, (x == x && x != 0.0) || (y == y && y != 0.0) ? 1.0 : x != x ? x : y)
      UNARY(PLAN_NOT, x != x ? x : x == 0.0 ? 1.0 : 0.0)
      UNARY(PLAN_IS_FALSE, x == 0.0 ? 1.0 : 0.0)
      UNARY(PLAN_IS_ABSENT, x != x ? 1.0 : 0.0)
      UNARY(PLAN_ROUND, fabs(x) < 4503599627370496.0 ? copysign((fabs(x) + 4503599627370496.0) - 4503599627370496.0, x) : x)
      UNARY(PLAN_FLOOR, floor(x))
      UNARY(PLAN_SQRT, sqrt(x))
      UNARY(PLAN_EXP, exp_of(x))
      UNARY(PLAN_LOG, log_of(x))
      UNARY(PLAN_TANH, tanh_of(x))
      BINARY(PLAN_POW, pow_of(x, y))
      case PLAN_NORMAL_QUANTILE: {
        quantiles(r, xs);
      } break;
      case PLAN_NORMAL_SHARE: EACH r[i] = normal_share(xs[i]); break;
      case PLAN_SELECT: {
        const double *zs = slots + (int64_t)(s.d > 0 ? s.d : 0) * PLAN_LANES;
        double y = s.c < 0 ? constants[~s.c] : 0.0, z = s.d < 0 ? constants[~s.d] : 0.0;
        if (s.c >= 0 && s.d >= 0) {
          EACH r[i] = xs[i] != 0.0 ? ys[i] : zs[i];
        } else if (s.c >= 0) {
          EACH r[i] = xs[i] != 0.0 ? ys[i] : z;
        } else if (s.d >= 0) {
          EACH r[i] = xs[i] != 0.0 ? y : zs[i];
        } else {
          EACH r[i] = xs[i] != 0.0 ? y : z;
        }
      } break;
      default: break;
    }
  }
}

/// One figure: where it is counted, and its distance from `low` in whole units.
INLINE double place_of(double x, double low, double per_bin, double last) {
  double place = floor((x - low) * per_bin) + 1.0;
  return place < 0.0 ? 0.0 : place > last ? last : place;
}
INLINE double units_of(double x, double low, double per_unit) {
  double unit = (x - low) * per_unit;
  // A figure 512 widths away counts as that far: no sum of a thousand million can overflow.
  unit = unit > 0x1p33 ? 0x1p33 : unit < -0x1p33 ? -0x1p33 : unit;
  return floor(unit + 0.5);
}

static const double LARGEST = 1.7976931348623157e308;

/// Truths are only counted; 0 where something else is among them.
WIDE static int tally_truths(plan_tally *tally, const double *restrict figures, int32_t count) {
  int64_t ones = 0, zeros = 0, absent = 0;
  for (int32_t i = 0; i < count; i++) {
    ones += figures[i] == 1.0;
    zeros += figures[i] == 0.0;
    absent += figures[i] != figures[i];
  }
  if (ones + zeros + absent != count) return 0;
  tally->bins[1] += (uint32_t)zeros;
  tally->bins[3] += (uint32_t)ones;
  tally->absent += (uint64_t)absent;
  tally->sum += ones << 24;
  double least = zeros ? 0.0 : 1.0, greatest = ones ? 1.0 : 0.0;
  if (ones + zeros == 0) return 1;
  if (least < tally->least) tally->least = least;
  if (greatest > tally->greatest) tally->greatest = greatest;
  return 1;
}

/// Figures: eight at a time, whole numbers and extremes, so that the order in which they are taken changes nothing.
WIDE static void tally_figures(plan_tally *tally, const double *restrict figures, int32_t count) {
  double per_bin = tally->scale > 0.0 ? (double)(tally->bin_count - 2) / tally->scale : 0.0;
  double per_unit = tally->scale > 0.0 ? 16777216.0 / tally->scale : 0.0;
  double low = tally->low, last = (double)(tally->bin_count - 1);
  double least[8], greatest[8];
  int32_t place[PLAN_LANES];
  int64_t sum = 0;
  for (int l = 0; l < 8; l++) {
    least[l] = tally->least;
    greatest[l] = tally->greatest;
  }
  for (int32_t i = 0; i < count; i++) {
    double x = figures[i];
    int is_figure = fabs(x) <= LARGEST;
    // Figures without a place would not convert.
    double at = place_of(is_figure ? x : low, low, per_bin, last);
    place[i] = is_figure ? (int32_t)at : -1;
    double unit = is_figure ? units_of(x, low, per_unit) : 0.0;
    sum += (int64_t)(bits(unit + MAGIC) - bits(MAGIC));
  }
  int32_t whole = count / 8 * 8;
  for (int32_t i = 0; i < whole; i += 8) {
    for (int l = 0; l < 8; l++) {
      double x = figures[i + l];
      double lower = x < least[l] ? x : least[l], upper = x > greatest[l] ? x : greatest[l];
      least[l] = fabs(x) <= LARGEST ? lower : least[l];
      greatest[l] = fabs(x) <= LARGEST ? upper : greatest[l];
    }
  }
  for (int32_t i = whole; i < count; i++) {
    double x = figures[i];
    if (!(fabs(x) <= LARGEST)) continue;
    if (x < least[0]) least[0] = x;
    if (x > greatest[0]) greatest[0] = x;
  }
  for (int l = 0; l < 8; l++) {
    if (least[l] < tally->least) tally->least = least[l];
    if (greatest[l] > tally->greatest) tally->greatest = greatest[l];
  }
  tally->sum += sum;
  for (int32_t i = 0; i < count; i++) {
    if (place[i] < 0) tally->absent++;
    else tally->bins[place[i]]++;
  }
}

void plan_tally_block(plan_tally *tally, const double *figures, int32_t count) {
  int is_truth = tally->bin_count == 4 && tally->low == 0.0 && tally->scale == 1.0;
  if (is_truth && tally_truths(tally, figures, count)) return;
  for (int32_t first = 0; first < count; first += PLAN_LANES) {
    tally_figures(tally, figures + first, count - first < PLAN_LANES ? count - first : PLAN_LANES);
  }
}

// What the threads of one run share.
typedef struct {
  const plan_program *program;
  uint64_t seed, first, end, stratified;
  atomic_uint_fast64_t next, done;
  atomic_bool stopped, starved;
  plan_tally *tallies;
  int (*keep_going)(void *, uint64_t);
  void *context;
  pthread_mutex_t merging;
} plan_work;

static void merge(plan_tally *into, const plan_tally *from) {
  for (int32_t i = 0; i < into->bin_count; i++) into->bins[i] += from->bins[i];
  into->sum += from->sum;
  into->absent += from->absent;
  if (from->least < into->least) into->least = from->least;
  if (from->greatest > into->greatest) into->greatest = from->greatest;
}

/// One thread: takes a block at a time and keeps tallies of its own, which are added up at the end. All they hold are
/// whole numbers and extremes: the order in which they are added changes nothing.
static void work(void *given, int is_main) {
  plan_work *w = given;
  const plan_program *p = w->program;
  double *slots = aligned_alloc(64, (size_t)p->slots * PLAN_LANES * sizeof(double));
  plan_tally *own = calloc((size_t)p->outputs + 1, sizeof(plan_tally));
  size_t bins = 0;
  for (int32_t i = 0; i < p->outputs; i++) bins += (size_t)w->tallies[i].bin_count;
  uint32_t *counts = calloc(bins + 1, sizeof(uint32_t));
  if (!slots || !own || !counts) {
    atomic_store(&w->starved, 1);
    atomic_store(&w->stopped, 1);
  } else {
    memset(slots, 0, (size_t)p->slots * PLAN_LANES * sizeof(double));
    size_t at = 0;
    for (int32_t i = 0; i < p->outputs; i++) {
      own[i] = w->tallies[i];
      own[i].bins = counts + at;
      own[i].sum = 0;
      own[i].absent = 0;
      at += (size_t)own[i].bin_count;
    }
    while (!atomic_load(&w->stopped)) {
      uint64_t block = atomic_fetch_add(&w->next, PLAN_LANES);
      if (block >= w->end) break;
      plan_run(p->steps, p->count, slots, p->constants, w->seed, block, w->stratified);
      int32_t lanes = w->end - block < PLAN_LANES ? (int32_t)(w->end - block) : PLAN_LANES;
      for (int32_t i = 0; i < p->outputs; i++) plan_tally_block(&own[i], slots + (int64_t)p->output[i] * PLAN_LANES, lanes);
      uint64_t done = atomic_fetch_add(&w->done, (uint64_t)lanes) + (uint64_t)lanes;
      if (is_main && w->keep_going && !w->keep_going(w->context, done)) atomic_store(&w->stopped, 1);
    }
    pthread_mutex_lock(&w->merging);
    for (int32_t i = 0; i < p->outputs; i++) merge(&w->tallies[i], &own[i]);
    pthread_mutex_unlock(&w->merging);
  }
  free(slots);
  free(own);
  free(counts);
}

static void *aside(void *given) {
  work(given, 0);
  return NULL;
}

int64_t plan_simulate(const plan_program *program, uint64_t seed, uint64_t first, uint64_t end, uint64_t stratified,
                      int32_t threads, plan_tally *tallies, int (*keep_going)(void *, uint64_t), void *context) {
  plan_work w = {.program = program, .seed = seed, .first = first, .end = end, .stratified = stratified,
                 .tallies = tallies, .keep_going = keep_going, .context = context};
  atomic_init(&w.next, first);
  atomic_init(&w.done, 0);
  atomic_init(&w.stopped, 0);
  atomic_init(&w.starved, 0);
  pthread_mutex_init(&w.merging, NULL);
  if (threads > 64) threads = 64;
  pthread_t others[64];
  int started = 0;
  for (int32_t i = 1; i < threads; i++) {
    if (pthread_create(&others[started], NULL, aside, &w) == 0) started++;
  }
  work(&w, 1);
  for (int i = 0; i < started; i++) pthread_join(others[i], NULL);
  pthread_mutex_destroy(&w.merging);
  return atomic_load(&w.starved) ? -1 : (int64_t)atomic_load(&w.done);
}
