import { describe, expect, it } from 'vitest';
import { dot, type Matrix, matrixOf, rowOf } from '../../src/maths/matrix.ts';
import { descend } from '../../src/trainer/parameter.ts';
import { embeddingTower } from '../../src/trainer/towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from '../../src/trainer/towers/linear.ts';
import type { TowerWithKernel } from '../../src/trainer/towers/tower.ts';

const features = () => matrixOf(3, 2, [0.5, -1, 2, 0.25, -0.75, 1.5]);
const weight = () => matrixOf(2, 2, [1, -0.5, 0.25, 2]);
const bias = () => Float64Array.from([0.1, -0.2]);

const towers: readonly (() => TowerWithKernel)[] = [
  () => embeddingTower(features()),
  () => frozenLinearTower({ features: features(), weight: weight(), bias: bias() }),
  () => oneHotLinearTower(matrixOf(2, 3, [1, 2, 3, 4, 5, 6]), null),
  () => oneHotLinearTower(matrixOf(2, 3, [1, 2, 3, 4, 5, 6]), bias()),
  () => embeddingLinearTower({ features: features(), weight: weight(), bias: bias() }),
];
const batch = [0, 2, 0];
const gradient = matrixOf(3, 2, [0.3, -0.2, 0.1, 0.4, -0.5, 0.6]);

/** By how much a step moves the outputs, and by how much the kernels say it does. */
function movement(open: () => TowerWithKernel, learningRate: number): { moved: number[]; predicted: number[] } {
  const tower = open();
  const inputs = [0, 1, 2];
  const before = tower.outputs(inputs);
  const predicted = inputs.flatMap((i) => {
    const kernels = batch.map((j) => tower.kernel(i, j));
    return [0, 1].map((axis) => -learningRate * sumOf(kernels, axis));
  });
  descend(tower.parameters, tower.gradients(batch, gradient), learningRate);
  return { moved: Array.from(tower.outputs(inputs).values, (value, index) => value - before.values[index]), predicted };
}

function sumOf(kernels: readonly Matrix[], axis: number): number {
  return kernels.reduce((sum, kernel, slot) => sum + dot(rowOf(kernel, axis), rowOf(gradient, slot)), 0);
}

describe.each(towers.map((open) => ({ open, name: open().name })))('$name', ({ open }) => {
  it('moves by −η Σ J_iJ_jᵀg_j: exactly where it is linear, to first order where it is not', () => {
    const off = (learningRate: number) => {
      const { moved, predicted } = movement(open, learningRate);
      return Math.max(...moved.map((value, index) => Math.abs(value - predicted[index])));
    };
    if (open().isLinear) expect(off(0.5)).toBeLessThan(1e-15 * 32);
    // Half the rate, a quarter of the error.
    else expect(off(1e-2) / off(5e-3)).toBeCloseTo(4, 1);
  });
});

it('gives an input its own row, and a repeated input the sum of its gradients', () => {
  const tower = embeddingTower(features());
  descend(tower.parameters, tower.gradients(batch, gradient), 1);
  expect([...tower.outputs([1]).values]).toEqual([2, 0.25]);
  expect([...tower.outputs([0]).values]).toEqual([0.5 - 0.3 + 0.5, -1 + 0.2 - 0.6]);
});

it('moves every output with a bias', () => {
  const tower = oneHotLinearTower(matrixOf(2, 3, [1, 2, 3, 4, 5, 6]), bias());
  const before = [...tower.outputs([1]).values];
  descend(tower.parameters, tower.gradients([0], matrixOf(1, 2, [1, 1])), 0.5);
  expect([...tower.outputs([1]).values]).toEqual(before.map((value) => value - 0.5));
});
