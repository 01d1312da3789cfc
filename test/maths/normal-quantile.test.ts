import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import { standardNormalQuantile } from '../../src/maths/normal-quantile.ts';

/** Φ⁻¹(p), from mpmath 1.3 with 50 digits. */
const quantiles = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-10, -6.361340902404057],
  [1e-5, -4.264890793922825],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400543],
  [0.1, -1.2815515655446004],
  [0.3, -0.5244005127080408],
  [0.6, 0.2533471031357997],
  [0.95, 1.6448536269514722],
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
        // A relative error e of z moves log Φ by about z²·e; e is below 8e-16.
        expect(Math.abs(standardNormalCdf(z) / probability - 1)).toBeLessThan(8e-16 * (2 + z * z));
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
