import { type Matrix, rowOf } from '../../maths/matrix.ts';
import { jointMoments } from '../../statistics/joint-moments.ts';
import { meanEstimate } from '../../statistics/pair-estimates.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { infoNceCosine } from '../../trainer/losses/info-nce.ts';
import { sgdStep } from '../../trainer/sgd-step.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import type { Gap, GapMeasurement } from '../gap.ts';

const [trainings, steps, dimension] = [20, 100, 2];

/** The rounding of a number to a precision. */
type Rounding = (value: number) => number;
const exactly: Rounding = (value) => value;

/** How parameters are kept, and how the squares of a norm are summed. */
const precisions: readonly { readonly name: string; readonly kept: Rounding; readonly summed: Rounding }[] = [
  { name: 'rows and norms in float32', kept: Math.fround, summed: Math.fround },
  { name: 'rows in float32, norms in float64', kept: Math.fround, summed: exactly },
  { name: 'rows and norms in float64', kept: exactly, summed: exactly },
];

/** Gap G10: what single precision does to the norm. */
export const singlePrecision: Gap = {
  id: 'G10',
  article: 'Orthogonal steps make the norm grow at every step.',
  instead:
    'In float32 the rounding of q + Δq makes it fall in many steps, the more the smaller the rate, and a norm in float32 hides half of the falls; in float64 it falls only where ‖Δq‖² is less than an ulp of s.',
  measure: ({ uniform }) =>
    [5, 0.05, 1e-3, 1e-4].flatMap((learningRate) =>
      precisions.map(({ name, kept, summed }): GapMeasurement => {
        const shares = Array.from({ length: trainings }, (_, training) =>
          fallingShare(learningRate, kept, summed, uniform(`training ${training}`)),
        );
        // Moves of one training depend on each other: the uncertainty is that between trainings.
        const { estimate, standardError } = meanEstimate(jointMoments(shares, shares), 0);
        const what = `moves of a row after which its norm is smaller, η = ${learningRate}: ${name}`;
        return { what, value: 100 * estimate, standardError: 100 * standardError!, unit: '%' };
      }),
    ),
};

/** The share of one training's moves after which the norm of the row is smaller. */
function fallingShare(learningRate: number, kept: Rounding, summed: Rounding, uniform: () => number): number {
  const { users, items, pairs } = toyInteractions;
  const batch = { users: pairs.map(([user]) => user), items: pairs.map(([, item]) => item) };
  const tables = [users, items].map(({ length }) => drawNormalMatrix(length, dimension, uniform));
  for (const table of tables) roundInPlace(table, kept);
  const [user, item] = tables.map((table) => embeddingTower(table));
  let [moved, fallen] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const before = tables.map((table) => ({ ...table, values: table.values.slice() }));
    sgdStep({ user, item, loss: infoNceCosine(1) }, batch, learningRate);
    for (const [side, table] of tables.entries()) {
      roundInPlace(table, kept);
      for (let row = 0; row < table.rows; row++) {
        const [from, to] = [rowOf(before[side], row), rowOf(table, row)];
        if (to.every((value, index) => value === from[index])) continue;
        moved += 1;
        if (squaredNorm(to, summed) < squaredNorm(from, summed)) fallen += 1;
      }
    }
  }
  return fallen / moved;
}

function squaredNorm(row: Float64Array, summed: Rounding): number {
  return row.reduce((sum, value) => summed(sum + summed(value * value)), 0);
}

function roundInPlace({ values }: Matrix, kept: Rounding): void {
  for (let index = 0; index < values.length; index++) values[index] = kept(values[index]);
}
