import { expect, it } from 'vitest';
import { polynomial } from '../../src/maths/polynomial.ts';

it('takes its coefficients from the constant term upwards', () => {
  expect(polynomial([5, 0, 2], 3)).toBe(23);
});
