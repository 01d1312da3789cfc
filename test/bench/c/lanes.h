/*
 * Vectors of pairs. A vector of 32-bit words has a lane for each pair of a group; a pair's doubles lie in the same
 * order over two vectors of half as many lanes, the halves 0 and 1.
 *
 * GCC's vectors do what they can; AVX-512's masks are worth intrinsics. Elsewhere a mask is a vector of 0 and -1.
 */
#pragma once
#include <stdint.h>

#ifdef __AVX512F__
#include <immintrin.h>
#define WIDTH 64
#elif defined(__AVX2__)
#define WIDTH 32
#else
#define WIDTH 16
#endif
#define HALF (WIDTH / 8)
#define LANES (2 * HALF)
#define INLINE static inline __attribute__((always_inline))

typedef double real __attribute__((vector_size(WIDTH)));
typedef int64_t whole __attribute__((vector_size(WIDTH)));
typedef float single __attribute__((vector_size(WIDTH)));
typedef uint32_t word __attribute__((vector_size(WIDTH)));
typedef int32_t integer __attribute__((vector_size(WIDTH)));
typedef int32_t halfInteger __attribute__((vector_size(WIDTH / 2)));
typedef uint32_t halfWord __attribute__((vector_size(WIDTH / 2)));

INLINE real all(double x) { return x - (real){}; }
INLINE single allSingle(float x) { return x - (single){}; }
INLINE word allWords(uint32_t x) { return x - (word){}; }

/* ---- the halves of a vector of words, as doubles and as indices ---- */

INLINE halfInteger integersOf(integer x, int half) {
  union { integer whole; halfInteger half[2]; } both = {x};
  return both.half[half];
}

/* The words of a half as integers in doubles, without the conversion of unsigned words that only AVX-512 has. */
INLINE real realsOf(word x, int half) {
  union { word whole; halfWord half[2]; } both = {x};
#ifdef __AVX512F__
  return (real)_mm512_cvtepu32_pd((__m256i)both.half[half]);
#else
  const whole bits = __builtin_convertvector(both.half[half], whole);
  return (real)(bits | 0x4330000000000000) - 0x1p52;
#endif
}

/* table[index] for a half of the indices. */
INLINE real lookUp(const double *table, integer index, int half) {
  const halfInteger at = integersOf(index, half);
#ifdef __AVX512F__
  return (real)_mm512_i32gather_pd((__m256i)at, table, 8);
#else
  real found;
  for (int i = 0; i < HALF; i++) found[i] = table[at[i]];
  return found;
#endif
}

INLINE real squareRoot(real x) {
#ifdef __AVX512F__
  return (real)_mm512_sqrt_pd((__m512d)x);
#else
  real root;
  for (int i = 0; i < HALF; i++) root[i] = __builtin_sqrt(x[i]);
  return root;
#endif
}

INLINE double total(real x) {
  double sum = 0;
  for (int i = 0; i < HALF; i++) sum += x[i];
  return sum;
}

/* ---- masks over the pairs of a group, and a tally of pairs that were in one ---- */

#ifdef __AVX512F__

typedef __mmask16 mask;
typedef int64_t tally;

INLINE mask isBelow(word x, word limit) { return _mm512_cmplt_epu32_mask((__m512i)x, (__m512i)limit); }
INLINE mask isAtMost(integer x, integer limit) { return _mm512_cmple_epi32_mask((__m512i)x, (__m512i)limit); }
INLINE word smaller(word x, word y) { return (word)_mm512_min_epu32((__m512i)x, (__m512i)y); }
INLINE int any(mask m) { return m != 0; }
INLINE real addWhere(mask m, int half, real x, real y) {
  return (real)_mm512_mask_add_pd((__m512d)x, m >> 8 * half, (__m512d)x, (__m512d)y);
}
INLINE tally tallyBelow(tally n, mask m, const real x[2], const real limit[2]) {
  const __mmask8 first = _mm512_cmp_pd_mask((__m512d)x[0], (__m512d)limit[0], _CMP_LT_OQ);
  const __mmask8 second = _mm512_cmp_pd_mask((__m512d)x[1], (__m512d)limit[1], _CMP_LT_OQ);
  return n + __builtin_popcount((first | second << 8) & m);
}
INLINE int64_t counted(tally n) { return n; }

#else

typedef integer mask;
typedef whole tally;

INLINE mask isBelow(word x, word limit) { return x < limit; }
INLINE mask isAtMost(integer x, integer limit) { return x <= limit; }
INLINE word smaller(word x, word y) {
  const word isLess = (word)(x < y);
  return (x & isLess) | (y & ~isLess);
}
INLINE int any(mask m) {
  int32_t joined = 0;
  for (int i = 0; i < LANES; i++) joined |= m[i];
  return joined != 0;
}
INLINE whole halfOf(mask m, int half) { return __builtin_convertvector(integersOf(m, half), whole); }
INLINE real addWhere(mask m, int half, real x, real y) { return x + (real)((whole)y & halfOf(m, half)); }
INLINE tally tallyBelow(tally n, mask m, const real x[2], const real limit[2]) {
  return n - ((x[0] < limit[0]) & halfOf(m, 0)) - ((x[1] < limit[1]) & halfOf(m, 1));
}
INLINE int64_t counted(tally n) {
  int64_t sum = 0;
  for (int i = 0; i < HALF; i++) sum += n[i];
  return sum;
}

#endif
