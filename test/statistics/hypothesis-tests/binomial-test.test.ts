import { expect, it } from 'vitest';
import { atLeastPValue, atMostPValue, equalPValue } from '../../../src/statistics/hypothesis-tests/binomial-test.ts';

it.each([
  // Of eight patterns of three fair trials, one has three successes and four have at least two.
  [3, 3, 0.5, 1 / 8, 1, 1 / 4],
  [2, 3, 0.5, 4 / 8, 7 / 8, 1],
  [0, 3, 0.5, 1, 1 / 8, 1 / 4],
  [0, 5, 0, 1, 1, 1],
  [1, 5, 0, 0, 1, 0],
  [5, 5, 1, 1, 1, 1],
])('%d successes of %d at %d', (successes, trials, probability, atMost, atLeast, equal) => {
  expect(atMostPValue(successes, trials, probability)).toBeCloseTo(atMost, 12);
  expect(atLeastPValue(successes, trials, probability)).toBeCloseTo(atLeast, 12);
  expect(equalPValue(successes, trials, probability)).toBeCloseTo(equal, 12);
});
