import { binomialCdf, binomialSurvival } from '../../maths/binomial-tails.ts';

/**
 * p-value of 'each trial succeeds with probability at most this', from the successes seen; exact.
 *
 * @param successes an integer in 0 … trials
 */
export function atMostPValue(successes: number, trials: number, probability: number): number {
  return binomialSurvival(successes - 1, trials, probability);
}

/** p-value of 'each trial succeeds with probability at least this', from the successes seen; exact. */
export function atLeastPValue(successes: number, trials: number, probability: number): number {
  return binomialCdf(successes, trials, probability);
}

/** p-value of 'each trial succeeds with probability exactly this': twice the smaller tail. */
export function equalPValue(successes: number, trials: number, probability: number): number {
  const tails = [atMostPValue, atLeastPValue].map((tail) => tail(successes, trials, probability));
  return Math.min(1, 2 * Math.min(...tails));
}
