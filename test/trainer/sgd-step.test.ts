import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/maths/matrix.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { allOutputs, batchGradient, sgdStep } from '../../src/trainer/sgd-step.ts';
import { fixtureNames, modelOf, readFixture } from './fixture.ts';

const largestGap = (matrix: Matrix, rows: readonly (readonly number[])[]) =>
  Math.max(...rows.flat().map((value, index) => Math.abs(value - matrix.values[index])));

describe.each(fixtureNames)('%s', (name) => {
  const fixture = readFixture(name);

  it('starts with the outputs and the loss of the independent implementation', () => {
    const { model, batch } = modelOf(fixture);
    const { step0 } = fixture;
    expect(largestGap(allOutputs(model.user), step0.users)).toBeLessThan(1e-14);
    expect(largestGap(allOutputs(model.item), step0.items)).toBeLessThan(1e-14);
    expect(Math.abs(batchGradient(model, batch).value - step0.loss)).toBeLessThan(1e-14);
  });

  it('follows it through a hundred steps, within what rounding in another order may do', () => {
    const { model, batch } = modelOf(fixture);
    let step = 0;
    for (const snapshot of fixture.snapshots) {
      let loss = Number.NaN;
      for (; step < snapshot.step; step++) loss = sgdStep(model, batch, fixture.lr);
      const tolerance = fixture.suggested_abs_tol[step];
      expect(Math.abs(loss - snapshot.loss_before_step)).toBeLessThan(tolerance);
      expect(largestGap(allOutputs(model.user), snapshot.users)).toBeLessThan(tolerance);
      expect(largestGap(allOutputs(model.item), snapshot.items)).toBeLessThan(tolerance);
    }
    expect(step).toBe(100);
  });

  it('is told from a rate that is a millionth off', () => {
    const { model, batch } = modelOf(fixture);
    sgdStep(model, batch, fixture.lr * (1 + 1e-6));
    const [{ items }] = fixture.snapshots;
    expect(largestGap(allOutputs(model.item), items)).toBeGreaterThan(fixture.suggested_abs_tol[1]);
  });
});

it('has the toy data that the fixtures were made with', () => {
  const { user_names, item_names, pairs } = readFixture('exp1');
  expect(toyInteractions).toEqual({ users: user_names, items: item_names, pairs });
});
