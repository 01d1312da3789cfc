import { expect, it } from 'vitest';
import { categorical } from '../../src/random/categorical.ts';

it('gives each value the part of [0, 1) that its weight has of the sum', () => {
  const draw = categorical([1, 0, 2, 1]);
  expect([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map((u) => draw(() => u))).toEqual([0, 0, 2, 2, 3, 3]);
});

it('refuses weights without a positive sum', () => {
  expect(() => categorical([0, 0])).toThrow('the weights must have a positive sum, got 0');
});
