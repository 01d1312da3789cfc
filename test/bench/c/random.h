/* xoshiro128+ (Blackman and Vigna), a generator of 32-bit words in each lane. */
#pragma once
#include "lanes.h"

typedef struct { word a, b, c, d; } Random;

INLINE word rotated(word x, int bits) { return x << bits | x >> (32 - bits); }

INLINE word draw(Random *random) {
  const Random r = *random;
  random->a = r.a ^ r.b ^ r.d;
  random->b = r.a ^ r.b ^ r.c;
  random->c = r.a ^ r.c ^ r.b << 9;
  random->d = rotated(r.b ^ r.d, 11);
  return r.a + r.d;
}

/* The states of the lanes, from SplitMix64. */
static inline Random seeded(uint64_t x) {
  Random random;
  word *const words[4] = {&random.a, &random.b, &random.c, &random.d};
  for (int k = 0; k < 4; k++) {
    for (int i = 0; i < LANES; i++) {
      uint64_t z = x += 0x9e3779b97f4a7c15u;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
      z = (z ^ z >> 27) * 0x94d049bb133111ebu;
      (*words[k])[i] = (z ^ z >> 31) >> 32;
    }
  }
  return random;
}

/* An independent generator, for the code that keeps several in flight. */
static inline Random split(Random *random) {
  const word seeds = draw(random);
  return seeded((uint64_t)seeds[0] << 32 | seeds[1]);
}

/* The word below which a uniform word falls with probability p. */
INLINE uint32_t threshold(double p) { return p >= 1 ? UINT32_MAX : (uint32_t)(p * 0x1p32); }
