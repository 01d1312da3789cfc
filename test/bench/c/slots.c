/* The literal definition: a uniform for every slot; the runs hold the item where the least of a batch is below p. */
#include "pair.h"

/* As many generators as there are registers for. */
#define GROUPS (WIDTH == 64 ? 4 : 2)

Sum slots(const Pair *pair, int64_t pairs, Random *random) {
  Sum sum = {};
  const word lower = allWords(threshold(pair->lowerPopularity)), upper = allWords(threshold(pair->upperPopularity));
  Random generators[GROUPS];
  for (int k = 0; k < GROUPS; k++) generators[k] = split(random);
  while (sum.pairs < pairs) {
    Group groups[GROUPS];
    for (int k = 0; k < GROUPS; k++) groups[k] = newGroup();
    for (int step = 0; step < pair->steps; step++) {
      word least[GROUPS];
      for (int k = 0; k < GROUPS; k++) least[k] = allWords(UINT32_MAX);
      for (int slot = 0; slot < pair->batchSize; slot++)
        for (int k = 0; k < GROUPS; k++) least[k] = smaller(least[k], draw(&generators[k]));
      for (int k = 0; k < GROUPS; k++) appearOnce(&groups[k], isBelow(least[k], lower), isBelow(least[k], upper));
    }
    for (int k = 0; k < GROUPS; k++) finish(&sum, &groups[k]);
  }
  return sum;
}
