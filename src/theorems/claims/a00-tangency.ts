import { dot, type Matrix, rowOf } from '../../maths/matrix.ts';
import { drawLinearLayer, drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { cosineLoss, userSignals } from '../../trainer/losses/cosine-loss.ts';
import { losses } from '../../trainer/losses/index.ts';
import { infoNceDot, infoNceOfScores } from '../../trainer/losses/info-nce.ts';
import type { Loss } from '../../trainer/losses/loss.ts';
import { descend } from '../../trainer/parameter.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from '../../trainer/towers/linear.ts';
import type { TowerWithKernel } from '../../trainer/towers/tower.ts';
import { defineClaim } from '../claim.ts';
import { drawInteger } from '../draw-between.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';

const batches = 300;
const ulp = 2 ** -52;
const inputs = 4;

/** Claim A0: the gradient of a cosine loss is tangent, and what a step moves. */
export const tangency = defineClaim<readonly Loss[]>({
  id: 'A0',
  statement:
    'The gradient of a cosine loss is tangent, ‖∇_qL‖ = √(‖u‖² − (q̂ᵀu)²)/‖q‖; and a step moves the output of input i by −η Σ_j J_iJ_jᵀ∇_{q_j}L.',
  source: 'article, the first sections',
  conditions:
    'plain SGD; the displacement exactly where the encoder is linear in its parameters, else to first order in η',
  drawn: `${batches} batches of up to 12 pairs in up to 16 dimensions from N(0, 1); five towers`,
  tests: 0,
  claimed: losses.filter(({ isCosine }) => isCosine),
  wrongTwin: { says: 'so is the gradient of a loss that sees the dot products', claimed: [infoNceDot(1)] },
  check: (cosineLosses, { uniform }) => [
    ...cosineLosses.map((loss) =>
      // The sums of d products and the two projections lose at most d + 4 ulp of ‖u‖ between them.
      exactFinding(
        { what: `q·∇L = 0: ${loss.name}`, bound: 1, unit: '(d + 4) ulp' },
        products(loss, uniform(loss.name)),
      ),
    ),
    exactFinding(
      { what: '‖q‖²‖∇L‖² = ‖u‖² − (q̂ᵀu)²', bound: 4, unit: '(d + 4) ulp of ‖u‖²' },
      lengths(uniform('lengths')),
    ),
    exactFinding(
      // Each of four inputs adds two products of d terms and a sum.
      { what: 'Δq_i = −η Σ J_iJ_jᵀg_j: towers linear in their parameters', bound: 32, unit: 'ulp' },
      displacements(linearTowers, uniform('linear towers')),
    ),
    exactFinding(
      // The error is ΔW·Δx, just η² times a constant: half the rate, a quarter of it, up to the rounding of a small error.
      { what: 'the error at η over that at η/2 is 4: embedding, then linear', bound: 1e-6, unit: 'off 4' },
      errorRatios(uniform('embedding-linear')),
    ),
  ],
});

function* drawBatches(uniform: () => number): Generator<{ users: Matrix; items: Matrix; told: () => string }> {
  for (let batch = 0; batch < batches; batch++) {
    const [rows, dimension] = [drawInteger(1, 12, uniform), drawInteger(1, 16, uniform)];
    const [users, items] = [drawNormalMatrix(rows, dimension, uniform), drawNormalMatrix(rows, dimension, uniform)];
    yield { users, items, told: () => `batch ${batch}, ${rows} pairs, d = ${dimension}` };
  }
}

function* products(loss: Loss, uniform: () => number): Generator<ComparedCase> {
  for (const { users, items, told } of drawBatches(uniform)) {
    const gradient = loss.gradient(users, items);
    // No signal is longer than this: every loss here has |∂F/∂cos| ≤ 4/B in a batch of B.
    const signal = 4 / users.rows;
    for (let row = 0; row < users.rows; row++) {
      const ofUser = Math.abs(dot(rowOf(users, row), rowOf(gradient.users, row)));
      const ofItem = Math.abs(dot(rowOf(items, row), rowOf(gradient.items, row)));
      yield { deviation: Math.max(ofUser, ofItem) / signal / (users.columns + 4) / ulp, told };
    }
  }
}

function* lengths(uniform: () => number): Generator<ComparedCase> {
  const ofScores = infoNceOfScores(1);
  const loss = cosineLoss('info-nce', ofScores);
  for (const { users, items, told } of drawBatches(uniform)) {
    const [signals, gradient] = [userSignals(ofScores, users, items), loss.gradient(users, items).users];
    for (let row = 0; row < users.rows; row++) {
      const [q, u, g] = [users, signals, gradient].map((matrix) => rowOf(matrix, row));
      const squaredSignal = dot(u, u);
      const tangent = squaredSignal - dot(q, u) ** 2 / dot(q, q);
      const deviation = Math.abs(dot(q, q) * dot(g, g) - tangent) / squaredSignal / (users.columns + 4) / ulp;
      yield { deviation: squaredSignal === 0 ? 0 : deviation, told };
    }
  }
}

type OpenTower = (uniform: () => number) => TowerWithKernel;

const linearTowers: readonly OpenTower[] = [
  (uniform) => embeddingTower(drawNormalMatrix(inputs, 3, uniform)),
  (uniform) => frozenLinearTower({ features: drawNormalMatrix(inputs, 5, uniform), ...drawLinearLayer(3, 5, uniform) }),
  (uniform) => oneHotLinearTower(drawNormalMatrix(3, inputs, uniform), null),
  (uniform) => oneHotLinearTower(drawNormalMatrix(3, inputs, uniform), drawLinearLayer(3, inputs, uniform).bias),
];

function* displacements(towers: readonly OpenTower[], uniform: () => number): Generator<ComparedCase> {
  for (let round = 0; round < batches; round++) {
    const tower = towers[round % towers.length](uniform);
    const told = () => `${tower.name}, round ${round}`;
    yield { deviation: displacementError(tower, drawNormalMatrix(inputs, 3, uniform), 0.1) / ulp, told };
  }
}

function* errorRatios(uniform: () => number): Generator<ComparedCase> {
  for (let round = 0; round < batches; round++) {
    const [features, layer] = [drawNormalMatrix(inputs, 5, uniform), drawLinearLayer(3, 5, uniform)];
    const gradient = drawNormalMatrix(inputs, 3, uniform);
    const [whole, half] = [1e-3, 5e-4].map((learningRate) => {
      const { weight, bias } = layer;
      const copy = { weight: copyOf(weight), bias: bias.slice(), features: copyOf(features) };
      return displacementError(embeddingLinearTower(copy), gradient, learningRate);
    });
    yield { deviation: Math.abs(whole / half - 4), told: () => `round ${round}: ${whole / half}` };
  }
}

/** The largest difference between how a step moves the outputs and what the kernels say, over the largest move. */
function displacementError(tower: TowerWithKernel, gradient: Matrix, learningRate: number): number {
  const batch = Array.from({ length: inputs }, (_, input) => input);
  const before = tower.outputs(batch);
  const predicted = batch.flatMap((i) => {
    const kernels = batch.map((j) => tower.kernel(i, j));
    return Array.from({ length: gradient.columns }, (_, axis) => {
      return -learningRate * kernels.reduce((sum, kernel, j) => sum + dot(rowOf(kernel, axis), rowOf(gradient, j)), 0);
    });
  });
  descend(tower.parameters, tower.gradients(batch, gradient), learningRate);
  const moved = Array.from(tower.outputs(batch).values, (value, index) => value - before.values[index]);
  const size = Math.max(...moved.map(Math.abs), ...Array.from(before.values, Math.abs));
  return Math.max(...moved.map((value, index) => Math.abs(value - predicted[index]))) / size;
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}
