import { dot, type Matrix, rowOf, zeros } from '../../../maths/matrix.ts';
import type { Interactions } from '../../../trainer/data-sets/interactions.ts';
import { drawModel } from '../../../trainer/initial-model.ts';
import { descend } from '../../../trainer/parameter.ts';
import { allOutputs, batchGradient } from '../../../trainer/sgd-step.ts';
import type { TrainingSpecification } from '../../../trainer/specification.ts';
import type { Tower } from '../../../trainer/towers/tower.ts';

/** Two of the article's conditions, measured on a model. */
interface Conditions {
  /** Whether a gradient at one user's output moves that output alone, and in proportion to the rate. */
  readonly hasOwnLinearRows: boolean;
  /** Whether the loss's gradient is at right angles to every output. */
  readonly hasTangentGradient: boolean;
}

/** What rounding may make of a sine, of a move, and of a doubled one. */
const rounding = 1e-9;

/**
 * Measures the conditions at the start of a training, on its first pairs: through the towers themselves, not through what
 * they say of themselves.
 */
export function modelConditions(
  specification: TrainingSpecification,
  data: Interactions,
  uniform: () => number,
): Conditions {
  const open = sameModel(specification, data, uniform);
  return {
    hasOwnLinearRows: hasOwnLinearRows(() => open().user),
    hasTangentGradient: hasTangentGradient(open(), data),
  };
}

/** Opens a model with the same parameters again and again. */
function sameModel(specification: TrainingSpecification, data: Interactions, uniform: () => number) {
  const drawn: number[] = [];
  return () => {
    let next = 0;
    return drawModel(specification, data, () => {
      if (next === drawn.length) drawn.push(uniform());
      return drawn[next++];
    });
  };
}

function hasOwnLinearRows(open: () => Tower): boolean {
  const [input, learningRate] = [0, 0.1];
  const [once, twice] = [learningRate, 2 * learningRate].map((rate) => moved(open(), input, rate));
  const isOwn = once.every((move, row) => (row === input ? size(move) > rounding : size(move) < rounding));
  const isLinear = once[input].every((entry, axis) => Math.abs(twice[input][axis] - 2 * entry) < rounding);
  return isOwn && isLinear;
}

/** How far a step on a gradient at one input's output, all entries 1, moves every output. */
function moved(tower: Tower, input: number, learningRate: number): Float64Array[] {
  const before = allOutputs(tower);
  const gradient = zeros(1, before.columns);
  gradient.values.fill(1);
  descend(tower.parameters, tower.gradients([input], gradient), learningRate);
  const after = allOutputs(tower);
  return Array.from({ length: before.rows }, (_, row) => {
    return rowOf(after, row).map((entry, axis) => entry - rowOf(before, row)[axis]);
  });
}

/** Pairs of a batch: enough of them, few enough for the largest data. */
const batchSize = 64;

function hasTangentGradient(model: ReturnType<typeof drawModel>, { pairs }: Interactions): boolean {
  const batch = pairs.slice(0, batchSize);
  const [users, items] = [batch.map(([user]) => user), batch.map(([, item]) => item)];
  const gradient = batchGradient(model, { users, items });
  return isTangent(gradient.users, model.user.outputs(users)) && isTangent(gradient.items, model.item.outputs(items));
}

function isTangent(gradient: Matrix, outputs: Matrix): boolean {
  return Array.from({ length: outputs.rows }, (_, row) => row).every((row) => {
    const [of, at] = [rowOf(gradient, row), rowOf(outputs, row)];
    return Math.abs(dot(of, at)) <= rounding * size(of) * size(at);
  });
}

function size(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
