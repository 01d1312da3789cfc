import { compensatedSum } from '../maths/compensated-sum.ts';

/** Mean and variance of a quantity at the end of a training. */
export interface RunMoments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and variance of a discrete law, around its most probable value: what the probabilities miss of 1 then costs digits
 * of the spread only, not of the mean, and no improbable value is subtracted again, however large it is.
 */
export function discreteMoments(
  count: number,
  probability: (index: number) => number,
  value: (index: number) => number,
): RunMoments {
  let mode = 0;
  for (let index = 1; index < count; index++) if (probability(index) > probability(mode)) mode = index;
  const centre = value(mode);
  const mean = centre + compensatedSum(count, (index) => probability(index) * (value(index) - centre));
  const variance = compensatedSum(count, (index) => probability(index) * (value(index) - mean) ** 2);
  return { mean, variance };
}
