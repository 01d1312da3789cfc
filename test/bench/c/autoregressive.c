/*
 * From appearance to appearance with log-normal gains exp(sigma x - sigma^2 / 2), x of an AR(1): over a gap of g steps
 * x becomes rho^g x + sqrt(1 - rho^2g) z. `shared` has one path for both runs, `own` a path for each.
 */
#include <math.h>
#include <stdlib.h>
#include "gaps.h"

#define GROUPS 2

/* rho^g and sqrt(1 - rho^2g), for every gap that ends within the training. */
typedef struct { double *power, *width; } Jumps;

static Jumps jumpsOf(const Pair *pair) {
  const int gaps = pair->steps + 2;
  const Jumps jumps = {malloc(gaps * sizeof(double)), malloc(gaps * sizeof(double))};
  for (int gap = 0; gap < gaps; gap++) {
    jumps.power[gap] = pow(pair->rho, gap);
    jumps.width[gap] = sqrt(1 - jumps.power[gap] * jumps.power[gap]);
  }
  return jumps;
}

INLINE Sum autoregressive(const Pair *pair, int64_t pairs, Random *random, int paths) {
  Sum sum = {};
  Random generator = *random;
  const float perBit = gapPerBit(pair);
  const integer last = (integer){} + pair->steps;
  const word thinning = allWords(threshold(pair->lowerPresence / pair->upperPresence));
  const double shift = -pair->sigma * pair->sigma / 2;
  const Jumps jumps = jumpsOf(pair);
  while (sum.pairs < pairs) {
    Group groups[GROUPS];
    integer step[GROUPS] = {};
    real x[GROUPS][2][2];
    for (int k = 0; k < GROUPS; k++) {
      groups[k] = newGroup();
      for (int path = 0; path < paths; path++) normals(&generator, x[k][path]);
    }
    for (int isOver = 0; !isOver;) {
      isOver = 1;
      for (int k = 0; k < GROUPS; k++) {
        integer gap = drawGap(&generator, perBit);
        step[k] += gap;
        const mask inUpper = isAtMost(step[k], last);
        gap = (integer)smaller((word)gap, (word)last);
        real gain[2][2];
        for (int path = 0; path < paths; path++) {
          real z[2];
          normals(&generator, z);
          for (int half = 0; half < 2; half++) {
            real *const here = &x[k][path][half];
            *here = lookUp(jumps.power, gap, half) * *here + lookUp(jumps.width, gap, half) * z[half];
            gain[path][half] = exponential(pair->sigma * *here + shift);
          }
        }
        appear(&groups[k], inUpper & isBelow(draw(&generator), thinning), inUpper, gain[0], gain[paths - 1]);
        isOver &= !any(inUpper);
      }
    }
    for (int k = 0; k < GROUPS; k++) finish(&sum, &groups[k]);
  }
  free(jumps.power);
  free(jumps.width);
  return sum;
}

Sum shared(const Pair *pair, int64_t pairs, Random *random) { return autoregressive(pair, pairs, random, 1); }

Sum own(const Pair *pair, int64_t pairs, Random *random) { return autoregressive(pair, pairs, random, 2); }
