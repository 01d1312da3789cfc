/** What a sequential test has decided so far. */
export type SequentialDecision = 'the lower rate' | 'the higher rate' | 'undecided';

/** Two rates between which to decide, and the probability of either error. */
export interface RateHypotheses {
  readonly lowerRate: number;
  readonly higherRate: number;
  /** Probability of deciding for the higher rate, ever, if the rate is at most the lower one; and the reverse. At most ½. */
  readonly errorProbability: number;
}

/**
 * Wald's sequential probability ratio test between two rates, from the counts so far.
 *
 * The likelihood ratio passes 1/ε under the lower rate, and falls to ε under the higher one, with probability at most ε
 * (Ville's inequality): so either error has that probability however often one looks, and at any rate beyond the two it
 * is smaller. Between the two rates it decides for one of them.
 *
 * @param successes an integer in 0 … trials
 * @throws {RangeError} unless 0 < lowerRate < higherRate < 1 and 0 < errorProbability ≤ ½
 * @see Wald (1945), Annals of Mathematical Statistics 16
 */
export function decideRate(successes: number, trials: number, hypotheses: RateHypotheses): SequentialDecision {
  const { lowerRate, higherRate, errorProbability } = hypotheses;
  if (!(lowerRate > 0 && lowerRate < higherRate && higherRate < 1)) {
    throw new RangeError(`decideRate: expected 0 < lowerRate < higherRate < 1, got ${lowerRate} and ${higherRate}`);
  }
  if (!(errorProbability > 0 && errorProbability <= 0.5)) {
    throw new RangeError(`decideRate: errorProbability must be in (0, ½], got ${errorProbability}`);
  }
  const logRatio =
    successes * Math.log(higherRate / lowerRate) +
    (trials - successes) * (Math.log1p(-higherRate) - Math.log1p(-lowerRate));
  if (logRatio >= -Math.log(errorProbability)) return 'the higher rate';
  return logRatio <= Math.log(errorProbability) ? 'the lower rate' : 'undecided';
}
