import { dot, type Matrix, rowOf } from '../../maths/matrix.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { infoNceCosine } from '../../trainer/losses/info-nce.ts';
import { sgdStep } from '../../trainer/sgd-step.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import type { Gap, GapMeasurement } from '../gap.ts';

const [trainings, steps, dimension] = [10, 100, 2];

/** What the rounding of the two sums of squares, in float64, can look like. */
const sumRounding = 4 * 2 ** -52;

/** Gap G10: what single precision does to the norm. */
export const singlePrecision: Gap = {
  id: 'G10',
  article: 'Orthogonal steps make the norm grow at every step.',
  instead:
    'In float32 the rounding of q + Δq makes it fall in many steps, the more the smaller the rate; in float64 it never does.',
  measure: ({ uniform }) =>
    [5, 0.05, 1e-3, 1e-4].flatMap((learningRate) => [
      fallingShare(learningRate, 'float32', Math.fround, uniform),
      fallingShare(learningRate, 'float64', (value) => value, uniform),
    ]),
};

/** The share of the moves of a row after which its norm is smaller, parameters and steps rounded to a precision. */
function fallingShare(
  learningRate: number,
  name: string,
  round: (value: number) => number,
  uniform: (name: string) => () => number,
): GapMeasurement {
  const { users, items, pairs } = toyInteractions;
  const batch = { users: pairs.map(([user]) => user), items: pairs.map(([, item]) => item) };
  let [moved, fallen] = [0, 0];
  for (let training = 0; training < trainings; training++) {
    const draw = uniform(`training ${training}`);
    const tables = [users, items].map(({ length }) => rounded(drawNormalMatrix(length, dimension, draw), round));
    const [user, item] = tables.map((table) => embeddingTower(table));
    for (let step = 0; step < steps; step++) {
      const before = tables.map(({ values }) => values.slice());
      sgdStep({ user, item, loss: infoNceCosine(1) }, batch, learningRate);
      for (const [side, table] of tables.entries()) {
        rounded(table, round);
        for (let row = 0; row < table.rows; row++) {
          const [from, to] = [rowOf({ ...table, values: before[side] }, row), rowOf(table, row)];
          if (to.every((value, index) => value === from[index])) continue;
          moved += 1;
          if (dot(to, to) < dot(from, from) * (1 - sumRounding)) fallen += 1;
        }
      }
    }
  }
  const share = fallen / moved;
  const standardError = 100 * Math.sqrt((share * (1 - share)) / moved);
  return {
    what: `moves after which the norm is smaller, η = ${learningRate}, ${name}`,
    value: 100 * share,
    standardError,
    unit: '%',
  };
}

/** Rounds a matrix in place. */
function rounded(matrix: Matrix, round: (value: number) => number): Matrix {
  for (let index = 0; index < matrix.values.length; index++) matrix.values[index] = round(matrix.values[index]);
  return matrix;
}
