import { describe, expect, it } from 'vitest';
import { comparePredictors } from '../../src/fidelity/comparison.ts';
import { predictors } from '../../src/fidelity/predictors/index.ts';
import type { Predictor } from '../../src/fidelity/predictors/predictor.ts';
import { meanGainOfSlot, softmaxLaw } from '../../src/fidelity/predictors/softmax-law.ts';
import { recordTraining } from '../../src/fidelity/recorded-training.ts';
import { generateInteractions } from '../../src/trainer/data-sets/generated.ts';
import type { TrainingSpecification } from '../../src/trainer/specification.ts';
import type { Appearance } from '../../src/trainer/steppers/watched-stepper.ts';
import { train } from '../../src/trainer/train.ts';
import { sgd, streamsOf, trainingOf } from '../trainer/training.ts';

const data = generateInteractions(
  { users: 1000, items: 300, interactions: 20_000, zipfExponent: 1, factors: 0 },
  streamsOf(7).batches,
);

function specification(changes: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return trainingOf({
    dimension: 32,
    batches: { sampler: 'epoch-shuffle', size: 256 },
    epochs: 5,
    optimisers: { user: sgd(100), item: sgd(100) },
    ...changes,
  });
}

function tableOf(changes: Partial<TrainingSpecification> = {}) {
  const { recording } = recordTraining(specification(changes), data, streamsOf(1));
  const table = comparePredictors(predictors, recording);
  return { recording, table, by: new Map(table.predictors.map((comparison) => [comparison.letter, comparison])) };
}

describe('a training with its four conditions', () => {
  const { recording, table, by } = tableOf();

  it('is told to rounding by the recorded gains, and nearly by each item’s mean', () => {
    expect(by.get('e')!.largestError).toBeLessThan(1e-12);
    expect(by.get('b')!.growthR2!.value).toBeGreaterThan(0.9999);
  });

  it('is told by the law of the softmax before it has begun', () => {
    const { growthR2, pearson, needs } = by.get('f')!;
    expect(needs).toBe('nothing');
    expect(growthR2!.value).toBeGreaterThan(0.98);
    expect(Math.abs(pearson!.value - table.pearson!.value)).toBeLessThan(0.02);
  });

  it('is not told by one constant gain, nor by the law with half of its growth', () => {
    expect(by.get('a')!.growthR2!.value).toBeLessThan(0.9);
    const wrong: Predictor = {
      ...softmaxLaw,
      predict(of) {
        return softmaxLaw.predict(of).map((s, item) => Math.sqrt((s ** 2 + of.initial[item] ** 2) / 2));
      },
    };
    const [{ growthR2 }] = comparePredictors([wrong], recording).predictors;
    expect(growthR2!.value).toBeLessThan(0.8);
  });

  it('has gains that grow with the number of copies, and never shrink a norm', () => {
    expect(recording.gains.multiplicityExponent).toBeGreaterThan(0.9);
    expect(recording.gains.multiplicityExponent).toBeLessThan(1.05);
    expect(recording.gains.shareFalling).toBe(0);
    expect(recording.gains.popularityExponent).toBeGreaterThan(0.1);
    expect(recording.gains.byEpoch).toHaveLength(5);
  });

  it('counts every slot of every epoch', () => {
    const slots = recording.items.map((item) => item.slots);
    expect(slots).toEqual(recording.popularity.map((interactions) => 5 * interactions));
  });

  it('keeps the predicted norms, from which its R² comes again', () => {
    const measured = recording.final.map(Math.sqrt);
    const mean = measured.reduce((sum, norm) => sum + norm, 0) / measured.length;
    for (const { finalNorm, normR2 } of table.predictors) {
      const residual = measured.reduce((sum, norm, item) => sum + (norm - finalNorm[item]!) ** 2, 0);
      const total = measured.reduce((sum, norm) => sum + (norm - mean) ** 2, 0);
      expect(normR2!.value).toBeCloseTo(1 - residual / total, 10);
    }
  });

  it('keeps null for a prediction that is no number', () => {
    const lost: Predictor = {
      ...softmaxLaw,
      predict: (of) => softmaxLaw.predict(of).map((s, item) => (item === 3 ? -1 : s)),
    };
    const [{ finalNorm }] = comparePredictors([lost], recording).predictors;
    expect(finalNorm.filter((norm) => norm === null)).toHaveLength(1);
    expect(finalNorm[3]).toBeNull();
  });

  it('has intervals around the values, the same in every process', () => {
    for (const { growthR2, spearman } of table.predictors) {
      expect(growthR2!.low).toBeLessThanOrEqual(growthR2!.value);
      expect(spearman!.high).toBeLessThanOrEqual(1);
    }
    expect(JSON.stringify(comparePredictors(predictors, recording))).toBe(JSON.stringify(table));
  });
});

it('is not told by the recorded gains where a condition fails: momentum moves what does not appear', () => {
  const item = { ...sgd(20), momentum: 0.9 } as ReturnType<typeof sgd>;
  const { by } = tableOf({ optimisers: { user: sgd(20), item } });
  expect(by.get('e')!.largestError).toBeGreaterThan(1e-3);
});

it('takes schedules and smaller last batches into the law', () => {
  const half = { ...sgd(100), schedule: { shape: 'step', every: 1000, factor: 0.5 } } as ReturnType<typeof sgd>;
  const whole = meanGainOfSlot(specification(), 20_000);
  expect(meanGainOfSlot(specification({ optimisers: { user: half, item: half } }), 20_000)).toBe(whole);
  const c1 = (100 / 256) ** 2 * (1 - 1 / 32) * (1 - 1 / 256);
  expect(meanGainOfSlot(specification(), 25_600)).toBeCloseTo(c1, 14);
  // 78 batches of 256 and one of 32.
  const rest = (100 / 32) ** 2 * (1 - 1 / 32) * (1 - 1 / 32) * 32;
  expect(whole).toBeCloseTo((c1 * 78 * 256 + rest) / 20_000, 14);
});

it.each(['auto', 'plain'] as const)('records the same numbers as the training has, %s', (kernel) => {
  const appearances: Appearance[] = [];
  const changes = { epochs: 1, batches: { sampler: 'epoch-shuffle', size: 256 } } as const;
  const watched = train(specification(changes), data, streamsOf(1), {
    kernel,
    onAppearance: (appearance) => appearances.push(appearance),
  });
  const alone = train(specification(changes), data, streamsOf(1), { kernel });
  expect(JSON.stringify(watched)).toBe(JSON.stringify(alone));
  const last = new Map(appearances.map(({ item, after }) => [item, after]));
  for (const [item, s] of last) expect(Math.sqrt(s)).toBeCloseTo(alone.items.finalNorm[item], 12);
  expect(appearances.filter(({ step }) => step === 79).every(({ batchSize }) => batchSize === 32)).toBe(true);
});
