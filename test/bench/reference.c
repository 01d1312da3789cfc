/*
 * The yardstick: coupled pairs by events, in C with vectors as wide as the machine's.
 *
 *   reference <constant|shared|own> <lower> <upper> <batch size> <steps> <sigma> <rho> <pairs> <seed>
 *
 * c = 1, s0 = 1. Prints one line of JSON: CPU nanoseconds, pairs, the means of sqrt(s') and sqrt(s'') and their
 * standard errors, and the number of appearances after which the order was reversed.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
#define WIDTH 64
#elif defined(__AVX__)
#define WIDTH 32
#else
#define WIDTH 16
#endif
#define LANES (WIDTH / 8)
#define GROUPS 8
#define BUCKETS 4096
#define INLINE static inline __attribute__((always_inline))

typedef double real __attribute__((vector_size(WIDTH)));
typedef int64_t whole __attribute__((vector_size(WIDTH)));
typedef uint64_t bits __attribute__((vector_size(WIDTH)));

enum kind { constant, shared, own };

INLINE real all(double x) { return x - (real){}; }

INLINE whole keep(real x, whole mask) { return (whole)x & mask; }

INLINE int any(whole mask) {
  int64_t joined = 0;
  for (int i = 0; i < LANES; i++) joined |= mask[i];
  return joined != 0;
}

/* xoshiro256+, a generator in each lane. */
static bits state[4];

INLINE bits draw(void) {
  const bits result = state[0] + state[3], t = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= t;
  state[3] = state[3] << 45 | state[3] >> 19;
  return result;
}

static double uniform(void) { return ((draw()[0] >> 11) + .5) * 0x1p-53; }

static void seed(uint64_t x) {
  for (int word = 0; word < 4; word++) {
    for (int i = 0; i < LANES; i++) {
      uint64_t z = x += 0x9e3779b97f4a7c15u;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
      z = (z ^ z >> 27) * 0x94d049bb133111ebu;
      state[word][i] = z ^ z >> 31;
    }
  }
}

/* ---- elementary functions, good to 1e-15 or so where they are used ---- */

/* To the nearest integer, for |x| < 2^51. */
INLINE real nearest(real x) { return (x + 0x1.8p52) - 0x1.8p52; }

INLINE real exponential(real x) {
  const real n = nearest(x * 1.4426950408889634), r = x - n * 0.6931471805599453;
  real p = all(1. / 39916800);
  const double k[] = {1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, .5, 1, 1};
  for (int i = 0; i < 11; i++) p = p * r + k[i];
  return (real)((whole)p + ((whole)(n + 0x1.8p52) << 52));
}

/* Through atanh of (m - 1) / (m + 1), m in [sqrt(1/2), sqrt(2)). */
INLINE real logarithm(real u) {
  const whole shifted = (whole)u - 0x3fe6a09e667f3bcd, e = (shifted >> 52) + 0x3ff;
  const real exponent = (real)(e | 0x4330000000000000) - (0x1p52 + 1023);
  const real m = (real)((whole)u - (shifted & (int64_t)0xfff0000000000000)), s = (m - 1) / (m + 1), z = s * s;
  real p = all(2. / 17);
  for (int i = 15; i >= 1; i -= 2) p = p * z + 2. / i;
  return exponent * 0.6931471805599453 + s * p;
}

/* Sine and cosine of u turns, |u| <= 1. */
INLINE void circle(real u, real *sine, real *cosine) {
  const real q = u * 4 + 0x1.8p52, a = (u - (q - 0x1.8p52) * .25) * 6.283185307179586, z = a * a;
  const double ks[] = {-1. / 39916800, 1. / 362880, -1. / 5040, 1. / 120, -1. / 6, 1};
  const double kc[] = {-1. / 3628800, 1. / 40320, -1. / 720, 1. / 24, -.5, 1};
  real s = all(1. / 6227020800.), c = all(1. / 479001600);
  for (int i = 0; i < 6; i++) s = s * z + ks[i], c = c * z + kc[i];
  s *= a;
  const whole n = (whole)q, odd = -(n & 1), swap = ((whole)s ^ (whole)c) & odd;
  *sine = (real)((whole)s ^ swap ^ (n & 2) << 62);
  *cosine = (real)((whole)c ^ swap ^ (n + 1 & 2) << 62);
}

/* Two vectors of normals (Box and Muller) from one draw, 32 bits to each uniform. */
INLINE void normals(real *first, real *second) {
  const bits r = draw();
  const real u = ((real)(r >> 32 | 0x4330000000000000) - 0x1p52 + .5) * 0x1p-32;
  const real turn = ((real)((r & 0xffffffff) | 0x4330000000000000) - 0x1p52) * 0x1p-32;
  const real square = -2 * logarithm(u);
  real radius, sine, cosine;
  for (int i = 0; i < LANES; i++) radius[i] = __builtin_sqrt(square[i]);
  circle(turn, &sine, &cosine);
  *first = radius * cosine;
  *second = radius * sine;
}

/* ---- the process ---- */

typedef struct {
  double lower, upper; /* presence in a step, a' and a'' */
  int64_t steps;
  double sigma, rho;
} Pair;

/* Gap of each bucket of the top 12 bits of a draw; 0 where the bucket holds several. */
static int32_t gaps[BUCKETS];
static double *power, *width;

static int64_t gapOf(double u, const Pair *p) {
  const double gap = 1 + floor(log(u) / log1p(-p->upper));
  return gap > p->steps ? p->steps + 1 : (int64_t)gap;
}

static void prepare(const Pair *p) {
  for (int i = 0; i < BUCKETS; i++) {
    const int64_t from = gapOf((i + 0x1p-40) / BUCKETS, p), to = gapOf((i + 1 - 0x1p-40) / BUCKETS, p);
    gaps[i] = from == to ? from : 0;
  }
  power = malloc((p->steps + 2) * sizeof *power);
  width = malloc((p->steps + 2) * sizeof *width);
  for (int64_t gap = 0; gap <= p->steps + 1; gap++) {
    power[gap] = pow(p->rho, gap);
    width[gap] = sqrt(1 - power[gap] * power[gap]);
  }
}

static struct { double lower, upper, lowerSquare, upperSquare; int64_t pairs, violations; } sum;

typedef struct { real lower, upper, x, y; whole step, violations; } Group;

static double oneNormal(void) { return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform()); }

/* Puts a new pair into a lane; past the end of the queue, one that nobody waits for. */
INLINE void start(Group *g, int i, int64_t *queued, int isRandom) {
  g->lower[i] = g->upper[i] = 1;
  g->step[i] = g->violations[i] = 0;
  if (isRandom) g->x[i] = oneNormal(), g->y[i] = oneNormal();
  if (*queued == 0) g->step[i] = INT64_MIN / 2; else *queued -= 1;
}

INLINE void finish(const Group *g, int i) {
  const double lower = sqrt(g->lower[i]), upper = sqrt(g->upper[i]);
  sum.lower += lower, sum.lowerSquare += lower * lower;
  sum.upper += upper, sum.upperSquare += upper * upper;
  sum.violations += g->violations[i];
  sum.pairs += 1;
}

/* Every lane has its own clock and takes the next pair when its own is over: no lane waits for the slowest. */
INLINE void events(const Pair *p, int64_t pairs, enum kind kind) {
  static Group groups[GROUPS];
  const int64_t thinning = p->lower / p->upper * 0x1p52;
  const double shift = -p->sigma * p->sigma / 2;
  int64_t queued = pairs;
  for (int k = 0; k < GROUPS; k++)
    for (int i = 0; i < LANES; i++) start(&groups[k], i, &queued, kind);
  const int64_t target = sum.pairs + pairs;
  while (sum.pairs < target) {
    bits random[GROUPS];
    whole gap[GROUPS], ambiguous = {}, over = {};
    real zx[GROUPS], zy[GROUPS];
    for (int k = 0; k < GROUPS; k++) {
      random[k] = draw();
      const bits bucket = random[k] >> 52;
      for (int i = 0; i < LANES; i++) gap[k][i] = gaps[bucket[i]];
      ambiguous |= gap[k] == 0;
    }
    if (__builtin_expect(any(ambiguous), 0)) {
      for (int k = 0; k < GROUPS; k++)
        for (int i = 0; i < LANES; i++)
          if (gap[k][i] == 0) gap[k][i] = gapOf(((random[k][i] >> 52) + uniform()) / BUCKETS, p);
    }
    if (kind == shared) for (int k = 0; k < GROUPS; k += 2) normals(&zx[k], &zx[k + 1]);
    if (kind == own) for (int k = 0; k < GROUPS; k++) normals(&zx[k], &zy[k]);
    for (int k = 0; k < GROUPS; k++) {
      Group *g = &groups[k];
      g->step += gap[k];
      const whole alive = g->step <= p->steps, both = alive & ((whole)(random[k] & 0xfffffffffffff) < thinning);
      real lowerGain = all(1), upperGain = lowerGain;
      if (kind != constant) {
        real rho, spread;
        for (int i = 0; i < LANES; i++) rho[i] = power[gap[k][i]], spread[i] = width[gap[k][i]];
        g->x = rho * g->x + spread * zx[k];
        upperGain = lowerGain = exponential(p->sigma * g->x + shift);
        if (kind == own) {
          g->y = rho * g->y + spread * zy[k];
          upperGain = exponential(p->sigma * g->y + shift);
        }
      }
      g->upper += (real)keep(upperGain / g->upper, alive);
      g->lower += (real)keep(lowerGain / g->lower, both);
      g->violations -= (g->upper < g->lower) & alive;
      over |= ~alive;
    }
    if (any(over)) {
      for (int k = 0; k < GROUPS; k++)
        for (int i = 0; i < LANES; i++)
          if (groups[k].step[i] > p->steps) finish(&groups[k], i), start(&groups[k], i, &queued, kind);
    }
  }
}

/* One draw a step, for the constant gain of an item that is there more often than not. */
static void steps(const Pair *p, int64_t pairs) {
  const int64_t lower = p->lower * 0x1p53, upper = p->upper * 0x1p53;
  for (int64_t done = 0; done < pairs; done += GROUPS * LANES) {
    Group groups[GROUPS];
    for (int k = 0; k < GROUPS; k++) groups[k] = (Group){.lower = all(1), .upper = all(1)};
    for (int64_t step = 0; step < p->steps; step++) {
      for (int k = 0; k < GROUPS; k++) {
        Group *g = &groups[k];
        const whole u = (whole)(draw() >> 11), isUpper = u < upper;
        g->upper += (real)keep(1 / g->upper, isUpper);
        g->lower += (real)keep(1 / g->lower, u < lower);
        g->violations -= (g->upper < g->lower) & isUpper;
      }
    }
    for (int k = 0; k < GROUPS; k++)
      for (int i = 0; i < LANES; i++) finish(&groups[k], i);
  }
}

static void run(const char *name, const Pair *p, int64_t pairs) {
  if (!strcmp(name, "constant") && p->upper > .5) steps(p, pairs);
  else if (!strcmp(name, "constant")) events(p, pairs, constant);
  else if (!strcmp(name, "shared")) events(p, pairs, shared);
  else if (!strcmp(name, "own")) events(p, pairs, own);
  else exit(2);
}

int main(int count, char **words) {
  if (count != 10) return 2;
  const double batch = atof(words[4]);
  const Pair pair = {-expm1(batch * log1p(-atof(words[2]))), -expm1(batch * log1p(-atof(words[3]))), atoll(words[5]),
                     atof(words[6]), atof(words[7])};
  const int64_t pairs = atof(words[8]);
  struct timespec from, to;
  seed(atoll(words[9]));
  run(words[1], &pair, 0);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  prepare(&pair);
  run(words[1], &pair, pairs);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  const double n = sum.pairs, lower = sum.lower / n, upper = sum.upper / n;
  printf("{\"nanoseconds\":%.0f,\"pairs\":%.0f,\"lower\":%.9g,\"upper\":%.9g,\"lowerError\":%.3g,\"upperError\":%.3g,"
         "\"violations\":%lld}\n",
         (to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec), n, lower, upper,
         sqrt((sum.lowerSquare / n - lower * lower) / n), sqrt((sum.upperSquare / n - upper * upper) / n),
         (long long)sum.violations);
}
