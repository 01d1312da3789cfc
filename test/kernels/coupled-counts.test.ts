import { describe, expect, it } from 'vitest';
import { coupledCounts, coupledCountsSize } from '../../src/kernels/coupled-counts.ts';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { presenceProbability } from '../../src/process/presence.ts';
import { jointAppearanceLaw } from '../../src/theorems/appearance-counts.ts';
import { pairOf } from '../coupling/pairs.ts';

const cases = [
  { name: 'small popularities', pair: pairOf() },
  { name: 'neighbouring popularities', pair: pairOf({ popularity: { lower: 0.1, upper: 0.10001 }, steps: 50 }) },
  { name: 'dense presence', pair: pairOf({ popularity: { lower: 0.2, upper: 0.4 }, steps: 60 }) },
  { name: 'a rare item', pair: pairOf({ popularity: { lower: 1e-12, upper: 2e-12 }, steps: 60 }) },
  { name: 'an item that is always there', pair: pairOf({ popularity: { lower: 0.3, upper: 1 }, steps: 60 }) },
  { name: 'an item that is always there in both runs', pair: pairOf({ popularity: { lower: 1, upper: 1 } }) },
  { name: 'an item of the upper run alone', pair: pairOf({ popularity: { lower: 0, upper: 0.2 }, steps: 60 }) },
  { name: 'certainly neither and certainly all', pair: pairOf({ popularity: { lower: 0, upper: 1 } }) },
  { name: 'equal popularities', pair: pairOf({ popularity: { lower: 0.2, upper: 0.2 }, steps: 60 }) },
];

describe.each(cases)('the joint law of the counts: $name', ({ pair }) => {
  const { lower, upper, probability } = coupledCounts(pair);
  const pmf = jointAppearanceLaw(pair);
  const indexOf = (outcome: number) => lower[outcome] * (pair.steps + 1) + upper[outcome];

  it('has the probability of every outcome to 1e-12 of itself', () => {
    probability.forEach((value, outcome) => {
      expect(Math.abs(value / pmf[indexOf(outcome)] - 1)).toBeLessThan(1e-12);
    });
  });

  it('names no outcome twice, and leaves out only what is below 2⁻⁶⁸', () => {
    const named = new Set(Array.from(probability, (_, outcome) => indexOf(outcome)));
    expect(named.size).toBe(probability.length);
    pmf.forEach((value, index) => {
      if (!named.has(index)) expect(value).toBeLessThan(2 ** -67.9);
    });
  });
});

it('has in a large law all probability up to rounding, and about as many outcomes as foretold', () => {
  const pair = pairOf({ popularity: { lower: 0.01, upper: 0.02 }, batchSize: 8, steps: 20_000 });
  const { upper, probability } = coupledCounts(pair);
  const [smallestFirst, size] = [probability.toSorted(), coupledCountsSize(pair)];
  expect(Math.abs(smallestFirst.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-11);
  expect(probability.length / size).toBeGreaterThan(0.5);
  expect(probability.length / size).toBeLessThan(2);
  const presence = presenceProbability(0.02, 8);
  const row = Math.round(20_000 * presence);
  const ofRow = probability.reduce((sum, value, outcome) => sum + (upper[outcome] === row ? value : 0), 0);
  expect(Math.abs(ofRow / binomialPmf(row, 20_000, presence) - 1)).toBeLessThan(1e-11);
});
