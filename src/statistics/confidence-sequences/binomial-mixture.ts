import { logBinomialPmf } from '../../maths/binomial.ts';
import type { Interval } from './interval.ts';

/**
 * A confidence sequence for the probability of success, from the counts alone.
 *
 * With a uniform prior the mixture of likelihood ratios against p is 1/((n + 1)·P(K = k | p)), a martingale if p is true:
 * by Ville's inequality it ever passes 1/alpha with probability at most alpha. So the interval is {p: P(K = k | p) >
 * alpha/(n + 1)}; exact for every n, however often one looks.
 *
 * @param successes an integer in 0 … trials
 * @param alpha in (0, 1)
 * @see Robbins (1970), Annals of Mathematical Statistics 41
 */
export function binomialMixtureInterval(successes: number, trials: number, alpha: number): Interval {
  if (trials === 0) return { lower: 0, upper: 1 };
  const least = Math.log(alpha / (trials + 1));
  const isInside = (p: number) => logBinomialPmf(successes, trials, p) > least;
  const estimate = successes / trials;
  return {
    lower: isInside(0) ? 0 : edge(0, estimate, isInside),
    upper: isInside(1) ? 1 : edge(1, estimate, isInside),
  };
}

/** The end of the interval between a point outside it and one inside it, rounded outwards. */
function edge(outside: number, inside: number, isInside: (p: number) => boolean): number {
  let [out, within] = [outside, inside];
  for (let round = 0; round < 100 && out !== within; round++) {
    const middle = (out + within) / 2;
    if (middle === out || middle === within) break;
    if (isInside(middle)) within = middle;
    else out = middle;
  }
  return out;
}
