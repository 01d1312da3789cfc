import { expect, it } from 'vitest';
import { drawInitialSquaredNorm } from '../../src/coupling/start.ts';

it('never starts at 0, where nothing grows: a uniform of ½ gives an entry of 0', () => {
  expect(drawInitialSquaredNorm({ dimension: 1, standardDeviation: 1 }, () => () => 0.5)).toBe(2 ** -108);
  expect(drawInitialSquaredNorm({ dimension: 2, standardDeviation: 1 }, () => () => 0.9)).toBeCloseTo(
    2 * 1.2815516 ** 2,
    6,
  );
});
