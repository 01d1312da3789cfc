import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deviance } from '../../src/maths/deviance.ts';

it('is x·log(x/m) + m − x where that loses no digits', () => {
  for (const [x, m] of [
    [1, 20],
    [7, 1.5],
    [3, 10],
    [12, 4.5],
  ]) {
    expect(deviance(x, m, x - m)).toBeCloseTo(x * Math.log(x / m) + m - x, 13);
  }
});

it('is the mean where nothing is counted, and 0 where the mean is', () => {
  expect([deviance(0, 3.5, -3.5), deviance(8, 8, 0)]).toEqual([3.5, 0]);
});

it('is (x − m)²/(2m) to first order, with all its digits', () => {
  const mean = 1e9;
  for (const deviation of [1e-3, 1, 1000]) {
    const d = deviation / mean;
    const expected = mean * d * d * (0.5 - d / 6 + (d * d) / 12);
    expect(Math.abs(deviance(mean + deviation, mean, deviation) / expected - 1)).toBeLessThan(1e-12);
  }
});

it('is never negative, and continuous where the series takes over', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (mean) => {
      // |x − m| = (x + m)/2 at x = 3m and x = m/3.
      for (const edge of [3 * mean, mean / 3]) {
        const [below, above] = [edge * (1 - 1e-12), edge * (1 + 1e-12)].map((x) => deviance(x, mean, x - mean));
        expect(below).toBeGreaterThanOrEqual(0);
        expect(Math.abs(above / below - 1)).toBeLessThan(1e-10);
      }
    }),
    { seed: 1 },
  );
});
