/*
 * From appearance to appearance with log-normal gains exp(sigma x - sigma^2 / 2), x of an AR(1) with 0 < rho < 1: over
 * a gap of g steps x becomes rho^g x + sqrt(1 - rho^2g) z. `shared` has one path for both runs, `own` a path for each.
 */
#include <math.h>
#include <stdlib.h>
#include "gaps.h"

typedef struct { real power[2], width[2]; } Jump;

/* rho^g and sqrt(1 - rho^2g) for every gap g. */
typedef struct { double *power, *width; float logRho; word longest; } Jumps;

static Jumps jumpsOf(const Pair *pair) {
  Jumps jumps = {malloc((pair->steps + 2) * sizeof(double)), malloc((pair->steps + 2) * sizeof(double)), log2(pair->rho)};
  for (int gap = 0; gap <= pair->steps + 1; gap++) {
    jumps.power[gap] = pow(pair->rho, gap);
    jumps.width[gap] = sqrt(1 - jumps.power[gap] * jumps.power[gap]);
  }
  // A path has forgotten everything long before rho^g leaves the range of a single.
  jumps.longest = allWords(fmin(-100 / jumps.logRho, INT32_MAX));
  return jumps;
}

INLINE Jump tableJump(const Jumps *jumps, integer gap) {
  return (Jump){{realsAt(jumps->power, gap, 0), realsAt(jumps->power, gap, 1)},
                {realsAt(jumps->width, gap, 0), realsAt(jumps->width, gap, 1)}};
}

/* In single precision, which costs less than a table and leaves x its variance to 1e-7. */
INLINE Jump singleJump(const Jumps *jumps, integer gap) {
  const integer counted = (integer)smaller((word)gap, jumps->longest);
  const single power = binaryPower(__builtin_convertvector(counted, single) * jumps->logRho);
  const single width = squareRootSingle(1 - power * power);
  return (Jump){{doublesOf(power, 0), doublesOf(power, 1)}, {doublesOf(width, 0), doublesOf(width, 1)}};
}

INLINE Sum autoregressive(const Pair *pair, int64_t pairs, Random *random, int paths, enum precision precision) {
  Sum sum = {};
  Random generator = *random;
  const Gaps gaps = gapsOf(pair);
  const Jumps jumps = jumpsOf(pair);
  const integer last = (integer){} + pair->steps;
  const word thinning = allWords(threshold(pair->lowerPresence / pair->upperPresence));
  const double shift = -pair->sigma * pair->sigma / 2;
  while (sum.pairs < pairs) {
    Group group = newGroup();
    integer step = {};
    real x[2][2];
    for (int path = 0; path < paths; path++) normals(&generator, x[path]);
    for (;;) {
      const integer gap = drawGap(&generator, &gaps, precision);
      step += gap;
      const mask inUpper = isAtMost(step, last);
      if (!any(inUpper)) break;
      const Jump jump = precision == exact ? tableJump(&jumps, gap) : singleJump(&jumps, gap);
      real gain[2][2];
      for (int path = 0; path < paths; path++) {
        real z[2];
        normals(&generator, z);
        for (int half = 0; half < 2; half++) {
          x[path][half] = jump.power[half] * x[path][half] + jump.width[half] * z[half];
          gain[path][half] = exponential(pair->sigma * x[path][half] + shift);
        }
      }
      appear(&group, inUpper & isBelow(draw(&generator), thinning), inUpper, gain[0], gain[paths - 1]);
    }
    finish(&sum, &group);
  }
  free(jumps.power);
  free(jumps.width);
  return sum;
}

Sum shared(const Pair *pair, int64_t pairs, Random *random) { return autoregressive(pair, pairs, random, 1, exact); }

Sum own(const Pair *pair, int64_t pairs, Random *random) { return autoregressive(pair, pairs, random, 2, exact); }

Sum sharedSingle(const Pair *pair, int64_t pairs, Random *random) {
  return autoregressive(pair, pairs, random, 1, single_precision);
}

Sum ownSingle(const Pair *pair, int64_t pairs, Random *random) {
  return autoregressive(pair, pairs, random, 2, single_precision);
}
