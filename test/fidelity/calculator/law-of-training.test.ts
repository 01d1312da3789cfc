import { describe, expect, it } from 'vitest';
import { finalNorms } from '../../../src/fidelity/calculator/final-norms.ts';
import { zipfPopularity } from '../../../src/fidelity/calculator/law-interactions.ts';
import { type LawOfTraining, lawOfTraining } from '../../../src/fidelity/calculator/law-of-training.ts';
import { thresholdsOf } from '../../../src/fidelity/calculator/thresholds.ts';
import type { TrainingSpecification } from '../../../src/trainer/specification.ts';
import { sgd, trainingOf } from '../../trainer/training.ts';

const popularity = zipfPopularity(1, 100, 5000).map(Math.round);
const pairs = popularity.reduce((sum, count) => sum + count, 0);

const specificationOf = (changes: Partial<TrainingSpecification> = {}) =>
  trainingOf({ dimension: 8, batches: { sampler: 'epoch-shuffle', size: 64 }, epochs: 4, ...changes });

const lawOf = (changes: Partial<TrainingSpecification> = {}) =>
  lawOfTraining(specificationOf(changes), popularity) as LawOfTraining;

const planned = {
  popularity,
  learningRate: 5,
  batchSize: 64,
  dimension: 8,
  temperature: 1,
  initial: { standardDeviation: 1 },
  epochs: 4,
  momentum: 0,
  weightDecay: { rate: 0, applies: 'dense' },
} as const;

describe('lawOfTraining', () => {
  it('is the calculator’s law of the same training', () => {
    const law = lawOf();
    expect(law.normsAt(50).norms).toEqual(finalNorms({ ...planned, learningRate: 50 }).norms);
    expect(law.thresholds()).toEqual(thresholdsOf(planned));
  });

  it('has one batch of all pairs where the sampler is full', () => {
    const full = lawOf({ batches: { sampler: 'full', size: 1 } });
    expect(full.normsAt(50).norms).toEqual(finalNorms({ ...planned, batchSize: pairs, learningRate: 50 }).norms);
  });

  it('counts a schedule by the mean of its squared rates', () => {
    const steps = 4 * Math.ceil(pairs / 64);
    const schedule = { shape: 'step', every: steps / 2, factor: 0.5 } as const;
    const item = { ...sgd(5), schedule } as ReturnType<typeof sgd>;
    const law = lawOf({ optimisers: { user: sgd(5), item } });
    const factor = Math.sqrt((1 + 0.25) / 2);
    expect(law.normsAt(50).norms[0][10]).toBeCloseTo(lawOf().normsAt(50 * factor).norms[0][10], 12);
    expect(law.normsAt(50).norms[0][10]).not.toBeCloseTo(lawOf().normsAt(50 * 0.75).norms[0][10], 6);
    expect(law.thresholds().significant! * factor).toBeCloseTo(lawOf().thresholds().significant!, 4);
  });

  it('takes a momentum that cycles between 0 and 0 for none', () => {
    const item = { ...sgd(5), momentum: { low: 0, high: 0 } } as ReturnType<typeof sgd>;
    expect(lawOf({ optimisers: { user: sgd(5), item } }).normsAt(50).norms).toEqual(lawOf().normsAt(50).norms);
  });

  it.each<[string, Partial<TrainingSpecification>]>([
    ['the loss is info-nce-dot', { loss: { name: 'info-nce-dot', temperature: 1 } }],
    ['theirs is one-hot-linear', { tower: { kind: 'one-hot-linear', bias: true } }],
    [
      'another optimiser',
      { optimisers: { user: sgd(5), item: { ...sgd(5), momentum: 0.9 } as ReturnType<typeof sgd> } },
    ],
    [
      'another optimiser',
      {
        optimisers: {
          user: sgd(5),
          item: { ...sgd(5), weightDecay: { rate: 0.1, applies: 'lazy' } } as ReturnType<typeof sgd>,
        },
      },
    ],
    ['ends by its mean cosine', { untilMeanCosine: 0.9 }],
    ['parameters were given', { initialParameters: {} }],
    ['in one dimension nothing is tangent', { dimension: 1 }],
  ])('is none, and says why: %s', (why, changes) => {
    expect(lawOfTraining(specificationOf(changes), popularity)).toEqual({ whyNot: expect.stringContaining(why) });
  });

  it('is none of three items', () => {
    expect(lawOfTraining(specificationOf(), [1, 2, 3])).toEqual({ whyNot: 'there are fewer than 4 items' });
  });
});
