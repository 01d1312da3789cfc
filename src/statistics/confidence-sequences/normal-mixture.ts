/** Fewer draws than this are not looked at: the variance is not yet known well enough. */
export const fewestDraws = 100;

/**
 * Half the width of a confidence sequence for a mean, by Robbins' normal mixture: with probability about 1 − alpha the
 * mean lies within it of the running average at every look at once, however often one looks and whatever makes one stop.
 *
 * With r = nρ², ρ² = (−2 ln alpha + ln(1 − 2 ln alpha))/tightestAt: σ̂ √(2(r + 1)/(n r) · ln(√(r + 1)/alpha)). Exact in the limit of a late first look, for draws of any law
 * with a variance; about 1.5 to 2.5 times as wide as an interval for one look. Infinite for fewer than 100 draws.
 *
 * @param draws n, those summed up so far
 * @param standardDeviation σ̂, of the draws so far
 * @param alpha in (0, 1)
 * @param tightestAt the number of draws at which the sequence is nearly as narrow as one can be; others cost little
 * @see Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Time-uniform central limit theory, Annals of Statistics 52
 */
export function mixtureHalfWidth(draws: number, standardDeviation: number, alpha: number, tightestAt = 10_000): number {
  if (draws < fewestDraws) return Number.POSITIVE_INFINITY;
  const squaredLog = -2 * Math.log(alpha);
  const squaredRho = (squaredLog + Math.log(squaredLog + 1)) / tightestAt;
  const r = draws * squaredRho;
  return standardDeviation * Math.sqrt(((2 * (r + 1)) / (draws * r)) * Math.log(Math.sqrt(r + 1) / alpha));
}
