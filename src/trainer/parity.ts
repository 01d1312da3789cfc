import type { Matrix } from '../maths/matrix.ts';
import { type NamedModel, openNamedModel } from './named-model.ts';
import { allOutputs, batchGradient, sgdStep, type TwoTowers } from './sgd-step.ts';

type Rows = readonly (readonly number[])[];

/** What another program computed: outputs of both towers, shape [inputs, d], and a loss. */
interface Reference {
  readonly users: Rows;
  readonly items: Rows;
  readonly loss: number;
}

/** A training that another program ran, with plain SGD on one batch. */
export interface ReferenceTraining {
  readonly model: NamedModel;
  readonly learningRate: number;
  readonly pairs: readonly (readonly [user: number, item: number])[];
  /** Before the first step; the loss is that of the batch. */
  readonly start: Reference | null;
  readonly snapshots: readonly {
    readonly step: number;
    readonly lossBeforeStep: number;
    readonly users: Rows;
    readonly items: Rows;
  }[];
  readonly tolerance: ReadonlyMap<number, number>;
}

/** How far this program is from another one after some steps. */
export interface ParityRow {
  readonly step: number;
  /** The largest deviation of an output or of the loss; Infinity where something is no number, or missing. */
  readonly deviation: number;
  readonly tolerance: number;
  /** False where the other program's own rounding, amplified, is as large as its numbers: chaos tells nothing. */
  readonly isComparable: boolean;
  /** Whether the deviation is within the tolerance, or cannot be judged. */
  readonly holds: boolean;
}

/** A tolerance above this share of the largest number leaves nothing to compare. */
const chaotic = 1e-3;

/** The least tolerance: rounding in another order. */
const leastTolerance = 1e-12;

/** Trains as the other program did, and compares at its start and at each of its snapshots. Steps the parameters in place. */
export function* compareTraining(reference: ReferenceTraining): Generator<ParityRow> {
  const model = openNamedModel(reference.model);
  const batch = { users: reference.pairs.map(([user]) => user), items: reference.pairs.map(([, item]) => item) };
  if (reference.start !== null) yield rowOf(reference, 0, model, reference.start, batchGradient(model, batch).value);
  let step = 0;
  for (const { lossBeforeStep, ...snapshot } of reference.snapshots) {
    let loss = lossBeforeStep;
    for (; step < snapshot.step; step++) loss = sgdStep(model, batch, reference.learningRate);
    yield rowOf(reference, step, model, { ...snapshot, loss: lossBeforeStep }, loss);
  }
}

function rowOf(
  { tolerance }: ReferenceTraining,
  step: number,
  model: TwoTowers,
  expected: Reference,
  loss: number,
): ParityRow {
  const gaps = [
    Math.abs(loss - expected.loss),
    largestGap(allOutputs(model.user), expected.users),
    largestGap(allOutputs(model.item), expected.items),
  ];
  const deviation = gaps.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...gaps);
  const allowed = tolerance.get(step) ?? leastTolerance;
  const largest = Math.max(...[...expected.users, ...expected.items].flat().map(Math.abs));
  const isComparable = allowed <= chaotic * largest;
  return { step, deviation, tolerance: allowed, isComparable, holds: !isComparable || deviation <= allowed };
}

function largestGap({ values }: Matrix, expected: Rows): number {
  const flat = expected.flat();
  if (flat.length !== values.length) return Number.POSITIVE_INFINITY;
  return flat.reduce((largest, value, index) => Math.max(largest, Math.abs(value - values[index])), 0);
}
