/*
 * Vectors of pairs. A vector of 32-bit words has a lane for each pair of a group; a pair's doubles lie in the same
 * order over two vectors of half as many lanes, the halves 0 and 1.
 *
 * GCC's vectors do what they can; AVX-512's masks are worth intrinsics. Elsewhere a mask is a vector of 0 and -1.
 */
#pragma once
#include <stdint.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif
#ifdef __AVX512F__
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
typedef float halfSingle __attribute__((vector_size(WIDTH / 2)));

INLINE real all(double x) { return x - (real){}; }
INLINE single allSingle(float x) { return x - (single){}; }
INLINE word allWords(uint32_t x) { return x - (word){}; }

/* ---- the halves of a vector of words, as doubles ---- */

INLINE halfInteger integersOf(integer x, int half) {
#if defined(__AVX512F__)
  return (halfInteger)(half ? _mm512_extracti64x4_epi64((__m512i)x, 1) : _mm512_castsi512_si256((__m512i)x));
#elif defined(__AVX2__)
  return (halfInteger)(half ? _mm256_extracti128_si256((__m256i)x, 1) : _mm256_castsi256_si128((__m256i)x));
#else
  union { integer whole; halfInteger half[2]; } both = {x};
  return both.half[half];
#endif
}

/* The same, widened; GCC's own conversion takes AVX2 four instructions. */
INLINE whole widened(integer x, int half) {
#if defined(__AVX2__) && !defined(__AVX512F__)
  return (whole)_mm256_cvtepi32_epi64((__m128i)integersOf(x, half));
#else
  return __builtin_convertvector(integersOf(x, half), whole);
#endif
}

/* The words of a half as doubles; only AVX-512 converts unsigned words. */
INLINE real realsOf(word x, int half) {
#ifdef __AVX512F__
  return (real)_mm512_cvtepu32_pd((__m256i)integersOf((integer)x, half));
#else
  return (real)((widened((integer)x, half) & 0xffffffff) | 0x4330000000000000) - 0x1p52;
#endif
}

/* The singles of a half as doubles. */
INLINE real doublesOf(single x, int half) {
  const halfInteger bits = integersOf((integer)x, half);
#if defined(__AVX512F__)
  return (real)_mm512_cvtps_pd((__m256)bits);
#elif defined(__AVX2__)
  return (real)_mm256_cvtps_pd((__m128)bits);
#else
  return __builtin_convertvector((halfSingle)bits, real);
#endif
}

/* ---- tables ---- */

INLINE integer integersAt(const int32_t *table, integer index) {
#if defined(__AVX512F__)
  return (integer)_mm512_i32gather_epi32((__m512i)index, table, 4);
#elif defined(__AVX2__)
  return (integer)_mm256_i32gather_epi32(table, (__m256i)index, 4);
#else
  for (int i = 0; i < LANES; i++) index[i] = table[index[i]];
  return index;
#endif
}

INLINE real realsAt(const double *table, integer index, int half) {
#if defined(__AVX512F__)
  return (real)_mm512_i32gather_pd((__m256i)integersOf(index, half), table, 8);
#elif defined(__AVX2__)
  return (real)_mm256_i32gather_pd(table, (__m128i)integersOf(index, half), 8);
#else
  real result;
  for (int i = 0; i < HALF; i++) result[i] = table[integersOf(index, half)[i]];
  return result;
#endif
}

/* ---- square roots: GCC makes one instruction of each loop ---- */

INLINE real squareRoot(real x) {
  for (int i = 0; i < HALF; i++) x[i] = __builtin_sqrt(x[i]);
  return x;
}

INLINE single squareRootSingle(single x) {
  for (int i = 0; i < LANES; i++) x[i] = __builtin_sqrtf(x[i]);
  return x;
}

INLINE double total(real x) {
  double sum = 0;
  for (int i = 0; i < HALF; i++) sum += x[i];
  return sum;
}

#ifdef __AVX512F__
#include "masks-avx512.h"
#else
#include "masks.h"
#endif
