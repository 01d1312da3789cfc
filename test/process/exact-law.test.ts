import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/process/enumeration.ts';
import { exactMeanNorms, exactPairLaw, exactSquaredNormLaws } from '../../src/process/exact-law.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { pairOf } from '../coupling/pairs.ts';

const cosine = { model: 'schedule', sharing: 'shared', schedule: { shape: 'cosine', floor: 0.1 } } as const;
const lazy = { rate: 0.2, applies: 'lazy' } as const;
const dense = { rate: 0.2, applies: 'dense' } as const;

describe('exactPairLaw', () => {
  it.each<[string, Partial<PairParameters>, 'binomial' | 'enumeration' | null]>([
    ['a constant gain', { steps: 1000 }, 'binomial'],
    ['a constant schedule', { gain: { ...cosine, schedule: { shape: 'constant' } }, steps: 1000 }, 'binomial'],
    [
      'a multiplicity gain that ignores copies',
      { gain: { model: 'multiplicity', sharing: 'own', exponent: 0 } },
      'binomial',
    ],
    ['lazy decay', { weightDecay: lazy, steps: 1000 }, 'binomial'],
    ['a short training with dense decay', { weightDecay: dense, steps: 10 }, 'enumeration'],
    ['a short training with a schedule', { gain: cosine, steps: 10 }, 'enumeration'],
    ['a long training with a schedule', { gain: cosine, steps: 11 }, null],
    ['a long training with dense decay', { weightDecay: dense, steps: 11 }, null],
    ['a random gain', { gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } }, null],
    ['copies', { gain: { model: 'multiplicity', sharing: 'shared', exponent: 1 } }, null],
    ['momentum', { momentum: { beta: 0.5, dimension: 8 } }, null],
    ['a random start', { initialSquaredNorm: { dimension: 8, standardDeviation: 1 } }, null],
    ['more appearances than a table holds', { steps: 1e9, popularity: { lower: 0.1, upper: 0.2 } }, null],
  ])('knows its source for %s', (_case, changes, source) => {
    expect(exactPairLaw(pairOf(changes))?.source ?? null).toBe(source);
  });

  it('sees the first steps of the whole schedule, not a shorter schedule', () => {
    const pair = pairOf({ gain: cosine, steps: 500 });
    const law = exactPairLaw(pair, 4);
    expect(law?.norm.upper).toEqual(enumerate(pair, 4).norm.upper);
    expect(law?.norm.upper.mean).not.toBe(exactPairLaw(pairOf({ gain: cosine, steps: 4 }))?.norm.upper.mean);
  });

  it('is the same law after a step of a long training and at the end of a short one', () => {
    expect(exactPairLaw(pairOf({ steps: 900 }), 300)).toEqual(exactPairLaw(pairOf({ steps: 300 })));
  });

  it('agrees with the enumeration under lazy decay', () => {
    const pair = pairOf({ steps: 8, weightDecay: lazy, popularity: { lower: 0.1, upper: 0.3 } });
    const [law, patterns] = [exactPairLaw(pair)!, enumerate(pair, 8)];
    for (const part of ['lower', 'upper', 'difference'] as const) {
      expect(law.norm[part]?.mean).toBeCloseTo(patterns.norm[part].mean, 13);
      expect(law.squaredNorm[part]?.variance).toBeCloseTo(patterns.squaredNorm[part].variance, 13);
    }
  });

  it('is the start alone before the first step', () => {
    const { norm, squaredNorm } = exactPairLaw(pairOf({ initialSquaredNorm: 4 }), 0)!;
    const still = { mean: 0, variance: 0 };
    expect([norm.lower.mean, squaredNorm.upper.mean]).toEqual([2, 4]);
    expect([norm.difference, squaredNorm.difference]).toEqual([still, still]);
  });

  it('has no variance reduction where nothing differs', () => {
    expect(exactPairLaw(pairOf({ popularity: { lower: 0.1, upper: 0.1 } }))?.norm.varianceReduction).toBeNull();
    expect(exactPairLaw(pairOf({ popularity: { lower: 0, upper: 0 } }))?.norm.upper.variance).toBe(0);
  });

  it('keeps its digits where a rare appearance makes s 10³⁰ times as large', () => {
    const [p, c] = [1e-9, 1e30];
    const rare = pairOf({
      steps: 3,
      batchSize: 1,
      initialSquaredNorm: 4,
      learningRate: 1e15,
      popularity: { lower: p, upper: p },
    });
    // From n = 1 on S_n = c/4, to the last digit.
    const absent = (1 - p) ** 3;
    expect(exactPairLaw(rare)!.norm.upper.mean / (2 * absent + Math.sqrt(c / 4) * (3 * p - 3 * p * p))).toBeCloseTo(
      1,
      14,
    );
    const rarer = { ...rare, steps: 1, popularity: { lower: 1e-40, upper: 1e-40 } };
    expect(exactPairLaw(rarer)!.squaredNorm.upper.variance / (1e-40 * (c / 4) ** 2)).toBeCloseTo(1, 12);
  });

  it('has no negative variance where all that differs is lost among the digits', () => {
    const popularity = { lower: 1e-17, upper: 0.5 };
    const { norm, squaredNorm } = exactPairLaw(pairOf({ steps: 300, batchSize: 1, tangentSignal: 1e15, popularity }))!;
    for (const { difference } of [norm, squaredNorm]) expect(difference!.variance).toBeGreaterThanOrEqual(0);
  });

  it('raises the mean norm with popularity (A15)', () => {
    const means = Array.from({ length: 20 }, (_, index) => {
      return exactPairLaw(pairOf({ popularity: { lower: 0, upper: index / 20 }, steps: 200 }))!.norm.upper.mean;
    });
    expect(means).toEqual([...means].sort((a, b) => a - b));
  });

  it('knows the marginals of a training of ten million steps, without the joint law', () => {
    const law = exactPairLaw(pairOf({ steps: 1e7, batchSize: 1, popularity: { lower: 0.5, upper: 0.6 } }))!;
    expect(law.norm.difference).toBeNull();
    expect(law.norm.varianceReduction).toBeNull();
    // ‖q‖⁴ = 2cn + ½ ln n + …, n ≈ 6e6 (A5).
    expect(law.norm.upper.mean ** 4 / 1.2e7).toBeCloseTo(1, 5);
  });

  it.each([-1, 2.5, 7])('refuses step %d of 6', (step) => {
    expect(() => exactPairLaw(pairOf(), step)).toThrow(
      new RangeError(`exactPairLaw: step must be an integer in 0 … 6, got ${step}`),
    );
  });
});

describe('exactMeanNorms', () => {
  it.each<[string, Partial<PairParameters>]>([
    ['binomial', { steps: 400 }],
    ['enumerated', { steps: 9, weightDecay: dense, gain: cosine }],
  ])('is the mean of the exact law at every step, %s', (_source, changes) => {
    const pair = pairOf(changes);
    const steps = [0, 1, 3, 9];
    const laws = steps.map((step) => exactPairLaw(pair, step)!.norm);
    expect(exactMeanNorms(pair, steps)).toEqual({
      lower: laws.map(({ lower }) => lower.mean),
      upper: laws.map(({ upper }) => upper.mean),
    });
  });

  it('is null as soon as one step is out of reach', () => {
    const pair = pairOf({ steps: 20, gain: cosine });
    expect(exactMeanNorms(pair, [1, 10])).not.toBeNull();
    expect(exactMeanNorms(pair, [1, 11])).toBeNull();
  });

  it('refuses a step that the training does not have', () => {
    expect(() => exactMeanNorms(pairOf(), [1, 7])).toThrow(RangeError);
  });
});

describe('exactSquaredNormLaws', () => {
  it('has the moments of exactPairLaw, where that comes from numbers of appearances', () => {
    for (const changes of [{ steps: 300 }, { steps: 300, weightDecay: lazy }, { steps: 0 }]) {
      const pair = pairOf(changes);
      const laws = exactSquaredNormLaws(pair)!;
      const { squaredNorm } = exactPairLaw(pair)!;
      for (const run of ['lower', 'upper'] as const) {
        expect(laws[run]).toMatchObject(squaredNorm[run]);
        expect(laws[run].atoms.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
      }
    }
  });

  it('is none where they do not', () => {
    expect(exactSquaredNormLaws(pairOf({ weightDecay: dense, steps: 10 }))).toBeNull();
    expect(exactSquaredNormLaws(pairOf({ momentum: { beta: 0.5, dimension: 8 } }))).toBeNull();
  });
});
