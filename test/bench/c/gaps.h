/* Steps from one appearance of the upper run to its next. */
#pragma once
#include "maths.h"
#include "pair.h"

/* 1 + floor(log u / log(1 - a'')), in single precision: it moves a probability by some 1e-7 of itself. */
INLINE integer drawGap(Random *random, float perBit) {
  // 31 bits, since only AVX-512 converts unsigned words.
  const single u = (__builtin_convertvector((integer)(draw(random) >> 1), single) + .5f) * 0x1p-31f;
  return __builtin_convertvector(binaryLogarithm(u) * perBit + 1, integer);
}

static inline float gapPerBit(const Pair *pair) { return 0.6931471805599453 / log1p(-pair->upperPresence); }
