import { describe, expect, it } from 'vitest';
import { bettingPValue } from '../../src/testing/betting-test.ts';

/** The p-value of every sequence of n draws that are 0 or 1, with its probability when P(1) = p. */
function sequences(n: number, p: number, bound: number, alpha: number): { pValue: number; probability: number }[] {
  return Array.from({ length: 2 ** n }, (_, bits) => {
    const draws = Array.from({ length: n }, (_, index) => (bits >> index) & 1);
    const ones = draws.reduce((sum, draw) => sum + draw, 0);
    return { pValue: bettingPValue(draws, bound, [0, 1], alpha), probability: p ** ones * (1 - p) ** (n - ones) };
  });
}

/** The greatest P(p-value ≤ x)/x over all x: at most 1 for a valid test. */
function greatestExcess(outcomes: { pValue: number; probability: number }[]): number {
  let [below, excess] = [0, 0];
  for (const { pValue, probability } of outcomes.toSorted((a, b) => a.pValue - b.pValue)) {
    below += probability;
    excess = Math.max(excess, below / pValue);
  }
  return excess;
}

describe('the betting test, on every sequence of twelve coin tosses', () => {
  it.each([
    [0.5, 0.05],
    [0.5, 1e-6],
    [0.1, 0.05],
    [0.9, 0.05],
  ])('rejects a true mean of %d at any level x with probability at most x, aimed at %d', (mean, alpha) => {
    // The sum of 4,096 probabilities is off by at most as many units of rounding.
    expect(greatestExcess(sequences(12, mean, mean, alpha))).toBeLessThanOrEqual(1 + 2 ** -40);
  });

  it('would not be valid for a mean below the bound', () => {
    expect(greatestExcess(sequences(12, 0.4, 0.5, 0.05))).toBeGreaterThan(1.1);
  });
});

it.each([
  // The first bet is clipped at half of what one draw at the top could take: a capital of 1.5 after a 0.
  [[0], 2 / 3],
  [[0, 0], 4 / 9],
  [[1], 1],
  [[1, 0], 1],
  [[0, 1], 2 / 3],
])('gives the inverse of the highest capital: %j', (draws, pValue) => {
  expect(bettingPValue(draws, 0.5, [0, 1], 1e-6)).toBeCloseTo(pValue, 15);
});

it('rejects what 200 draws at 0.3 say of a mean of 0.5, and keeps one of 0.3', () => {
  const draws = Array.from({ length: 200 }, (_, index) => (index % 10 < 3 ? 1 : 0));
  expect(bettingPValue(draws, 0.5, [0, 1], 1e-6)).toBeLessThan(1e-6);
  expect(bettingPValue(draws, 0.3, [0, 1], 1e-6)).toBeGreaterThan(0.05);
});

it('is the same on any scale', () => {
  const draws = Array.from({ length: 64 }, (_, index) => (index * 37) % 64);
  const scaled = draws.map((draw) => 4 * draw - 8);
  expect(bettingPValue(scaled, 4 * 40 - 8, [-8, 4 * 64 - 8], 0.01)).toBe(bettingPValue(draws, 40, [0, 64], 0.01));
});

it('refuses a draw outside the range', () => {
  expect(() => bettingPValue([0.5, 1.5], 0.5, [0, 1], 0.01)).toThrow('range: expected draws in [0, 1], got 1.5');
});
