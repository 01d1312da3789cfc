import { dot, type Matrix, rowOf, zeros } from '../../maths/matrix.ts';
import { drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { cosineLoss, userSignals } from '../../trainer/losses/cosine-loss.ts';
import { losses } from '../../trainer/losses/index.ts';
import { infoNceDot, infoNceOfScores } from '../../trainer/losses/info-nce.ts';
import type { Loss } from '../../trainer/losses/loss.ts';
import { descend } from '../../trainer/parameter.ts';
import { allOutputs } from '../../trainer/sgd-step.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from '../../trainer/towers/linear.ts';
import type { TowerWithKernel } from '../../trainer/towers/tower.ts';
import { defineClaim } from '../claim.ts';
import { drawInteger } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

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
  drawn: `${batches} batches of up to 12 pairs in up to 16 dimensions from N(0, 1); ${batches} steps of four towers linear in their parameters and ${batches} of one that is not, in multiples of 1/16, where nothing rounds`,
  tests: 0,
  claimed: losses.filter(({ isCosine }) => isCosine),
  wrongTwin: { says: 'so is the gradient of a loss that sees the dot products', claimed: [infoNceDot(1)] },
  check: (cosineLosses, { uniform }) => [
    ...cosineLosses.map((loss) =>
      // In half ulps of ‖u‖: ‖q̂‖² is off 1 by d + 6 (a sum, a root, a quotient, a product), q̂ᵀu by d, the five operations
      // after it by 5, and q·∇L by d: 3d + 11 half ulps, within 2 (d + 4) ulp.
      exactFinding(
        { what: `q·∇L = 0: ${loss.name}`, bound: 2, unit: '(d + 4) ulp' },
        products(loss, uniform(loss.name)),
      ),
    ),
    exactFinding(
      { what: '∇L at 2^k q is 2^−k ∇L at q, bit for bit', bound: 0, unit: 'cases' },
      scalings(cosineLosses, uniform('scalings')),
    ),
    exactFinding(
      // In half ulps: 2(2d + 11) for ∇L as above, 2d + 2 for its square, 4d + 4 for the right side: within 5 (d + 4) ulp.
      { what: '‖q‖²‖∇L‖² = ‖u‖² − (q̂ᵀu)²', bound: 5, unit: '(d + 4) ulp of ‖u‖²' },
      lengths(uniform('lengths')),
    ),
    exactFinding(
      { what: 'Δq_i = −η Σ J_iJ_jᵀg_j: towers linear in their parameters', bound: 0, unit: 'absolute' },
      displacements(linearTowers, uniform('linear towers')),
    ),
    exactFinding(
      // What the first order leaves out is ΔW·Δx, just η² times a constant.
      {
        what: 'what it leaves out at η is 4 times that at η/2, not 0: embedding, then linear',
        bound: 0,
        unit: 'cases',
      },
      secondOrders(uniform('embedding-linear')),
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
    // No signal is longer than this. A row of InfoNCE has Σ|∂F/∂cos| ≤ 2/B and a column ≤ 1; the others have one
    // |∂F/∂cos| ≤ 4/B.
    const signal = Math.max(1, 4 / users.rows);
    for (let row = 0; row < users.rows; row++) {
      const ofUser = Math.abs(dot(rowOf(users, row), rowOf(gradient.users, row)));
      const ofItem = Math.abs(dot(rowOf(items, row), rowOf(gradient.items, row)));
      yield { deviation: Math.max(ofUser, ofItem) / signal / (users.columns + 4) / ulp, told };
    }
  }
}

/** Whether the gradients shrink as their rows grow, and no others: powers of two, which do not round. */
function* scalings(cosineLosses: readonly Loss[], uniform: () => number): Generator<ComparedCase> {
  for (const { users, items, told } of drawBatches(uniform)) {
    const scale = 2 ** drawInteger(-20, 20, uniform);
    const longer = { ...users, values: users.values.map((value) => value * scale) };
    for (const loss of cosineLosses) {
      const [at, atLonger] = [loss.gradient(users, items), loss.gradient(longer, items)];
      const isScaled =
        at.users.values.every((value, index) => atLonger.users.values[index] === value / scale) &&
        at.items.values.every((value, index) => atLonger.items.values[index] === value);
      yield trueCase(isScaled, () => `${told()}, ${loss.name}, users times ${scale}`);
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
  (uniform) => embeddingTower(drawSixteenths(inputs, 3, uniform)),
  (uniform) => frozenLinearTower({ features: drawSixteenths(inputs, 5, uniform), ...drawLayer(5, uniform) }),
  (uniform) => oneHotLinearTower(drawSixteenths(3, inputs, uniform), null),
  (uniform) => oneHotLinearTower(drawSixteenths(3, inputs, uniform), drawLayer(inputs, uniform).bias),
];

function* displacements(towers: readonly OpenTower[], uniform: () => number): Generator<ComparedCase> {
  for (let round = 0; round < batches; round++) {
    const tower = towers[round % towers.length](uniform);
    const left = leftOut(tower, drawSlots(uniform), 1 / 8);
    yield { deviation: Math.max(...left.map(Math.abs)), told: () => `${tower.name}, round ${round}` };
  }
}

function* secondOrders(uniform: () => number): Generator<ComparedCase> {
  for (let round = 0; round < batches; round++) {
    const [features, layer, slots] = [drawSixteenths(inputs, 5, uniform), drawLayer(5, uniform), drawSlots(uniform)];
    const [whole, half] = [1 / 8, 1 / 16].map((learningRate) => {
      const copy = { weight: copyOf(layer.weight), bias: layer.bias.slice(), features: copyOf(features) };
      return leftOut(embeddingLinearTower(copy), slots, learningRate);
    });
    const isSecondOrder = whole.every((left, index) => left === 4 * half[index]) && whole.some((left) => left !== 0);
    yield trueCase(isSecondOrder, () => `round ${round}: ${whole} against ${half}`);
  }
}

/** The inputs of a batch, some of them twice and some absent, and the gradients at their outputs. */
interface Slots {
  readonly batch: readonly number[];
  readonly gradient: Matrix;
}

function drawSlots(uniform: () => number): Slots {
  const batch = Array.from({ length: 5 }, () => drawInteger(0, inputs - 1, uniform));
  return { batch, gradient: drawSixteenths(batch.length, 3, uniform) };
}

/** How a step moves the outputs of all inputs, less what the kernels say. */
function leftOut(tower: TowerWithKernel, { batch, gradient }: Slots, learningRate: number): number[] {
  const before = allOutputs(tower);
  const predicted = Array.from({ length: inputs }, (_, i) => i).flatMap((i) => {
    const kernels = batch.map((j) => tower.kernel(i, j));
    return Array.from({ length: gradient.columns }, (_, axis) => {
      return -learningRate * kernels.reduce((sum, kernel, j) => sum + dot(rowOf(kernel, axis), rowOf(gradient, j)), 0);
    });
  });
  descend(tower.parameters, tower.gradients(batch, gradient), learningRate);
  return Array.from(allOutputs(tower).values, (value, index) => value - before.values[index] - predicted[index]);
}

/**
 * Multiples of 1/16 in [−4, 4]. At rates of 1/8 and 1/16, all that a step makes of them is a multiple of 2^−24 below 2^20:
 * a double holds it, and nothing rounds.
 */
function drawSixteenths(rows: number, columns: number, uniform: () => number): Matrix {
  const matrix = zeros(rows, columns);
  for (let index = 0; index < matrix.values.length; index++) matrix.values[index] = drawInteger(-64, 64, uniform) / 16;
  return matrix;
}

/** Weight and bias of a layer with three outputs. */
function drawLayer(features: number, uniform: () => number) {
  return { weight: drawSixteenths(3, features, uniform), bias: drawSixteenths(1, 3, uniform).values };
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}
