import { chiSquareSurvival } from '../../maths/incomplete-gamma.ts';

/** What Pearson's test says of some counts. */
export interface ChiSquareTest {
  readonly pValue: number;
  /** Categories, after pooling, less one. */
  readonly degrees: number;
  /** √(Σ (p̂ − p)²/p): the effect size w of Cohen, 0 where the counts are as expected. */
  readonly effect: number;
}

/**
 * Pearson's chi-square test of observed counts against probabilities. Categories that expect fewer than ten are pooled,
 * so that the chi-square law holds far into its tail.
 */
export function chiSquareTest(observed: readonly number[], probabilities: readonly number[]): ChiSquareTest {
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
  const degrees = categories - 1;
  return {
    pValue: Math.min(rare, chiSquareSurvival(statistic, degrees)),
    degrees,
    effect: Math.sqrt(statistic / total),
  };
}

/** p-value of Pearson's chi-square test. */
export function chiSquarePValue(observed: readonly number[], probabilities: readonly number[]): number {
  return chiSquareTest(observed, probabilities).pValue;
}

/** The effect size w that the test finds with probability 0.99 at this alpha. */
export function detectableEffect(draws: number, degrees: number, alpha: number): number {
  return Math.sqrt(detectableNoncentrality(degrees, alpha) / draws);
}

/** Draws with which the test tells these two laws apart with probability 0.99 at this alpha. */
export function drawsToDistinguish(claimed: readonly number[], other: readonly number[], alpha: number): number {
  const squaredEffect = claimed.reduce((sum, p, index) => (p === 0 ? sum : sum + (other[index] - p) ** 2 / p), 0);
  return Math.ceil(detectableNoncentrality(claimed.filter((p) => p > 0).length - 1, alpha) / squaredEffect);
}

/** nw² that the test finds with probability 0.99, by Patnaik's approximation of the noncentral chi-square law. */
function detectableNoncentrality(degrees: number, alpha: number): number {
  const critical = bisect((x) => chiSquareSurvival(x, degrees) - alpha, 10 * degrees + 1000);
  const power = (noncentrality: number) => {
    const spread = degrees + 2 * noncentrality;
    const shifted = degrees + noncentrality;
    return chiSquareSurvival((critical * shifted) / spread, Math.round((shifted * shifted) / spread));
  };
  return bisect((noncentrality) => 0.99 - power(noncentrality), 10 * critical + 1000);
}

/** Where a function that falls from above 0 passes 0, in [0, most]; to nine digits. */
function bisect(excess: (x: number) => number, most: number): number {
  let [low, high] = [0, most];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
