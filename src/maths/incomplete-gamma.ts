import { deviance } from './deviance.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * Probability that a chi-square draw exceeds x: the p-value of a goodness-of-fit statistic. Relative error about 1e-15,
 * and some 1e-16·|log P| far in the tail.
 *
 * @param x the statistic, ≥ 0
 * @param degrees of freedom, an integer ≥ 1
 * @throws {RangeError} outside those ranges
 */
export function chiSquareSurvival(x: number, degrees: number): number {
  if (!(x >= 0)) throw new RangeError(`chiSquareSurvival: x must be ≥ 0, got ${x}`);
  if (!Number.isSafeInteger(degrees) || degrees < 1) {
    throw new RangeError(`chiSquareSurvival: degrees must be an integer ≥ 1, got ${degrees}`);
  }
  return upperIncompleteGamma(degrees / 2, x / 2);
}

/** Q(a, x) = Γ(a, x)/Γ(a), a a positive multiple of ½. */
function upperIncompleteGamma(a: number, x: number): number {
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - kernel(a, x) * series(a, x) : kernel(a, x) * a * continuedFraction(a, x);
}

/** xᵃe⁻ˣ/Γ(a + 1), by the saddle point. */
function kernel(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x, a - x)) / Math.sqrt(2 * Math.PI * a);
}

/** 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + … */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-18 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Γ(a, x)/(xᵃe⁻ˣ) = 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), by the modified Lentz method. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; ; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2e-16) return fraction;
  }
}
