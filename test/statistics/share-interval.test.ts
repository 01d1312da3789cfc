import { expect, it } from 'vitest';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { shareInterval } from '../../src/statistics/share-interval.ts';

it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('is that of Newcombe (1998), table I, for %d of %d', (successes, trials, low, high) => {
  const interval = shareInterval(successes, trials);
  expect(interval.share).toBe(successes / trials);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('mirrors: failures have the interval turned round', () => {
  for (const successes of [0, 1, 7, 50]) {
    const [one, other] = [shareInterval(successes, 50), shareInterval(50 - successes, 50)];
    expect(other.low).toBeCloseTo(1 - one.high, 12);
    expect(other.high).toBeCloseTo(1 - one.low, 12);
  }
});

/** How often the interval of so many trials holds the probability. */
function coverage(trials: number, probability: number, interval: typeof shareInterval): number {
  let held = 0;
  for (let successes = 0; successes <= trials; successes++) {
    const { low, high } = interval(successes, trials);
    if (low <= probability && probability <= high) held += binomialPmf(successes, trials, probability);
  }
  return held;
}

const meanCoverage = (trials: number, interval: typeof shareInterval) => {
  const probabilities = Array.from({ length: 199 }, (_, index) => (index + 1) / 200);
  return probabilities.reduce((sum, probability) => sum + coverage(trials, probability, interval), 0) / 199;
};

it('holds the probability 95 times in 100 on average, which the interval of Wald does not', () => {
  for (const trials of [20, 100]) expect(meanCoverage(trials, shareInterval)).toBeCloseTo(0.953, 2);
  const wald = (successes: number, trials: number) => {
    const share = successes / trials;
    const reach = 1.96 * Math.sqrt((share * (1 - share)) / trials);
    return { share, low: share - reach, high: share + reach };
  };
  expect(meanCoverage(20, wald)).toBeLessThan(0.9);
});
