/* Elementary functions of a vector: of doubles, good to 1e-15 or so where they are used; of singles, to 1e-7. */
#pragma once
#include "random.h"

/* To the nearest integer, for |x| < 2^51. */
INLINE real nearest(real x) { return (x + 0x1.8p52) - 0x1.8p52; }

INLINE real exponential(real x) {
  const real n = nearest(x * 1.4426950408889634), r = x - n * 0.6931471805599453;
  real p = all(1. / 39916800);
  const double k[] = {1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, .5, 1, 1};
  for (int i = 0; i < 11; i++) p = p * r + k[i];
  return (real)((whole)p + ((whole)(n + 0x1.8p52) << 52));
}

/* Through atanh of (m - 1) / (m + 1), m in [sqrt(1/2), sqrt(2)). */
INLINE real logarithm(real u) {
  const whole shifted = (whole)u - 0x3fe6a09e667f3bcd, e = (shifted >> 52) + 0x3ff;
  const real exponent = (real)(e | 0x4330000000000000) - (0x1p52 + 1023);
  const real m = (real)((whole)u - (shifted & (int64_t)0xfff0000000000000)), s = (m - 1) / (m + 1), z = s * s;
  real p = all(2. / 17);
  for (int i = 15; i >= 1; i -= 2) p = p * z + 2. / i;
  return exponent * 0.6931471805599453 + s * p;
}

/* Sine and cosine of u turns, |u| <= 1. */
INLINE void circle(real u, real *sine, real *cosine) {
  const real q = u * 4 + 0x1.8p52, a = (u - (q - 0x1.8p52) * .25) * 6.283185307179586, z = a * a;
  const double ks[] = {-1. / 39916800, 1. / 362880, -1. / 5040, 1. / 120, -1. / 6, 1};
  const double kc[] = {-1. / 3628800, 1. / 40320, -1. / 720, 1. / 24, -.5, 1};
  real s = all(1. / 6227020800.), c = all(1. / 479001600);
  for (int i = 0; i < 6; i++) s = s * z + ks[i], c = c * z + kc[i];
  s *= a;
  const whole n = (whole)q, odd = -(n & 1), swap = ((whole)s ^ (whole)c) & odd;
  *sine = (real)((whole)s ^ swap ^ (n & 2) << 62);
  *cosine = (real)((whole)c ^ swap ^ ((n + 1) & 2) << 62);
}

/* A normal for each pair of a group (Box and Muller): half of the words for the radius, half for the angle. */
INLINE void normals(Random *random, real z[2]) {
  const word bits = draw(random);
  const real radius = squareRoot(-2 * logarithm((realsOf(bits, 0) + .5) * 0x1p-32));
  real sine, cosine;
  circle(realsOf(bits, 1) * 0x1p-32, &sine, &cosine);
  z[0] = radius * cosine;
  z[1] = radius * sine;
}

/* The binary logarithm and power of singles. They take a polynomial only: no table, no division. */
INLINE single binaryLogarithm(single u) {
  const integer shifted = (integer)u - 0x3f3504f3, e = shifted >> 23;
  const single exponent = __builtin_convertvector(e, single);
  const single t = (single)((integer)u - (e << 23)) - 1;
  const float k[] = {-.207421035f, .215669859f, -.23892034f, .287918324f,
                     -.360704828f, .48091061f, -.721347333f, 1.442695f};
  single p = allSingle(.126148466f);
  for (int i = 0; i < 8; i++) p = p * t + k[i];
  return exponent + t * p;
}

INLINE single binaryPower(single x) {
  const single n = (x + 0x1.8p23f) - 0x1.8p23f, r = x - n;
  const float k[] = {.00133335581f, .00961812911f, .0555041087f, .240226507f, .693147181f, 1};
  single p = allSingle(.000154035304f);
  for (int i = 0; i < 6; i++) p = p * r + k[i];
  return (single)((integer)p + (__builtin_convertvector(n, integer) << 23));
}
