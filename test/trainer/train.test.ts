import { describe, expect, it } from 'vitest';
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
