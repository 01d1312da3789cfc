/* One uniform a step: the runs hold the item where it is below a' and a''. */
#include "pair.h"

#define GROUPS 4

Sum steps(const Pair *pair, int64_t pairs, Random *random) {
  Sum sum = {};
  Random generator = *random;
  const word lower = allWords(threshold(pair->lowerPresence)), upper = allWords(threshold(pair->upperPresence));
  while (sum.pairs < pairs) {
    Group groups[GROUPS];
    for (int k = 0; k < GROUPS; k++) groups[k] = newGroup();
    for (int step = 0; step < pair->steps; step++) {
      for (int k = 0; k < GROUPS; k++) {
        const word v = draw(&generator);
        appearOnce(&groups[k], isBelow(v, lower), isBelow(v, upper));
      }
    }
    for (int k = 0; k < GROUPS; k++) finish(&sum, &groups[k]);
  }
  return sum;
}
