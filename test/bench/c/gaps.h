/* Steps from one appearance of the upper run to its next, 1 + floor(log u / log(1 - a'')). */
#pragma once
#include <math.h>
#include "maths.h"
#include "pair.h"

#define BUCKETS 4096

/* How gaps are got: from a table, as exactly as 32 bits decide them; or in single precision, a probability off by 1e-7. */
enum precision { exact, single_precision };

typedef struct {
  double perLog;
  float perBit;
  int32_t longest;
  /* The gap of each value of a draw's top 12 bits, 0 where they leave it open. */
  int32_t table[BUCKETS];
} Gaps;

static inline int32_t gapOf(const Gaps *gaps, double u) {
  const double gap = 1 + floor(log(u) * gaps->perLog);
  return gap > gaps->longest ? gaps->longest : (int32_t)gap;
}

static inline Gaps gapsOf(const Pair *pair) {
  Gaps gaps = {.perLog = 1 / log1p(-pair->upperPresence), .longest = pair->steps + 1};
  gaps.perBit = M_LN2 * gaps.perLog;
  for (int bucket = 0; bucket < BUCKETS; bucket++) {
    const int32_t first = gapOf(&gaps, (bucket + 0x1p-21) / BUCKETS), last = gapOf(&gaps, (bucket + 1 - 0x1p-21) / BUCKETS);
    gaps.table[bucket] = first == last ? first : 0;
  }
  return gaps;
}

INLINE integer tableGap(Random *random, const Gaps *gaps) {
  const word bits = draw(random);
  integer gap = integersAt(gaps->table, (integer)(bits >> 20));
  const mask isOpen = isAtMost(gap, (integer){});
  if (__builtin_expect(any(isOpen), 0)) {
    for (int i = 0; i < LANES; i++)
      if (gap[i] == 0) gap[i] = gapOf(gaps, (bits[i] + .5) * 0x1p-32);
  }
  return gap;
}

INLINE integer singleGap(Random *random, const Gaps *gaps) {
  // 31 bits, since only AVX-512 converts unsigned words.
  const single u = (__builtin_convertvector((integer)(draw(random) >> 1), single) + .5f) * 0x1p-31f;
  return __builtin_convertvector(binaryLogarithm(u) * gaps->perBit + 1, integer);
}

INLINE integer drawGap(Random *random, const Gaps *gaps, enum precision precision) {
  return precision == exact ? tableGap(random, gaps) : singleGap(random, gaps);
}
