import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import { standardNormalQuantile } from '../../src/maths/normal-quantile.ts';

/** Φ⁻¹(p), from mpmath 1.3 with 50 digits. */
const quantiles = [
  [1e-300, -37.047096299361199],
  [1e-100, -21.273453560965324],
  [1e-20, -9.2623400897984076],
  [1e-10, -6.3613409024040562],
  [1e-5, -4.2648907939228246],
  [0.001, -3.0902323061678135],
  [0.025, -1.9599639845400542],
  [0.1, -1.2815515655446004],
  [0.3, -0.52440051270804082],
  [0.6, 0.25334710313579974],
  [0.95, 1.6448536269514723],
];

describe('standardNormalQuantile', () => {
  it.each(quantiles)('is exact to a few roundings at %d', (probability, z) => {
    expect(Math.abs(standardNormalQuantile(probability) / z - 1)).toBeLessThan(8e-16);
  });

  it('is 0 at ½ and infinite at the ends', () => {
    expect([0.5, 0, 1].map(standardNormalQuantile)).toEqual([0, -Infinity, Infinity]);
  });

  it('inverts the cdf', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (probability) => {
        const z = standardNormalQuantile(probability);
        // An error of one rounding in z moves log Φ by about z² roundings.
        expect(Math.abs(standardNormalCdf(z) / probability - 1)).toBeLessThan(4e-16 * (4 + z * z));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is odd around ½', () => {
    for (const probability of [0.0625, 0.25, 0.375]) {
      expect(standardNormalQuantile(1 - probability)).toBe(-standardNormalQuantile(probability));
    }
  });

  it.each([-1e-9, 1.2, Number.NaN])('refuses %d', (probability) => {
    expect(() => standardNormalQuantile(probability)).toThrow(
      `standardNormalQuantile: probability must be in [0, 1], got ${probability}`,
    );
  });
});
