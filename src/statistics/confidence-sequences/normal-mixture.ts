/** Fewer draws than this are not looked at: the variance is not yet known well enough. */
export const fewestDraws = 100;

/**
 * Whether the running average is normal enough for a first look: 100 draws for each unit of their kurtosis, which is at
 * least 1, is 3 for normal draws and 1/q for a difference that is 0 but with a small probability q.
 *
 * Without it the 95 % sequence, looked at throughout 200,000 coins with q = 0.003, missed q in 112 of 1,000 runs, with it in
 * 8: the variance of rare draws is seen too small until some of them have come. Nothing warns of what was never drawn.
 *
 * @param kurtosis the fourth central moment over the squared variance, of the draws so far; null where they do not vary
 */
export function hasEnoughDraws(draws: number, kurtosis: number | null): boolean {
  return kurtosis !== null && draws >= fewestDraws * Math.max(1, kurtosis);
}

/**
 * Half the width of a confidence sequence for a mean, by Robbins' normal mixture: with probability about 1 − alpha the
 * mean lies within it of the running average at every look at once, however often one looks and whatever makes one stop.
 *
 * With r = nρ², ρ² = (−2 ln alpha + ln(1 − 2 ln alpha))/tightestAt: σ̂ √(2(r + 1)/(n r) · ln(√(r + 1)/alpha)). Exact in the
 * limit of a late first look, for draws of any law with a variance: the sums are compared with a Brownian motion, and the
 * estimated variance with the true one. `hasEnoughDraws` says from when on to look; before 100 draws, and while they do
 * not vary, it is infinite.
 *
 * @param draws n, those summed up so far
 * @param standardDeviation σ̂, of the draws so far
 * @param alpha in (0, 1)
 * @param tightestAt the number of draws at which the sequence is nearly as narrow as one can be; others cost little
 * @see Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Time-uniform central limit theory, Annals of Statistics 52
 */
export function mixtureHalfWidth(draws: number, standardDeviation: number, alpha: number, tightestAt = 10_000): number {
  if (draws < fewestDraws || standardDeviation === 0) return Number.POSITIVE_INFINITY;
  const squaredLog = -2 * Math.log(alpha);
  const squaredRho = (squaredLog + Math.log(squaredLog + 1)) / tightestAt;
  const r = draws * squaredRho;
  return standardDeviation * Math.sqrt(((2 * (r + 1)) / (draws * r)) * Math.log(Math.sqrt(r + 1) / alpha));
}
