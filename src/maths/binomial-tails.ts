import { binomialPmf } from './binomial.ts';

/**
 * P(K ≤ k) for K ~ Bin(n, p). The smaller tail is the one that is summed, so that both tails keep their relative
 * accuracy: about 1e-15, and 1e-16·√n for large n. O(√n) terms.
 *
 * @param k an integer; below 0 the probability is 0, from n on it is 1
 * @param n trials, an integer ≥ 0
 * @param p probability of one, in [0, 1]
 * @throws {RangeError} outside those ranges
 */
export function binomialCdf(k: number, n: number, p: number): number {
  return k < n * p ? sumDown(k, n, p) : 1 - sumUp(k + 1, n, p);
}

/** P(K > k) for K ~ Bin(n, p), as `binomialCdf`. */
export function binomialSurvival(k: number, n: number, p: number): number {
  return k + 1 > n * p ? sumUp(k + 1, n, p) : 1 - sumDown(k, n, p);
}

/** P(K ≥ k) for k above the mean, by the ratios of consecutive terms. */
function sumUp(k: number, n: number, p: number): number {
  return sumTerms(k, n, p, (count) => ((n - count) / (count + 1)) * (p / (1 - p)), 1);
}

/** P(K ≤ k) for k below the mean. */
function sumDown(k: number, n: number, p: number): number {
  // Divided by p last: 1/p is past the greatest double for the least p, and 0 times that has no value.
  return sumTerms(k, n, p, (count) => ((count / (n - count + 1)) * (1 - p)) / p, -1);
}

function sumTerms(start: number, n: number, p: number, ratio: (count: number) => number, direction: 1 | -1): number {
  const first = binomialPmf(start, n, p);
  if (first === 0) return 0;
  // Relative to the first term, so that the sum cannot underflow before its time.
  let term = 1;
  let sum = 1;
  for (let count = start; term > 1e-18 * sum; count += direction) {
    term *= ratio(count);
    sum += term;
  }
  return first * sum;
}
