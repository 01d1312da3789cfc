import { compensatedSum } from '../maths/compensated-sum.ts';

/** Mean and variance of a quantity at the end of a training. */
export interface RunMoments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and variance of a discrete law, around a value known to lie inside it: what the probabilities miss of 1 then
 * costs digits of the spread only, not of the mean.
 *
 * @param centre any value of the law, best one near the mean
 */
export function momentsAround(
  centre: number,
  count: number,
  probability: (index: number) => number,
  value: (index: number) => number,
): RunMoments {
  const mean = centre + compensatedSum(count, (index) => probability(index) * (value(index) - centre));
  const variance = compensatedSum(count, (index) => probability(index) * (value(index) - mean) ** 2);
  return { mean, variance };
}
