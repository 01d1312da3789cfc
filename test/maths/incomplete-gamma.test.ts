import { describe, expect, it } from 'vitest';
import { chiSquareSurvival } from '../../src/maths/incomplete-gamma.ts';
import { twoSidedPValue } from '../../src/maths/normal.ts';

/** x, degrees and the survival, from mpmath 1.3 with 50 digits. */
const known = [
  [3.841458820694124, 1, 0.05000000000000006],
  [100, 1, 1.523970604832105e-23],
  [10, 3, 0.018566135463043233],
  [0.01, 4, 0.9999875415886457],
  [1, 10, 0.9998278843700441],
  [150, 100, 0.0009039320423540091],
  [1000, 500, 1.2085183611329766e-35],
  [1005000, 1e6, 0.00020767800946703004],
  [5.5, 7, 0.5991838706663561],
];

describe('chiSquareSurvival', () => {
  it.each(known)('is right at x = %d with %d degrees', (x, degrees, survival) => {
    const tolerance = 3e-15 + 3e-16 * Math.abs(Math.log(survival));
    expect(Math.abs(chiSquareSurvival(x, degrees) / survival - 1)).toBeLessThan(tolerance);
  });

  it('is e^(−x/2) with two degrees', () => {
    for (const x of [1e-9, 0.5, 3, 20, 300]) {
      expect(Math.abs(chiSquareSurvival(x, 2) / Math.exp(-x / 2) - 1)).toBeLessThan(1e-13);
    }
  });

  it('is the two-sided normal p-value of √x with one degree', () => {
    for (const x of [1e-6, 0.3, 2.9, 3.1, 50, 900]) {
      expect(Math.abs(chiSquareSurvival(x, 1) / twoSidedPValue(Math.sqrt(x)) - 1)).toBeLessThan(3e-13);
    }
  });

  it('is 1 at 0 and 0 at infinity', () => {
    expect([chiSquareSurvival(0, 3), chiSquareSurvival(Infinity, 3)]).toEqual([1, 0]);
  });

  it('refuses negative statistics and fractional degrees', () => {
    expect(() => chiSquareSurvival(-1, 3)).toThrow(new RangeError('chiSquareSurvival: x must be ≥ 0, got -1'));
    expect(() => chiSquareSurvival(1, 2.5)).toThrow(RangeError);
  });
});
