import { expect, it } from 'vitest';
import { stirlingError } from '../../src/maths/stirling-error.ts';

it('is what Stirling leaves out of n!', () => {
  let logFactorial = 0;
  for (let n = 1; n <= 40; n++) {
    logFactorial += Math.log(n);
    const stirling = 0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n;
    expect(Math.abs(stirlingError(n) - (logFactorial - stirling))).toBeLessThan(1e-13);
  }
});

it('follows its recurrence, where table and series meet too', () => {
  // δ(n) − δ(n + 1) = (n + ½)·log(1 + 1/n) − 1
  for (let n = 0.5; n <= 30; n += 0.5) {
    const step = (n + 0.5) * Math.log1p(1 / n) - 1;
    expect(Math.abs(stirlingError(n) - stirlingError(n + 1) - step)).toBeLessThan(1e-14);
  }
});

it('tends to 1/(12n)', () => {
  expect(stirlingError(1e8) * 12e8).toBeCloseTo(1, 15);
});
