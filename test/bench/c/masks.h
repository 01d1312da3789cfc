/* What masks-avx512.h does, where a mask is a vector of 0 and -1. Included by lanes.h. */
#pragma once

typedef integer mask;
typedef whole tally;

INLINE mask isBelow(word x, word limit) { return x < limit; }
INLINE mask isAtMost(integer x, integer limit) { return x <= limit; }

INLINE word smaller(word x, word y) {
#ifdef __AVX2__
  return (word)_mm256_min_epu32((__m256i)x, (__m256i)y);
#else
  const word isLess = (word)(x < y);
  return (x & isLess) | (y & ~isLess);
#endif
}

INLINE int any(mask m) {
#ifdef __AVX2__
  return _mm256_movemask_epi8((__m256i)m) != 0;
#else
  int32_t joined = 0;
  for (int i = 0; i < LANES; i++) joined |= m[i];
  return joined != 0;
#endif
}

INLINE real addWhere(mask m, int half, real x, real y) { return x + (real)((whole)y & widened(m, half)); }

INLINE tally tallyBelow(tally n, mask m, const real x[2], const real y[2]) {
  return n - ((x[0] < y[0]) & widened(m, 0)) - ((x[1] < y[1]) & widened(m, 1));
}

INLINE int64_t counted(tally n) {
  int64_t sum = 0;
  for (int i = 0; i < HALF; i++) sum += n[i];
  return sum;
}
