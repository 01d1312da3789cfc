import { dot, type Matrix, rowOf } from '../maths/matrix.ts';
import type { Interactions } from './data-sets/interactions.ts';
import { allOutputs, type TwoTowers } from './sgd-step.ts';

/** What both towers make of all their inputs: shape [users, d] and [items, d], copies. */
export interface Outputs {
  readonly user: Matrix;
  readonly item: Matrix;
}

export function outputsOf({ user, item }: TwoTowers): Outputs {
  return { user: copyOf(allOutputs(user)), item: copyOf(allOutputs(item)) };
}

/** ‖q‖ of every row. */
export function normsOf(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, row) => Math.sqrt(dot(rowOf(matrix, row), rowOf(matrix, row))));
}

/** The sides on which some row has no finite norm. */
export function unsoundSides({ user, item }: Outputs): string[] {
  const isSound = (matrix: Matrix) => normsOf(matrix).every(Number.isFinite);
  return Object.entries({ user, item }).flatMap(([side, outputs]) => (isSound(outputs) ? [] : [side]));
}

/** The mean of cos(q, k) over pairs of user and item. */
export function meanCosine({ user, item }: Outputs, pairs: Interactions['pairs']): number {
  const cosines = pairs.map(([u, i]) => {
    const [q, k] = [rowOf(user, u), rowOf(item, i)];
    return dot(q, k) / Math.sqrt(dot(q, q) * dot(k, k));
  });
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}
