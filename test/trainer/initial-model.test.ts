import { describe, expect, it } from 'vitest';
import { dot, rowOf } from '../../src/maths/matrix.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { drawModel } from '../../src/trainer/initial-model.ts';
import { allOutputs } from '../../src/trainer/sgd-step.ts';
import { streamsOf, trainingOf } from './training.ts';

const drawn = (changes: Parameters<typeof trainingOf>[0], training = 1) =>
  drawModel(trainingOf(changes), toyInteractions, streamsOf(training).parameters);

describe('a model at its start', () => {
  it('has rows of the radius that was asked for', () => {
    const { item } = drawn({ initial: { radius: 3 }, dimension: 5 });
    const outputs = allOutputs(item);
    for (let row = 0; row < 19; row++)
      expect(Math.sqrt(dot(rowOf(outputs, row), rowOf(outputs, row)))).toBeCloseTo(3, 12);
  });

  it('scales exactly with the standard deviation', () => {
    const [one, quarter] = [1, 0.25].map((standardDeviation) =>
      allOutputs(drawn({ initial: { standardDeviation } }).item),
    );
    expect([...quarter.values]).toEqual([...one.values].map((value) => value / 4));
  });

  it('starts trainings of other numbers elsewhere', () => {
    expect(allOutputs(drawn({}, 1).item)).not.toEqual(allOutputs(drawn({}, 2).item));
  });

  it('freezes what is frozen, and nothing else', () => {
    const trainable = (kind: 'frozen-linear' | 'embedding-linear') =>
      drawn({ tower: { kind, features: 3, bias: true } }).user.parameters.map(({ name, isTrainable }) => [
        name,
        isTrainable,
      ]);
    expect(trainable('frozen-linear')).toEqual([
      ['emb.weight', false],
      ['lin.weight', true],
      ['lin.bias', true],
    ]);
    expect(trainable('embedding-linear')).toEqual([
      ['emb.weight', true],
      ['lin.weight', true],
      ['lin.bias', true],
    ]);
  });

  it('takes given parameters in the place of drawn ones, and draws the rest as before', () => {
    const given = Array.from({ length: 14 }, (_, index) => index);
    const model = drawn({ initialParameters: { 'left.emb.weight': given } });
    expect([...allOutputs(model.user).values]).toEqual(given);
    expect(allOutputs(model.item)).toEqual(allOutputs(drawn({}).item));
  });
});
