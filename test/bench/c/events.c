/*
 * From appearance to appearance with a constant gain. Every pair has its own clock; the few that are over before the
 * slowest of their groups wait for it.
 */
#include "gaps.h"

#define GROUPS 2

INLINE Sum walk(const Pair *pair, int64_t pairs, Random *random, enum precision precision) {
  Sum sum = {};
  Random generator = *random;
  const Gaps gaps = gapsOf(pair);
  const integer last = (integer){} + pair->steps;
  const word thinning = allWords(threshold(pair->lowerPresence / pair->upperPresence));
  while (sum.pairs < pairs) {
    Group groups[GROUPS];
    integer step[GROUPS] = {};
    for (int k = 0; k < GROUPS; k++) groups[k] = newGroup();
    for (int isOver = 0; !isOver;) {
      isOver = 1;
      for (int k = 0; k < GROUPS; k++) {
        step[k] += drawGap(&generator, &gaps, precision);
        const mask inUpper = isAtMost(step[k], last);
        appearOnce(&groups[k], inUpper & isBelow(draw(&generator), thinning), inUpper);
        isOver &= !any(inUpper);
      }
    }
    for (int k = 0; k < GROUPS; k++) finish(&sum, &groups[k]);
  }
  return sum;
}

Sum events(const Pair *pair, int64_t pairs, Random *random) { return walk(pair, pairs, random, exact); }

Sum eventsSingle(const Pair *pair, int64_t pairs, Random *random) { return walk(pair, pairs, random, single_precision); }
