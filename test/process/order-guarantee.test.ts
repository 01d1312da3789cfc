import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/process/enumeration.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import { gainModel } from '../../src/process/gains/index.ts';
import { grow } from '../../src/process/grow.ts';
import { breaksOrder } from '../../src/process/order-criterion.ts';
import { orderGuarantee } from '../../src/process/order-guarantee.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { pairOf } from '../coupling/pairs.ts';

const trace = (values: readonly number[]): GainSpecification => ({ model: 'trace', sharing: 'shared', values });
const warmUp: GainSpecification = {
  model: 'schedule',
  sharing: 'own',
  schedule: { shape: 'warm-up', from: 0.1, over: 3 },
};
const cosine: GainSpecification = { model: 'schedule', sharing: 'own', schedule: { shape: 'cosine', floor: 0 } };
const copies: GainSpecification = { model: 'multiplicity', sharing: 'shared', exponent: 0.5 };
const anyStart = { dimension: 4, standardDeviation: 0.01 };

describe('orderGuarantee', () => {
  it.each<[string | null, Partial<PairParameters>]>([
    ['A3', { initialSquaredNorm: 0.01 }],
    ['A3', { initialSquaredNorm: anyStart, gain: { model: 'constant', sharing: 'own' } }],
    ['A6(ii)', { initialSquaredNorm: anyStart, gain: cosine }],
    ['A6(ii)', { initialSquaredNorm: 0.01, gain: trace([3, 3, 2, 1, 1, 0]) }],
    ['A6(i)', { initialSquaredNorm: 1, gain: warmUp }],
    ['A6(i)', { initialSquaredNorm: 2, gain: trace([1, 4, 1, 1, 1, 1]) }],
    [null, { initialSquaredNorm: 1.9, gain: trace([1, 4, 1, 1, 1, 1]) }],
    [null, { initialSquaredNorm: 0.9, gain: warmUp }],
    [null, { initialSquaredNorm: anyStart, gain: warmUp }],
    ['A7', { initialSquaredNorm: Math.SQRT2, batchSize: 4, gain: copies }],
    [null, { initialSquaredNorm: 1.41, batchSize: 4, gain: copies }],
    [null, { initialSquaredNorm: 9, gain: { ...copies, sharing: 'own' } }],
    [null, { initialSquaredNorm: 9, gain: { ...copies, exponent: -1 } }],
    [
      null,
      {
        initialSquaredNorm: 9,
        gain: { model: 'trace', sharing: 'own', values: [1, 1, 1, 1, 1, 1], upperValues: [0, 0, 0, 0, 0, 0] },
      },
    ],
    [null, { initialSquaredNorm: 9, gain: { model: 'pareto', sharing: 'shared', tailIndex: 2 } }],
    [
      null,
      { initialSquaredNorm: 9, gain: { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 8 } },
    ],
    [null, { weightDecay: { rate: 0.1, applies: 'lazy' } }],
    [null, { momentum: { beta: 0.1, dimension: 8 } }],
  ])('names %s for %j', (claim, changes) => {
    expect(orderGuarantee(pairOf(changes))?.claim ?? null).toBe(claim);
  });

  it('says why', () => {
    expect(orderGuarantee(pairOf({ gain: warmUp }))?.because).toBe(
      'both runs share the gains, and the largest, 1, is at most s₀²',
    );
  });

  it('is kept by every presence pattern of every short training that has one', () => {
    const gains = fc.array(fc.double({ min: 0.01, max: 4, noNaN: true }), { minLength: 6, maxLength: 6 });
    const sorted = gains.map((values) => [...values].sort((a, b) => b - a));
    fc.assert(
      fc.property(
        fc.oneof(gains, sorted),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (values, initialSquaredNorm) => {
          const pair = pairOf({ initialSquaredNorm, gain: trace(values), popularity: { lower: 0.2, upper: 0.6 } });
          if (orderGuarantee(pair) !== null) expect(enumerate(pair, 6).order.violatedSomewhere).toBe(0);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('would be wrong with the bound of A6(i) a tenth higher: some training then breaks the order', () => {
    // Upper only with the least gain, then both with 1.1·s₀².
    const pair = pairOf({ gain: trace([0.001, 1.1]), steps: 2, popularity: { lower: 0.2, upper: 0.6 } });
    expect(orderGuarantee(pair)).toBeNull();
    expect(enumerate(pair, 2).order.violatedSomewhere).toBeGreaterThan(0);
  });

  it('is kept by every path of copies under A7, K′ ≤ K″', () => {
    const copiesOfBoth = fc.tuple(fc.nat(4), fc.nat(4)).map(([k, l]) => [Math.min(k, l), Math.max(k, l)]);
    const paths = fc.array(copiesOfBoth, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(paths, fc.double({ min: 0, max: 2, noNaN: true }), (path, exponent) => {
        const gain: GainSpecification = { model: 'multiplicity', sharing: 'shared', exponent };
        // A hair above the bound, so that the guarantee does not hang on a rounding.
        const pair = pairOf({ gain, initialSquaredNorm: Math.sqrt(4 ** exponent) * (1 + 1e-12) });
        expect(orderGuarantee(pair)?.claim).toMatch(/A3|A7/);
        const gains = gainModel(pair, 'lower').open();
        let [lower, upper] = [pair.initialSquaredNorm as number, pair.initialSquaredNorm as number];
        path.forEach(([lowerCopies, upperCopies], index) => {
          const gainOf = (k: number) => (k === 0 ? 0 : gains.gain(index + 1, k, () => 0));
          expect(breaksOrder(lower, upper, gainOf(lowerCopies), gainOf(upperCopies))).toBe(false);
          lower = grow(lower, gainOf(lowerCopies));
          upper = grow(upper, gainOf(upperCopies));
        });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('does not search trainings of more than ten million steps', () => {
    expect(orderGuarantee(pairOf({ gain: cosine, steps: 1e7 + 1 }))).toBeNull();
  });
});
