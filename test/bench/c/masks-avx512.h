/* Masks over the pairs of a group, a bit for each, and a tally of the pairs that were in one. Included by lanes.h. */
#pragma once

typedef __mmask16 mask;
typedef int64_t tally;

INLINE mask isBelow(word x, word limit) { return _mm512_cmplt_epu32_mask((__m512i)x, (__m512i)limit); }
INLINE mask isAtMost(integer x, integer limit) { return _mm512_cmple_epi32_mask((__m512i)x, (__m512i)limit); }
INLINE word smaller(word x, word y) { return (word)_mm512_min_epu32((__m512i)x, (__m512i)y); }
INLINE int any(mask m) { return m != 0; }

INLINE real addWhere(mask m, int half, real x, real y) {
  return (real)_mm512_mask_add_pd((__m512d)x, m >> HALF * half, (__m512d)x, (__m512d)y);
}

/* Tallies the pairs of the mask where x < y. */
INLINE tally tallyBelow(tally n, mask m, const real x[2], const real y[2]) {
  const __mmask8 first = _mm512_cmp_pd_mask((__m512d)x[0], (__m512d)y[0], _CMP_LT_OQ);
  const __mmask8 second = _mm512_cmp_pd_mask((__m512d)x[1], (__m512d)y[1], _CMP_LT_OQ);
  return n + __builtin_popcount((first | second << HALF) & m);
}

INLINE int64_t counted(tally n) { return n; }
