import type { KernelOption } from '../engine/choose-member.ts';
import type { Matrix } from '../maths/matrix.ts';
import { dot, rowOf } from '../maths/matrix.ts';
import { openSampler } from './batches/sampler.ts';
import { type Interactions, popularities } from './data-sets/interactions.ts';
import { drawModel } from './initial-model.ts';
import { allOutputs, type Batch, batchGradient, type TwoTowers } from './sgd-step.ts';
import { type SideRecord, sideRecord } from './side-record.ts';
import type { TrainingSpecification } from './specification.ts';
import { openStepper } from './steppers/index.ts';
import type { Stepper } from './steppers/stepper.ts';

/** One recorded step: the last of its epoch. */
interface StepRecord {
  readonly epoch: number;
  readonly step: number;
  /** Before the step. */
  readonly loss: number;
  /** Mean cosine of all pairs of the data, after the step. */
  readonly meanCosine: number;
  readonly user: SideRecord;
  readonly item: SideRecord;
  /** Where each row was before and after the step, x and y in turn; null unless d = 2. */
  readonly picture: { readonly user: Move; readonly item: Move } | null;
}

interface Move {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The outputs of both towers, row by row, after a step. */
interface TrainingSnapshot {
  readonly step: number;
  readonly loss_before_step: number;
  /** Of the same batch. */
  readonly loss_after_step: number;
  readonly users: readonly (readonly number[])[];
  readonly items: readonly (readonly number[])[];
}

/** What a training leaves behind: plain data. */
export interface TrainingSummary {
  /** Steps done. */
  readonly steps: number;
  readonly epochs: number;
  readonly records: readonly StepRecord[];
  /** The outputs after the steps that were asked for, in the form of parameter files. */
  readonly snapshots: readonly TrainingSnapshot[];
  /** For each item: its interactions in the data, and its norm at the start and at the end. */
  readonly items: {
    readonly popularity: readonly number[];
    readonly initialNorm: readonly number[];
    readonly finalNorm: readonly number[];
  };
  /** Why the training ended before its last epoch; null where it did not. */
  readonly stopped: { readonly step: number; readonly because: string; readonly isFailure: boolean } | null;
}

/** Where a training's draws come from. */
export interface TrainingStreams {
  readonly parameters: () => number;
  readonly batches: () => number;
}

/** How a training is run; only `kernel` decides numbers, in their last digits. */
interface TrainingOptions {
  readonly kernel?: KernelOption;
  readonly onEpoch?: ((epoch: number) => void) | undefined;
}

/** The epochs that the article looks at: 1 to 3, the middle one and the last. */
export function recordedEpochs(epochs: number): number[] {
  return [...new Set([1, 2, 3, Math.ceil(epochs / 2), epochs])]
    .filter((epoch) => epoch <= epochs)
    .sort((a, b) => a - b);
}

/** Trains both towers, step by step, to the last epoch, to the mean cosine asked for, or until a number is no longer finite. Tells
 * of each epoch when it is done. */
export function train(
  specification: TrainingSpecification,
  data: Interactions,
  streams: TrainingStreams,
  { kernel = 'auto', onEpoch = () => {} }: TrainingOptions = {},
): TrainingSummary {
  return new Training(specification, data, streams, kernel).run(onEpoch);
}

class Training {
  readonly #specification: TrainingSpecification;
  readonly #data: Interactions;
  readonly #model: TwoTowers;
  readonly #drawEpoch: () => Batch[];
  readonly #stepper: Stepper;
  readonly #records: StepRecord[] = [];
  readonly #snapshots: TrainingSnapshot[] = [];
  #steps = 0;

  constructor(
    specification: TrainingSpecification,
    data: Interactions,
    streams: TrainingStreams,
    kernel: KernelOption,
  ) {
    this.#specification = specification;
    this.#data = data;
    this.#model = drawModel(specification, data, streams.parameters);
    const { sampler, size } = specification.batches;
    const drawEpoch = openSampler(sampler, data, size);
    this.#drawEpoch = () => drawEpoch(streams.batches);
    const batch = sampler === 'full' ? data.pairs.length : size;
    const steps = specification.epochs * Math.ceil(data.pairs.length / batch);
    this.#stepper = openStepper(this.#model, specification, { steps, batch }, kernel);
  }

  run(onEpoch: (epoch: number) => void): TrainingSummary {
    const { epochs, untilMeanCosine } = this.#specification;
    const initialNorm = normsOf(this.#outputs().item);
    const recorded = new Set(recordedEpochs(epochs));
    let stopped: TrainingSummary['stopped'] = null;
    let epoch = 0;
    while (epoch < epochs && stopped === null) {
      epoch += 1;
      stopped = this.#runEpoch(epoch, recorded.has(epoch));
      onEpoch(epoch);
      if (stopped === null && untilMeanCosine !== null && this.#meanCosine() >= untilMeanCosine) {
        stopped = { step: this.#steps, because: `mean cosine at least ${untilMeanCosine}`, isFailure: false };
      }
    }
    const finalNorm = normsOf(this.#outputs().item);
    const items = { popularity: popularities(this.#data), initialNorm, finalNorm: finalNorm.map(finiteOrZero) };
    return { steps: this.#steps, epochs: epoch, records: this.#records, snapshots: this.#snapshots, items, stopped };
  }

  #runEpoch(epoch: number, isRecorded: boolean): TrainingSummary['stopped'] {
    const batches = this.#drawEpoch();
    for (const [index, batch] of batches.entries()) {
      const isLast = index === batches.length - 1;
      const before = isRecorded && isLast ? this.#outputs() : null;
      this.#steps += 1;
      const step = this.#steps;
      const loss = this.#stepper.step(step, batch);
      if (!Number.isFinite(loss)) return failure(step, this.#fault(loss));
      const isSnapshot = this.#specification.snapshots?.includes(step) ?? false;
      if (before === null && !isSnapshot) continue;
      const after = this.#outputs();
      // A record must hold numbers only.
      if (!isSound(after.user) || !isSound(after.item)) return failure(step, this.#fault(loss));
      if (isSnapshot) {
        const lossAfter = batchGradient(this.#model, batch).value;
        if (!Number.isFinite(lossAfter)) return failure(step, `the loss became ${lossAfter}`);
        this.#snapshots.push(snapshotOf(step, loss, lossAfter, after));
      }
      if (before !== null) this.#record(epoch, loss, before, after);
    }
    return null;
  }

  /** Which tower brought the loss to what it is. */
  #fault(loss: number): string {
    const { user, item } = this.#outputs();
    const sides = Object.entries({ user, item }).filter(([, outputs]) => !isSound(outputs));
    const towers = sides.map(([side]) => `the ${side} tower's norms are no longer finite`);
    return towers.length === 0 ? `the loss became ${loss}` : towers.join(' and ');
  }

  #record(epoch: number, loss: number, before: Outputs, after: Outputs): void {
    this.#records.push({
      epoch,
      step: this.#steps,
      loss,
      meanCosine: this.#meanCosine(),
      user: sideRecord(before.user, after.user),
      item: sideRecord(before.item, after.item),
      picture:
        this.#specification.dimension === 2
          ? { user: moveOf(before.user, after.user), item: moveOf(before.item, after.item) }
          : null,
    });
  }

  #outputs(): Outputs {
    this.#stepper.settle();
    return { user: copyOf(allOutputs(this.#model.user)), item: copyOf(allOutputs(this.#model.item)) };
  }

  #meanCosine(): number {
    const { user, item } = this.#outputs();
    const cosines = this.#data.pairs.map(([u, i]) => {
      const [q, k] = [rowOf(user, u), rowOf(item, i)];
      return dot(q, k) / Math.sqrt(dot(q, q) * dot(k, k));
    });
    return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  }
}

function snapshotOf(step: number, lossBefore: number, lossAfter: number, { user, item }: Outputs): TrainingSnapshot {
  return {
    step,
    loss_before_step: lossBefore,
    loss_after_step: lossAfter,
    users: rowsOf(user),
    items: rowsOf(item),
  };
}

function rowsOf(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, row) => [...rowOf(matrix, row)]);
}

interface Outputs {
  readonly user: Matrix;
  readonly item: Matrix;
}

function failure(step: number, because: string): TrainingSummary['stopped'] {
  return { step, because: `step ${step}: ${because}; a smaller learning rate may help`, isFailure: true };
}

/** Whether every row has a finite norm. */
function isSound(matrix: Matrix): boolean {
  return normsOf(matrix).every(Number.isFinite);
}

/** JSON has no NaN: what is not finite has been told in `stopped`. */
function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function normsOf(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, row) => Math.sqrt(dot(rowOf(matrix, row), rowOf(matrix, row))));
}

function moveOf(from: Matrix, to: Matrix): Move {
  return { from: [...from.values], to: [...to.values] };
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}
