import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compensatedSum } from '../../src/maths/compensated-sum.ts';
import { Rational } from '../../src/maths/rational.ts';

const sumOf = (values: readonly number[]) => compensatedSum(values.length, (index) => values[index]);

it('keeps what a plain sum loses', () => {
  expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
  expect(sumOf(Array(10).fill(0.1))).toBe(1);
});

it('is within a rounding of the exact sum of positive numbers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (values) => {
        const exact = values.reduce((sum, value) => sum.plus(Rational.of(value)), new Rational(0n));
        expect(Math.abs(sumOf(values) / exact.toNumber() - 1)).toBeLessThan(3e-16);
      },
    ),
    { seed: 1 },
  );
});

it('is 0 for nothing', () => {
  expect(sumOf([])).toBe(0);
});
