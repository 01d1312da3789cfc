import { expect, it } from 'vitest';
import { categorical } from '../../src/random/categorical.ts';

it('gives each value the part of [0, 1) that its weight has of the sum', () => {
  const draw = categorical([1, 0, 2, 1]);
  expect([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map((u) => draw(() => u))).toEqual([0, 0, 2, 2, 3, 3]);
});

it('refuses weights without a positive sum, and those whose sum is past the greatest number', () => {
  expect(() => categorical([0, 0])).toThrow('the weights must have a positive, finite sum, got 0');
  expect(() => categorical([1e308, 1e308])).toThrow('got Infinity');
});

it('never gives a value without weight, even where the weights are the least there are', () => {
  const draw = categorical([Number.MIN_VALUE, 0]);
  expect([0, 0.5, 1 - 2 ** -53].map((u) => draw(() => u))).toEqual([0, 0, 0]);
});
