import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BettingSequence } from '../../../src/statistics/confidence-sequences/betting.ts';
import { binomialMixtureInterval } from '../../../src/statistics/confidence-sequences/binomial-mixture.ts';
import { mixtureHalfWidth } from '../../../src/statistics/confidence-sequences/normal-mixture.ts';

const alphas = fc.double({ min: 1e-9, max: 0.9, noNaN: true });
const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

describe('the normal mixture', () => {
  const draws = fc.integer({ min: 100, max: 1e9 });

  it('narrows with every tenth more draws', () => {
    fc.assert(
      fc.property(draws, alphas, (n, alpha) => {
        expect(mixtureHalfWidth(Math.ceil(1.1 * n), 1, alpha)).toBeLessThan(mixtureHalfWidth(n, 1, alpha));
      }),
    );
  });

  it('widens with the confidence that is asked for', () => {
    fc.assert(
      fc.property(draws, alphas, (n, alpha) => {
        expect(mixtureHalfWidth(n, 1, alpha / 1.1)).toBeGreaterThan(mixtureHalfWidth(n, 1, alpha));
      }),
    );
  });

  it('scales with the draws, to the last bit by a power of two', () => {
    fc.assert(
      fc.property(draws, alphas, fc.integer({ min: -60, max: 60 }), (n, alpha, power) => {
        expect(mixtureHalfWidth(n, 2 ** power, alpha)).toBe(2 ** power * mixtureHalfWidth(n, 1, alpha));
      }),
    );
  });
});

describe('the binomial mixture', () => {
  it('holds the share of successes', () => {
    fc.assert(
      fc.property(counts, alphas, ([successes, trials], alpha) => {
        const { lower, upper } = binomialMixtureInterval(successes, trials, alpha);
        const estimate = successes / trials;
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
        expect(upper).toBeGreaterThan(lower);
      }),
    );
  });

  it('widens with the confidence that is asked for', () => {
    fc.assert(
      fc.property(counts, alphas, ([successes, trials], alpha) => {
        const narrow = binomialMixtureInterval(successes, trials, alpha);
        const wide = binomialMixtureInterval(successes, trials, alpha / 1.1);
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower);
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper);
      }),
    );
  });

  it('narrows when as many trials again come out the same', () => {
    fc.assert(
      fc.property(counts, alphas, ([successes, trials], alpha) => {
        const once = binomialMixtureInterval(successes, trials, alpha);
        const twice = binomialMixtureInterval(2 * successes, 2 * trials, alpha);
        expect(twice.upper - twice.lower).toBeLessThan(once.upper - once.lower);
      }),
    );
  });

  it('is the mirror image for failures', () => {
    fc.assert(
      fc.property(counts, alphas, ([successes, trials], alpha) => {
        const ofSuccesses = binomialMixtureInterval(successes, trials, alpha);
        const ofFailures = binomialMixtureInterval(trials - successes, trials, alpha);
        // The edge of p near 1 is known to the spacing of the numbers there, the level to rounding of its logarithm.
        expect(ofFailures.lower).toBeCloseTo(1 - ofSuccesses.upper, 9);
        expect(ofFailures.upper).toBeCloseTo(1 - ofSuccesses.lower, 9);
      }),
    );
  });
});

describe('betting', () => {
  const samples = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 });

  it('never widens, and stays within [0, 1]', () => {
    fc.assert(
      fc.property(samples, alphas, (draws, alpha) => {
        const sequence = new BettingSequence(alpha);
        let before = sequence.interval();
        for (const draw of draws) {
          sequence.add(draw);
          const now = sequence.interval();
          expect(now.lower).toBeGreaterThanOrEqual(before.lower);
          expect(now.upper).toBeLessThanOrEqual(before.upper);
          expect(now.upper).toBeGreaterThan(now.lower);
          before = now;
        }
        expect(before.lower).toBeGreaterThanOrEqual(0);
        expect(before.upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the mirror image for 1 − draw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 300 }),
        alphas,
        (eighths, alpha) => {
          const [sequence, mirrored] = [new BettingSequence(alpha), new BettingSequence(alpha)];
          for (const eighth of eighths) {
            sequence.add(eighth / 8);
            mirrored.add(1 - eighth / 8);
          }
          // Rounding may move a candidate across the edge: by one place of the grid.
          expect(Math.abs(mirrored.interval().lower - (1 - sequence.interval().upper))).toBeLessThan(0.0011);
          expect(Math.abs(mirrored.interval().upper - (1 - sequence.interval().lower))).toBeLessThan(0.0011);
        },
      ),
    );
  });
});
