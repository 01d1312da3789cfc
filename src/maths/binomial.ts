import { deviance } from './deviance.ts';
import { productError } from './exact-product.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * P(K = k) for K ~ Bin(n, p), by Loader's saddle-point expansion. p = 0 and p = 1 are exact.
 *
 * The relative error is about 1e-15 near the mode, for n up to 1e9 and beyond, and grows with the exponent: some
 * 3e-16·|log P| in the tails. Outside 0 … n the probability is 0.
 *
 * @param k an integer
 * @param n trials, an integer ≥ 0
 * @param p probability of one, in [0, 1]
 * @throws {RangeError} outside those ranges
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function binomialPmf(k: number, n: number, p: number): number {
  requireBinomial('binomialPmf', k, n, p);
  // 1 − p is exact for p ≥ ½.
  return p > 0.5 ? pmf(n - k, n, 1 - p) : pmf(k, n, p);
}

/** log P(K = k) for K ~ Bin(n, p); −∞ where the probability is 0, but finite where it merely underflows. */
export function logBinomialPmf(k: number, n: number, p: number): number {
  requireBinomial('logBinomialPmf', k, n, p);
  return p > 0.5 ? logPmf(n - k, n, 1 - p) : logPmf(k, n, p);
}

function pmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (n * p <= 1) return rarePmf(k, n, p);
  if (k === 0 || k === n) return Math.exp(logPmf(k, n, p));
  return Math.sqrt(n / k / (n - k) / (2 * Math.PI)) * Math.exp(saddlePointExponent(k, n, p));
}

function logPmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return -Infinity;
  if (k === 0) return n * Math.log1p(-p);
  if (p === 0) return -Infinity;
  if (k === n) return n * Math.log(p);
  return saddlePointExponent(k, n, p) + 0.5 * Math.log(n / k / (n - k) / (2 * Math.PI));
}

/** The definition, factor by factor: exact to k roundings where less than one success is expected. */
function rarePmf(k: number, n: number, p: number): number {
  let probability = Math.exp((n - k) * Math.log1p(-p));
  for (let drawn = 0; drawn < k && probability > 0; drawn++) probability *= ((n - drawn) / (drawn + 1)) * p;
  return probability;
}

function saddlePointExponent(k: number, n: number, p: number): number {
  const mean = n * p;
  // To more digits than k − mean: at n = 1e9 the rounding of the mean alone would cost five digits of the tails.
  const deviation = k - mean - productError(n, p);
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, mean, deviation) -
    deviance(n - k, n * (1 - p), -deviation)
  );
}

function requireBinomial(door: string, k: number, n: number, p: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${door}: n must be an integer ≥ 0, got ${n}`);
  if (!Number.isInteger(k)) throw new RangeError(`${door}: k must be an integer, got ${k}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${door}: p must be in [0, 1], got ${p}`);
}
