import { chiSquareSurvival } from '../../maths/incomplete-gamma.ts';

/**
 * p-value of Pearson's chi-square test of observed counts against probabilities. Categories that expect fewer than ten
 * are pooled, so that the chi-square law holds far into its tail.
 */
export function chiSquarePValue(observed: readonly number[], probabilities: readonly number[]): number {
  const total = observed.reduce((sum, count) => sum + count, 0);
  let [statistic, categories] = [0, 0];
  let pooled = { observed: 0, expected: 0 };
  const count = (seen: number, expected: number) => {
    statistic += (seen - expected) ** 2 / expected;
    categories += 1;
  };
  observed.forEach((seen, index) => {
    const expected = probabilities[index] * total;
    if (expected >= 10) count(seen, expected);
    else pooled = { observed: pooled.observed + seen, expected: pooled.expected + expected };
  });
  if (pooled.expected >= 10) count(pooled.observed, pooled.expected);
  // What the law calls next to impossible must not be seen often: Markov's inequality bounds its p-value.
  const rare = pooled.expected < 10 && pooled.observed > 0 ? Math.min(1, pooled.expected / pooled.observed) : 1;
  return Math.min(rare, chiSquareSurvival(statistic, categories - 1));
}
