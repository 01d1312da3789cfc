import { dot, type Matrix, rowOf } from '../../maths/matrix.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { drawLinearLayer, drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { infoNceCosine } from '../../trainer/losses/info-nce.ts';
import { allOutputs, sgdStep } from '../../trainer/sgd-step.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import { embeddingLinearTower } from '../../trainer/towers/linear.ts';
import type { Tower } from '../../trainer/towers/tower.ts';
import { defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';

/** An encoder of the toy data's users, with d-dimensional outputs. */
type OpenTower = (users: number, dimension: number, uniform: () => number) => Tower;

const [trainings, steps] = [20, 100];
const { users, items, pairs } = toyInteractions;
const batch = { users: pairs.map(([user]) => user), items: pairs.map(([, item]) => item) };

/** Claim A9: what a tangent step adds to s. */
export const pythagoras = defineClaim<OpenTower>({
  id: 'A9',
  statement: 'A plain SGD step of an embedding row under a cosine loss adds exactly ‖Δq‖² to s.',
  source: 'article: the four conditions and Pythagoras',
  conditions: 'float64, plain SGD, a row for each input, a tangent gradient',
  drawn: `${trainings} trainings of ${steps} steps on the toy data, d = 2 and 16, η log-uniform in 0.1 … 10`,
  tests: 0,
  claimed: (inputs, dimension, uniform) => embeddingTower(drawNormalMatrix(inputs, dimension, uniform)),
  wrongTwin: {
    says: 'so does the step of an embedding followed by a linear layer',
    claimed: (inputs, dimension, uniform) =>
      embeddingLinearTower({
        features: drawNormalMatrix(inputs, dimension, uniform),
        ...drawLinearLayer(dimension, dimension, uniform),
      }),
  },
  check: (open, { uniform }) => [
    exactFinding(
      // In ulps: the normal parts of the gradients make 2d + 11 of 2η, for Σ‖u‖ ≤ 2 over the slots of a row; rounding q + Δq
      // in up to seven slots makes 8 of s + 2η; the three sums of squares and their difference d + 3 of s⁺. In all 3d + 22,
      // within 5 (d + 4) for d ≥ 1.
      { what: 's⁺ − s = ‖Δq‖² for every row', bound: 5, unit: '(d + 4) ulp of s⁺ + 2η' },
      train(open, uniform('trainings')),
    ),
  ],
});

function* train(open: OpenTower, uniform: () => number): Generator<ComparedCase> {
  for (let training = 0; training < trainings; training++) {
    const dimension = training % 2 === 0 ? 2 : 16;
    const learningRate = drawLogUniform(0.1, 10, uniform);
    const user = open(users.length, dimension, uniform);
    const item = embeddingTower(drawNormalMatrix(items.length, dimension, uniform));
    const told = () => `training ${training}, d = ${dimension}, η = ${learningRate}`;
    for (let step = 0; step < steps; step++) {
      const before = [allOutputs(user), allOutputs(item)];
      sgdStep({ user, item, loss: infoNceCosine(1) }, batch, learningRate);
      const after = [allOutputs(user), allOutputs(item)];
      for (const side of [0, 1]) {
        yield { deviation: largestMiss(before[side], after[side], learningRate), told };
      }
    }
  }
}

/**
 * max |s⁺ − s − ‖Δq‖²| over the rows, in (d + 4) ulp of s⁺ + 2η. Of s⁺ alone will not do: a short row that its signal pulls
 * along itself hardly moves, and the rounding of a gradient of size η‖u‖ is all there is.
 */
function largestMiss(before: Matrix, after: Matrix, learningRate: number): number {
  let largest = 0;
  for (let row = 0; row < before.rows; row++) {
    const [from, to] = [rowOf(before, row), rowOf(after, row)];
    const move = to.map((value, index) => value - from[index]);
    const miss = Math.abs(dot(to, to) - dot(from, from) - dot(move, move));
    largest = Math.max(largest, miss / (dot(to, to) + 2 * learningRate) / (before.columns + 4) / 2 ** -52);
  }
  return largest;
}
