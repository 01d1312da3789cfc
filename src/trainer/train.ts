import type { KernelOption } from '../engine/choose-member.ts';
import { type Matrix, rowOf } from '../maths/matrix.ts';
import { type Correlation, pearson, spearman } from '../statistics/correlation.ts';
import { openSampler } from './batches/sampler.ts';
import { type Interactions, popularities } from './data-sets/interactions.ts';
import { drawModel } from './initial-model.ts';
import { meanCosine, normsOf, type Outputs, outputsOf, unsoundSides } from './outputs.ts';
import { type Batch, batchGradient, type TwoTowers } from './sgd-step.ts';
import { sideRecord } from './side-record.ts';
import type { TrainingSpecification } from './specification.ts';
import { openStepper } from './steppers/index.ts';
import type { Stepper } from './steppers/stepper.ts';
import { type Appearance, watched } from './steppers/watched-stepper.ts';
import { stepsOfTraining } from './training-steps.ts';
import type { StepRecord, ToldEpoch, TrainingSnapshot, TrainingSummary } from './training-summary.ts';

/** Where a training's draws come from. */
export interface TrainingStreams {
  readonly parameters: () => number;
  readonly batches: () => number;
}

/** How a training is run; only `kernel` decides numbers, in their last digits. */
interface TrainingOptions {
  readonly kernel?: KernelOption;
  readonly onEpoch?: ((told: ToldEpoch) => void) | undefined;
  /** Told of every appearance of an item. */
  readonly onAppearance?: ((appearance: Appearance) => void) | undefined;
}

/** The epochs that the article looks at: 1 to 3, the middle one and the last. */
export function recordedEpochs(epochs: number): number[] {
  return [...new Set([1, 2, 3, Math.ceil(epochs / 2), epochs])]
    .filter((epoch) => epoch <= epochs)
    .sort((a, b) => a - b);
}

/**
 * Trains both towers, step by step, to the last epoch, to the mean cosine asked for, or until a number is no longer
 * finite. Tells of each epoch when it is done.
 */
export function train(
  specification: TrainingSpecification,
  data: Interactions,
  streams: TrainingStreams,
  { kernel = 'auto', onEpoch = () => {}, onAppearance }: TrainingOptions = {},
): TrainingSummary {
  return new Training(specification, data, streams, { kernel, onAppearance }).run(onEpoch);
}

class Training {
  readonly #specification: TrainingSpecification;
  readonly #data: Interactions;
  /** How many interactions each item has. */
  readonly #popularity: readonly number[];
  readonly #model: TwoTowers;
  readonly #drawEpoch: () => Batch[];
  readonly #stepper: Stepper;
  readonly #records: StepRecord[] = [];
  readonly #snapshots: TrainingSnapshot[] = [];
  #steps = 0;
  /** Of the last batch, before its step. */
  #loss = 0;

  constructor(
    specification: TrainingSpecification,
    data: Interactions,
    streams: TrainingStreams,
    { kernel, onAppearance }: { kernel: KernelOption; onAppearance: TrainingOptions['onAppearance'] },
  ) {
    this.#specification = specification;
    this.#data = data;
    this.#popularity = popularities(data);
    this.#model = drawModel(specification, data, streams.parameters);
    const { sampler, size } = specification.batches;
    const drawEpoch = openSampler(sampler, data, size);
    this.#drawEpoch = () => drawEpoch(streams.batches);
    const { total, largestBatch } = stepsOfTraining(specification, data.pairs.length);
    const stepper = openStepper(this.#model, specification, { steps: total, batch: largestBatch }, kernel);
    this.#stepper = onAppearance === undefined ? stepper : watched(stepper, onAppearance);
  }

  run(onEpoch: (told: ToldEpoch) => void): TrainingSummary {
    const { epochs, untilMeanCosine } = this.#specification;
    const initialNorm = normsOf(this.#outputs().item);
    const recorded = new Set(recordedEpochs(epochs));
    let stopped: TrainingSummary['stopped'] = null;
    let epoch = 0;
    while (epoch < epochs && stopped === null) {
      epoch += 1;
      stopped = this.#runEpoch(epoch, recorded.has(epoch));
      const record = this.#records.at(-1);
      onEpoch({ epoch, loss: stopped === null ? this.#loss : null, record: record?.epoch === epoch ? record : null });
      if (stopped === null && untilMeanCosine !== null && this.#meanCosine() >= untilMeanCosine) {
        stopped = { step: this.#steps, because: `mean cosine at least ${untilMeanCosine}`, isFailure: false };
      }
    }
    const finalNorm = normsOf(this.#outputs().item);
    const items = { popularity: this.#popularity, initialNorm, finalNorm: finalNorm.map(finiteOrZero) };
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
      this.#loss = loss;
      if (!Number.isFinite(loss)) return failure(step, this.#fault() ?? `the loss became ${loss}`);
      const isSnapshot = this.#specification.snapshots?.includes(step) ?? false;
      if (before === null && !isSnapshot) continue;
      // A record must hold numbers only.
      const fault = this.#fault();
      if (fault !== null) return failure(step, fault);
      const after = this.#outputs();
      if (isSnapshot) {
        const lossAfter = batchGradient(this.#model, batch).value;
        if (!Number.isFinite(lossAfter)) return failure(step, `the loss became ${lossAfter}`);
        this.#snapshots.push(snapshotOf(step, [loss, lossAfter], after));
      }
      if (before !== null) this.#record(epoch, loss, before, after);
    }
    return null;
  }

  /** Which towers have come to numbers that are not finite, if any. */
  #fault(): string | null {
    const towers = unsoundSides(this.#outputs()).map((side) => `the ${side} tower's norms are no longer finite`);
    return towers.length === 0 ? null : towers.join(' and ');
  }

  #record(epoch: number, loss: number, before: Outputs, after: Outputs): void {
    const norms = normsOf(after.item);
    this.#records.push({
      epoch,
      step: this.#steps,
      loss,
      meanCosine: meanCosine(after, this.#data.pairs),
      user: sideRecord(before.user, after.user),
      item: sideRecord(before.item, after.item),
      popularity: {
        pearson: coefficientOf(pearson(this.#popularity, norms)),
        spearman: coefficientOf(spearman(this.#popularity, norms)),
      },
      picture:
        this.#specification.dimension === 2
          ? { user: moveOf(before.user, after.user), item: moveOf(before.item, after.item) }
          : null,
    });
  }

  #outputs(): Outputs {
    this.#stepper.settle();
    return outputsOf(this.#model);
  }

  #meanCosine(): number {
    return meanCosine(this.#outputs(), this.#data.pairs);
  }
}

function snapshotOf(
  step: number,
  [lossBefore, lossAfter]: readonly [number, number],
  { user, item }: Outputs,
): TrainingSnapshot {
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

function moveOf(from: Matrix, to: Matrix) {
  return { from: [...from.values], to: [...to.values] };
}

function failure(step: number, because: string): TrainingSummary['stopped'] {
  return { step, because: `step ${step}: ${because}; a smaller learning rate may help`, isFailure: true };
}

/** Norms whose squares leave the range of numbers may come to NaN, which JSON has not. */
function coefficientOf(correlation: Correlation | null): number | null {
  return correlation !== null && Number.isFinite(correlation.coefficient) ? correlation.coefficient : null;
}

/** JSON has no NaN: what is not finite has been told in `stopped`. */
function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
