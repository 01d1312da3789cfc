import { describe, expect, it } from 'vitest';
import { pearson, spearman } from '../../src/statistics/correlation.ts';
import type { Interactions } from '../../src/trainer/data-sets/interactions.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import type { TrainingSpecification } from '../../src/trainer/specification.ts';
import { recordedEpochs, train } from '../../src/trainer/train.ts';
import { sgd, streamsOf, trainingOf } from './training.ts';

const bert = {
  kind: 'bert',
  width: 8,
  heads: 2,
  layers: 2,
  feedForward: 16,
  norm: 'post',
  activation: 'gelu',
} as const;
const dot = { name: 'info-nce-dot', temperature: 1 } as const;
const squaredGap = { name: 'squared-cosine-gap', temperature: 1 } as const;

/** The article's table: whether users and items move orthogonally. */
const experiments: readonly [name: string, changes: Partial<TrainingSpecification>, user: boolean, item: boolean][] = [
  ['1, embedding', {}, true, true],
  ['2, dot products', { loss: dot }, false, false],
  ['3, BERT-like', { tower: { ...bert, pooling: 'mean' } }, false, true],
  ['3, BERT-like, pre-norm, CLS', { tower: { ...bert, norm: 'pre', activation: 'relu', pooling: 'cls' } }, false, true],
  ['4, embedding, then linear', { tower: { kind: 'embedding-linear', features: 2, bias: true } }, false, true],
  ['5, frozen embedding, then linear', { tower: { kind: 'frozen-linear', features: 2, bias: true } }, false, true],
  ['6, one-hot, then linear', { tower: { kind: 'one-hot-linear', bias: false } }, true, true],
  ['6, the same with a bias', { tower: { kind: 'one-hot-linear', bias: true } }, false, true],
  ['7, squared gap', { loss: squaredGap }, true, true],
];

describe.each(experiments)('experiment %s', (_, changes, isUserTangent, isItemTangent) => {
  const { records, stopped } = train(trainingOf(changes), toyInteractions, streamsOf(1));

  it('is recorded at epochs 1 to 3, the middle one and the last', () => {
    expect(stopped).toBeNull();
    expect(records.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 50, 100]);
  });

  it.each(['user', 'item'] as const)(
    'moves the %ss as the article says, by its own measure and by the angle',
    (side) => {
      const isTangent = side === 'user' ? isUserTangent : isItemTangent;
      for (const record of records) {
        const { articleShare, tangentShare, growth } = record[side];
        if (isTangent) {
          expect([articleShare, tangentShare]).toEqual([1, 1]);
          expect(growth).toBeCloseTo(1, 6);
        } else expect(tangentShare).toBeLessThan(0.5);
      }
    },
  );
});

it('loses the tangent steps to momentum and to dense weight decay', () => {
  for (const change of [{ momentum: 0.9 }, { weightDecay: { rate: 0.01, applies: 'dense' } }] as const) {
    const item = { ...sgd(0.5), ...change } as ReturnType<typeof sgd>;
    const { records } = train(trainingOf({ optimisers: { user: sgd(0.5), item } }), toyInteractions, streamsOf(1));
    expect(records[1].item.tangentShare).toBeLessThan(0.5);
    expect(records[1].user.tangentShare).toBe(1);
  }
});

/** User i meets item i. */
function oneToOne(count: number): Interactions {
  const names = Array.from({ length: count }, (_, number) => String(number));
  return { users: names, items: names, pairs: names.map((_, number) => [number, number]) };
}

it.each([
  [0.25, 6],
  [0.5, 24],
  [0.75, 54],
])('needs the published number of steps from spheres of radius %d: %d', (radius, steps) => {
  const training = trainingOf({
    dimension: 20,
    loss: { name: 'negative-cosine', temperature: 1 },
    initial: { radius },
    optimisers: { user: sgd(10), item: sgd(10) },
    epochs: 200,
    untilMeanCosine: 0.999,
  });
  // 500 pairs in the notebook of arXiv 2502.09252; every pair moves by itself, and the mean over them decides.
  const summary = train(training, oneToOne(500), streamsOf(1));
  expect(Math.abs(summary.steps - steps)).toBeLessThanOrEqual(1);
  expect(summary.stopped).toMatchObject({ isFailure: false, step: summary.steps });
});

it('stops with the step and the reason when a number is no longer finite, and keeps what was recorded', () => {
  const training = trainingOf({ loss: dot, optimisers: { user: sgd(1e200), item: sgd(1e200) } });
  const { stopped, records, steps } = train(training, toyInteractions, streamsOf(1));
  expect(stopped).toMatchObject({ isFailure: true, step: steps });
  expect(stopped?.because).toMatch(/^step \d+: (the loss became|the (user|item) tower's norms)/);
  expect(records.length).toBeLessThan(5);
  const numbers = JSON.stringify(records.map(({ picture: _, ...record }) => record));
  expect(numbers).not.toContain('null');
});

describe('popularity and norm', () => {
  it.each<[string, Partial<TrainingSpecification>]>([
    ['experiment 1', {}],
    ['shuffled batches', { batches: { sampler: 'epoch-shuffle', size: 10 }, dimension: 5 }],
    [
      'dense weight decay',
      { optimisers: { user: sgd(1), item: { ...sgd(1), weightDecay: { rate: 0.01, applies: 'dense' } } } },
    ],
  ])('have at the last epoch the correlations of the norms that the training ends with: %s', (_, changes) => {
    const { records, items } = train(trainingOf({ epochs: 10, ...changes }), toyInteractions, streamsOf(1));
    const last = records.at(-1)!;
    expect(last.epoch).toBe(10);
    expect(last.popularity.pearson).toBe(pearson(items.popularity, items.finalNorm)!.coefficient);
    expect(last.popularity.spearman).toBe(spearman(items.popularity, items.finalNorm)!.coefficient);
    expect(last.popularity.pearson).not.toBe(pearson(items.popularity, items.initialNorm)!.coefficient);
  });

  it('have none where all items are as popular', () => {
    const { records } = train(trainingOf({ epochs: 1 }), oneToOne(10), streamsOf(1));
    expect(records[0].popularity).toEqual({ pearson: null, spearman: null });
  });

  it.each([1e153, 1e-162])('stay numbers that JSON can hold at a scale of %d', (standardDeviation) => {
    const still = { user: sgd(0), item: sgd(0) };
    const extreme = trainingOf({ epochs: 1, initial: { standardDeviation }, loss: dot, optimisers: still });
    for (const { popularity } of train(extreme, toyInteractions, streamsOf(1)).records) {
      expect(JSON.parse(JSON.stringify(popularity))).toEqual(popularity);
    }
  });
});

it('is the same again from the same streams, and another from others', () => {
  const of = (training: number) =>
    JSON.stringify(train(trainingOf({ epochs: 3 }), toyInteractions, streamsOf(training)));
  expect(of(1)).toBe(of(1));
  expect(of(1)).not.toBe(of(2));
});

it.each([
  [1, [1]],
  [4, [1, 2, 3, 4]],
  [10, [1, 2, 3, 5, 10]],
])('of %d epochs records %j', (epochs, recorded) => {
  expect(recordedEpochs(epochs)).toEqual(recorded);
});

describe('kernels and plain twins', () => {
  /** Of experiment 1, 4 and 10: two tables in the fused kernel, and InfoNCE compiled for what it does not train. */
  const trainings: readonly [name: string, changes: Partial<TrainingSpecification>][] = [
    ['two embedding tables', {}],
    ['dot products', { loss: dot }],
    ['in shuffled batches', { batches: { sampler: 'epoch-shuffle', size: 10 } }],
    [
      'at a rate that falls',
      { optimisers: { user: sgd(5), item: { ...sgd(5), schedule: { shape: 'cosine', floor: 0.1 } } } },
    ],
    ['a linear layer', { tower: { kind: 'embedding-linear', features: 2, bias: true } }],
    ['momentum', { optimisers: { user: sgd(5), item: { ...sgd(0.5), momentum: 0.9 } as ReturnType<typeof sgd> } }],
  ];

  it.each(trainings)('agree step by step: %s', (_, changes) => {
    const training = trainingOf({ epochs: 10, snapshots: [1, 2, 10], ...changes });
    const [kernels, plain] = (['auto', 'plain'] as const).map((kernel) =>
      train(training, toyInteractions, streamsOf(1), { kernel }),
    );
    expect(kernels.snapshots.length).toBe(3);
    for (const [index, { users, items }] of kernels.snapshots.entries()) {
      const expected = plain.snapshots[index];
      const gaps = [...users.flat(), ...items.flat()].map((value, entry) => {
        return Math.abs(value - [...expected.users.flat(), ...expected.items.flat()][entry]);
      });
      expect(Math.max(...gaps)).toBeLessThan(1e-10);
    }
  });

  it('has tables of singles from the first norm to the last, near those of doubles', () => {
    const [double, single] = (['double', 'single'] as const).map((precision) =>
      train(trainingOf({ precision, epochs: 3, snapshots: [3] }), toyInteractions, streamsOf(1)),
    );
    const rows = single.snapshots[0].items.flat();
    expect(rows.map(Math.fround)).toEqual(rows);
    expect(double.snapshots[0].items.flat().map(Math.fround)).not.toEqual(double.snapshots[0].items.flat());
    for (const [item, norm] of double.items.initialNorm.entries()) {
      expect(single.items.initialNorm[item]).not.toBe(norm);
      expect(single.items.initialNorm[item]).toBeCloseTo(norm, 6);
      expect(single.items.finalNorm[item]).toBeCloseTo(double.items.finalNorm[item], 4);
    }
  });

  it.each<[string, Partial<TrainingSpecification>, 'auto' | 'plain']>([
    ['embedding towers only, not one-hot-linear', { tower: { kind: 'one-hot-linear', bias: false } }, 'auto'],
    ['InfoNCE only, not squared-cosine-gap', { loss: squaredGap }, 'auto'],
    ['kernels are not wanted', {}, 'plain'],
  ])('computes in singles nowhere else: %s', (why, changes, kernel) => {
    const training = trainingOf({ precision: 'single', ...changes });
    expect(() => train(training, toyInteractions, streamsOf(1), { kernel })).toThrow(why);
  });
});
