import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthBounds } from '../../src/process/bounds.ts';
import { growthTable } from '../../src/process/growth-table.ts';

describe('growthBounds', () => {
  it('holds S_n² after every number of appearances (A5)', () => {
    const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(size, size, (start, gain) => {
        const table = growthTable(start, gain, 300);
        for (let n = 1; n <= 300; n++) {
          const { above, atMost } = growthBounds(start, gain, n);
          const rounding = 1 + (n + 4) * 2 ** -52;
          expect(table[n] ** 2 * rounding).toBeGreaterThan(above);
          expect(table[n] ** 2).toBeLessThanOrEqual(atMost * rounding);
        }
      }),
      { seed: 1 },
    );
  });

  it('is sharp above after one appearance: S_1² = x₀ + 2c + c²/x₀', () => {
    expect(growthBounds(2, 3, 1)).toEqual({ above: 10, atMost: 12.25 });
    expect(growthTable(2, 3, 1)[1] ** 2).toBe(12.25);
  });

  it('would fail with the 2 of 2cn replaced by 2.01', () => {
    const table = growthTable(1, 1, 1000);
    expect(table[1000] ** 2).toBeGreaterThan(growthBounds(1, 1, 1000).above);
    expect(table[1000] ** 2).toBeLessThan(growthBounds(1, 2.01 / 2, 1000).above);
  });

  it.each([
    [1, 1.72314],
    [2, 3.72314],
    [0.5, 3.72314],
  ])('leaves x_n/c − 2n − ½ ln n → K for s₀ = %d, c = 1: K = %d', (start, constant) => {
    const n = 1e6;
    const squaredNorm = growthTable(start, 1, n)[n];
    // The next term of the expansion is (ln n)/(8n) + …, 2e-6 here.
    expect(Math.abs(squaredNorm ** 2 - 2 * n - 0.5 * Math.log(n) - constant)).toBeLessThan(2e-5);
  });
});
