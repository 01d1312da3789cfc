import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/process/enumeration.ts';
import { exactPairLaw } from '../../src/process/exact-law.ts';
import { tieProbability } from '../../src/process/joint-law.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { presenceGap } from '../../src/process/presence.ts';
import { pairOf } from '../coupling/pairs.ts';

/** The counterexample to the boxed claim: two steps, one slot, s₀ = 0.1, shared gains 0.1 and then 1. */
const counterexample = (lower: number, upper: number): PairParameters =>
  pairOf({
    popularity: { lower, upper },
    batchSize: 1,
    steps: 2,
    initialSquaredNorm: 0.1,
    gain: { model: 'trace', sharing: 'shared', values: [0.1, 1] },
  });

describe('enumerate', () => {
  it.each([
    [0.25, 1.059, 2.28],
    [0.5, 1.49, 3.327],
    [0.75, 1.61, 3.236],
    [0.9, 1.532, 2.636],
    [1, 1.417, 2.009],
  ])('finds the counterexample at a = %d: E‖q‖ = %d, E s = %d', (presence, norm, squaredNorm) => {
    const { lower } = enumerate(counterexample(presence, 1), 2).norm;
    expect(Math.abs(lower.mean - norm)).toBeLessThan(5.1e-4);
    expect(Math.abs(enumerate(counterexample(presence, 1), 2).squaredNorm.lower.mean - squaredNorm)).toBeLessThan(2e-3);
  });

  it('reverses the means of the counterexample: E‖q″‖ < E‖q′‖ for p″ > p′', () => {
    const { norm, order } = enumerate(counterexample(0.75, 1), 2);
    expect(norm.difference.mean).toBeLessThan(0);
    expect(norm.difference.mean).toBeCloseTo(norm.upper.mean - norm.lower.mean, 14);
    // Upper only at the first step, both at the second: the one pattern that breaks the order.
    expect(order.violatedAtEnd).toBeCloseTo(0.25 * 0.75, 15);
  });

  it('is the binomial law for a constant gain, to a few roundings', () => {
    const popularity = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), popularity, popularity, (steps, p, q) => {
        const pair = pairOf({ steps, popularity: { lower: Math.min(p, q), upper: Math.max(p, q) } });
        const binomial = exactPairLaw(pair);
        const patterns = enumerate(pair, steps);
        expect(binomial?.source).toBe('binomial');
        for (const measure of ['norm', 'squaredNorm'] as const) {
          for (const part of ['lower', 'upper', 'difference'] as const) {
            const [known, found] = [binomial![measure][part]!, patterns[measure][part]];
            expect(Math.abs(known.mean - found.mean)).toBeLessThan(1e-14);
            expect(Math.abs(known.variance - found.variance)).toBeLessThan(1e-14);
          }
        }
        const gap = presenceGap(pair.popularity.lower, pair.popularity.upper, pair.batchSize);
        expect(patterns.order.tiedAtEnd).toBeCloseTo(tieProbability(steps, gap), 13);
        expect(patterns.order.violatedSomewhere).toBe(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('decays at every step when dense and only at appearances when lazy', () => {
    const never = { popularity: { lower: 0, upper: 1 }, batchSize: 1, steps: 3 };
    const decayOf = (applies: 'dense' | 'lazy') => {
      const pair = pairOf({ ...never, learningRate: 0.5, weightDecay: { rate: 1, applies } });
      return enumerate(pair, 3).squaredNorm;
    };
    expect([decayOf('dense').lower.mean, decayOf('lazy').lower.mean]).toEqual([1 / 64, 1]);
    // s ← s/4 + 0.25/s from 1: ½, then ⅛ + ½, then 5/32 + ⅖.
    for (const applies of ['dense', 'lazy'] as const)
      expect(decayOf(applies).upper.mean).toBeCloseTo(5 / 32 + 2 / 5, 15);
  });

  it('sees a violation that heals before the end', () => {
    // Upper only at step 1, both at 2 (the order breaks), and 3 restores it: c exceeds s′s″ again.
    const pair = pairOf({
      popularity: { lower: 0.5, upper: 1 },
      batchSize: 1,
      steps: 3,
      gain: { model: 'trace', sharing: 'shared', values: [0.1, 5, 1000] },
    });
    const { order } = enumerate(pair, 3);
    expect(order.violatedSomewhere).toBeGreaterThan(order.violatedAtEnd);
    expect(enumerate(pair, 2).order.violatedAtEnd).toBeCloseTo(0.25, 15);
  });

  it('gives each run its own gains where they are own', () => {
    const gain = { model: 'trace', sharing: 'own', values: [1, 1], upperValues: [3, 3] } as const;
    const { squaredNorm } = enumerate(pairOf({ popularity: { lower: 1, upper: 1 }, steps: 2, gain }), 2);
    expect([squaredNorm.lower.mean, squaredNorm.upper.mean]).toEqual([2.5, 4.75]);
  });

  it('keeps the ratio of a geometric chance: unequal runs of 10 steps', () => {
    const pair = pairOf({ popularity: { lower: 0, upper: 0.5 }, batchSize: 1, steps: 10 });
    expect(enumerate(pair, 10).order.tiedAtEnd).toBeCloseTo(2 ** -10, 17);
  });

  it.each([
    ['too many steps', pairOf({ steps: 11 }), 11],
    ['more steps than the training has', pairOf({ steps: 2 }), 3],
    ['a random gain', pairOf({ gain: { model: 'pareto', sharing: 'own', tailIndex: 3 } }), 2],
    ['momentum', pairOf({ momentum: { beta: 0.9, dimension: 4 } }), 2],
    ['a random start', pairOf({ initialSquaredNorm: { dimension: 2, standardDeviation: 1 } }), 2],
  ])('refuses %s', (_what, pair, steps) => {
    expect(() => enumerate(pair, steps)).toThrow(RangeError);
  });
});
