import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardNormalCdf, standardNormalSurvival, twoSidedPValue } from '../../src/maths/normal.ts';

/** 1 − Φ(z), from mpmath 1.3 with 50 digits. */
const survivals = [
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145705],
  [1.96, 0.024997895148220435],
  [3, 0.0013498980316300946],
  [5, 2.866515718791939e-7],
  [10.3, 3.5230650789264124e-25],
  [20.7, 1.7318518790197378e-95],
  [36.9, 2.3105244811406173e-298],
  [10, 7.619853024160525e-24],
  [20, 2.7536241186062337e-89],
  [30, 4.906713927148187e-198],
  [37, 5.725571222524577e-300],
];

describe('standardNormalSurvival', () => {
  it.each(survivals)('keeps its relative accuracy at z = %d', (z, survival) => {
    expect(Math.abs(standardNormalSurvival(z) / survival - 1)).toBeLessThan(1e-15);
  });

  it('is ½ at 0, and 0 and 1 at the infinities', () => {
    expect([0, Infinity, -Infinity].map(standardNormalSurvival)).toEqual([0.5, 0, 1]);
  });

  it('is NaN at NaN', () => {
    expect(standardNormalSurvival(Number.NaN)).toBeNaN();
  });

  it('never rises with z, also where one approximation hands over to the next', () => {
    const handovers = [0.67448975, Math.sqrt(32), 39].flatMap((z) => [z - 1e-9, z, z + 1e-9]);
    const values = handovers.map(standardNormalSurvival);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('adds up to 1 with the cdf', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (z) => {
        expect(standardNormalCdf(z) + standardNormalSurvival(z)).toBeCloseTo(1, 15);
        expect(standardNormalCdf(z)).toBe(standardNormalSurvival(-z));
      }),
      { seed: 1 },
    );
  });
});

describe('twoSidedPValue', () => {
  it('is 0.05 at the familiar 1.96, whatever the sign', () => {
    for (const z of [1.959963984540054, -1.959963984540054]) expect(twoSidedPValue(z)).toBeCloseTo(0.05, 15);
  });

  it('is 1 at 0', () => {
    expect(twoSidedPValue(0)).toBe(1);
  });
});
