import { hasEnoughDraws, mixtureHalfWidth } from './confidence-sequences/normal-mixture.ts';
import type { RateHypotheses } from './sprt.ts';

/**
 * How many draws the confidence sequence of `mixtureHalfWidth` needs until it is as narrow as asked for, if it looks after
 * every `looksEvery` of them; null if `most` are too few.
 *
 * @param standardDeviation of a draw, ≥ 0: where it is 0 the sequence is never looked at
 * @param kurtosis of a draw: see `hasEnoughDraws`
 */
export function drawsForHalfWidth(
  target: { readonly halfWidth: number; readonly level: number },
  draw: { readonly standardDeviation: number; readonly kurtosis: number | null },
  { looksEvery, most }: { readonly looksEvery: number; readonly most: number },
): number | null {
  const isEnough = (looks: number) => {
    const draws = Math.min(most, looks * looksEvery);
    const halfWidth = mixtureHalfWidth(draws, draw.standardDeviation, 1 - target.level);
    return hasEnoughDraws(draws, draw.kurtosis) && halfWidth <= target.halfWidth;
  };
  let [tooFew, enough] = [0, Math.ceil(most / looksEvery)];
  if (!isEnough(enough)) return null;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return Math.min(most, enough * looksEvery);
}

/**
 * About how many draws Wald's test of `decideRate` takes on average: A/μ · tanh(Aμ/σ²), with A = −ln ε and μ, σ² the mean
 * and variance of what one draw adds to the log-likelihood ratio. The overshoot at the end is left out.
 *
 * @param rate the true one, in [0, 1]
 * @see Wald (1945), by the Brownian motion between two symmetric ends
 */
export function drawsForRate(rate: number, { lowerRate, higherRate, errorProbability }: RateHypotheses): number {
  const success = Math.log(higherRate / lowerRate);
  const failure = Math.log1p(-higherRate) - Math.log1p(-lowerRate);
  const mean = rate * success + (1 - rate) * failure;
  const variance = rate * (1 - rate) * (success - failure) ** 2;
  const end = -Math.log(errorProbability);
  if (Math.abs(end * mean) < 1e-6 * variance) return end ** 2 / variance;
  return (end / mean) * (variance === 0 ? Math.sign(mean) : Math.tanh((end * mean) / variance));
}
