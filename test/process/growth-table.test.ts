import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { growthAt, growthTable } from '../../src/process/growth-table.ts';
import { relativeError } from '../maths/relative-error.ts';

const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe('growthTable', () => {
  it('starts with 1, 2, 2.5, 2.9 for s₀ = c = 1', () => {
    expect([...growthTable(1, 1, 3)]).toEqual([1, 2, 2.5, 2.9]);
  });

  it('is S_0 alone without appearances', () => {
    expect([...growthTable(7, 1, 0)]).toEqual([7]);
  });

  it('follows exact rational arithmetic', () => {
    let exact = Rational.of(0.1);
    const gain = Rational.of(0.7);
    growthTable(0.1, 0.7, 9).forEach((squaredNorm) => {
      expect(relativeError(squaredNorm, exact)).toBeLessThan(1e-15);
      exact = exact.plus(gain.over(exact));
    });
  });

  it('scales bit for bit: S_n(λs₀, λ²c) = λS_n(s₀, c) for powers of two (A4)', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: -60, max: 60 }), (start, gain, power) => {
        const scale = 2 ** power;
        const scaled = growthTable(start * scale, gain * scale * scale, 200);
        expect([...scaled]).toEqual([...growthTable(start, gain, 200)].map((squaredNorm) => squaredNorm * scale));
      }),
      { seed: 1 },
    );
  });

  it('forgets which of s₀ and c/s₀ it started from (A4)', () => {
    fc.assert(
      fc.property(size, size, (start, gain) => {
        const [from, fromMirror] = [growthTable(start, gain, 100), growthTable(gain / start, gain, 100)];
        for (let n = 1; n <= 100; n++) expect(Math.abs(from[n] / fromMirror[n] - 1)).toBeLessThan(1e-14);
      }),
      { seed: 1 },
    );
  });

  it('never falls, from any start (A3)', () => {
    fc.assert(
      fc.property(size, size, (start, gain) => {
        growthTable(start, gain, 300).reduce((before, after) => {
          expect(after).toBeGreaterThan(before);
          return after;
        });
      }),
      { seed: 1 },
    );
  });

  it('falls towards the balance √(c/(1 − κ)) under lazy decay from above it', () => {
    const table = growthTable(100, 1, 2000, 0.99);
    expect(table[1]).toBeLessThan(table[0]);
    expect(table[2000]).toBeCloseTo(10, 10);
  });
});

describe('growthAt', () => {
  it('has what the table has, bit for bit, at some appearances, and at one twice', () => {
    const table = growthTable(0.1, 0.7, 50);
    const appearances = [0, 3, 3, 17, 50];
    expect(growthAt(0.1, 0.7, appearances)).toEqual(appearances.map((n) => table[n]));
  });
});
