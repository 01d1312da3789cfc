import { PathRecord } from '../../coupling/path-record.ts';
import type { KernelOption } from '../../engine/choose-member.ts';
import type { Chunk } from '../../engine/plan.ts';
import { SimulationError } from '../../engine/simulation-error.ts';
import { inBatchSoftmaxScale } from '../../process/gains/in-batch-softmax.ts';
import type { StreamSource } from '../../random/streams.ts';
import type { Interactions } from '../../trainer/data-sets/interactions.ts';
import { drawModel } from '../../trainer/initial-model.ts';
import type { Batch, TwoTowers } from '../../trainer/sgd-step.ts';
import { openStepper } from '../../trainer/steppers/index.ts';
import type { Stepper } from '../../trainer/steppers/stepper.ts';
import { type CoupledRuns, mergeRuns, noRuns, runsOf } from './coupled-run.ts';
import { type CoupledTraining, coupledBatches } from './coupled-training.ts';
import { ownGains, ProcessWalk, type RunStep, sharedGains, softmaxGains } from './process-walk.ts';

/** The names of the processes that walk beside the real trainings. */
export const processNames = ['law', 'shared', 'own'] as const;
type ProcessName = (typeof processNames)[number];

/** Coupled real trainings, and the process beside them under the same uniforms: plain data, mergeable. */
export interface CoupledTrainings {
  readonly pairs: number;
  readonly real: CoupledRuns;
  /** With the law of the softmax; with the upper run's recorded gains in both runs; with each run's own. */
  readonly processes: Readonly<Record<ProcessName, CoupledRuns & { readonly divergence: readonly Divergence[] }>>;
}

/** How far a process is from the real norms after a recorded step, summed over pairs and both runs. */
interface Divergence {
  readonly runs: number;
  /** Σ (‖q‖ of the process/‖q‖ − 1), and its squares. */
  readonly sum: number;
  readonly squares: number;
  readonly largest: number;
}

const noDivergence: Divergence = { runs: 0, sum: 0, squares: 0, largest: 0 };

export function noCoupledTrainings(recordedSteps: number): CoupledTrainings {
  const runs = noRuns(recordedSteps);
  const process = { ...runs, divergence: runs.norms.map(() => noDivergence) };
  return { pairs: 0, real: runs, processes: { law: process, shared: process, own: process } };
}

/** Fold pairs in their order for the same bits every time. */
export function mergeCoupledTrainings(a: CoupledTrainings, b: CoupledTrainings): CoupledTrainings {
  if (a.pairs === 0) return b;
  if (b.pairs === 0) return a;
  const merged = (name: ProcessName) => ({
    ...mergeRuns(a.processes[name], b.processes[name]),
    divergence: a.processes[name].divergence.map((before, index) => {
      return mergeDivergence(before, b.processes[name].divergence[index]);
    }),
  });
  return {
    pairs: a.pairs + b.pairs,
    real: mergeRuns(a.real, b.real),
    processes: { law: merged('law'), shared: merged('shared'), own: merged('own') },
  };
}

function mergeDivergence(a: Divergence, b: Divergence): Divergence {
  return {
    runs: a.runs + b.runs,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    largest: Math.max(a.largest, b.largest),
  };
}

/**
 * Trains the pairs of a chunk: two full trainings each, on shared draws.
 *
 * @param streamsOf the streams of a pair, by its number
 * @throws {SimulationError} where a number is no longer finite, with the pair and the step
 */
export function runCoupledTrainings(
  coupled: CoupledTraining,
  data: Interactions,
  { first, replicates }: Pick<Chunk, 'first' | 'replicates'>,
  streamsOf: (pair: number) => StreamSource,
  kernel: KernelOption = 'auto',
): CoupledTrainings {
  const pair = new TrainedPair(coupled, data, kernel);
  let merged = noCoupledTrainings(coupled.recordedSteps.length);
  for (let number = first; number < first + replicates; number++) {
    merged = mergeCoupledTrainings(merged, pair.run(number, streamsOf(number)));
  }
  return merged;
}

/** The two trainings of a pair, opened once and run again and again. */
class TrainedPair {
  readonly #coupled: CoupledTraining;
  readonly #data: Interactions;
  readonly #drawBatches: ReturnType<typeof coupledBatches>;
  readonly #lower: Run;
  readonly #upper: Run;
  readonly #real: PathRecord;
  readonly #processes: Readonly<Record<ProcessName, ProcessWalk>>;

  constructor(coupled: CoupledTraining, data: Interactions, kernel: KernelOption) {
    const { training, recordedSteps } = coupled;
    const { batches, loss, dimension, optimisers } = training;
    this.#coupled = coupled;
    this.#data = data;
    this.#drawBatches = coupledBatches(coupled, data);
    this.#lower = new Run(coupled, data, kernel);
    this.#upper = new Run(coupled, data, kernel);
    this.#real = new PathRecord(recordedSteps);
    const { temperature } = loss;
    const scale = inBatchSoftmaxScale(optimisers.item.learningRate, batches.size, { temperature, dimension });
    this.#processes = {
      law: new ProcessWalk(recordedSteps, softmaxGains(scale, batches.size)),
      shared: new ProcessWalk(recordedSteps, sharedGains),
      own: new ProcessWalk(recordedSteps, ownGains),
    };
  }

  run(number: number, open: StreamSource): CoupledTrainings {
    const model = drawModel(this.#coupled.training, this.#data, open('parameters'));
    const start = this.#lower.begin(model);
    this.#upper.begin(model);
    const processes = Object.values(this.#processes);
    this.#real.begin(start, start);
    for (const process of processes) process.begin(start, start);
    const drawBatches = this.#drawBatches(open);
    for (let step = 1; step <= this.#coupled.steps; step++) {
      const batches = drawBatches();
      const [lower, upper] = [this.#lower.step(step, batches.lower), this.#upper.step(step, batches.upper)];
      if (lower === null || upper === null) throw failure(number, step, 'the loss is no longer finite');
      this.#real.move(this.#lower.squaredNorm, this.#upper.squaredNorm, null, lower.gain, upper.gain);
      for (const process of processes) process.step(lower, upper);
      if (![this.#real, ...processes.map(({ record }) => record)].every(isInRange)) {
        throw failure(number, step, `a squared norm is above ${greatestSquaredNorm}`);
      }
    }
    return this.#summary(number);
  }

  #summary(number: number): CoupledTrainings {
    const processOf = (name: ProcessName) => {
      const { record } = this.#processes[name];
      return { ...runsOf(record, number), divergence: divergenceOf(record, this.#real) };
    };
    const processes = { law: processOf('law'), shared: processOf('shared'), own: processOf('own') };
    return { pairs: 1, real: runsOf(this.#real, number), processes };
  }
}

/** The fourth moments of the squared norms are to be finite. */
const greatestSquaredNorm = 1e75;

function isInRange({ lower, upper }: PathRecord): boolean {
  return lower <= greatestSquaredNorm && upper <= greatestSquaredNorm;
}

function failure(pair: number, step: number, what: string): SimulationError {
  return new SimulationError(`pair ${pair}, step ${step}: ${what}; try a smaller learning rate`, pair);
}

/** One of the two trainings. */
class Run {
  squaredNorm = 0;
  readonly #model: TwoTowers;
  readonly #stepper: Stepper;
  readonly #item: number;

  constructor({ training, steps, item }: CoupledTraining, data: Interactions, kernel: KernelOption) {
    // Its parameters are put in when a pair begins.
    this.#model = drawModel(training, data, () => 0.5);
    this.#stepper = openStepper(this.#model, training, { steps, batch: training.batches.size }, kernel);
    this.#item = item;
  }

  /** Starts from a model's parameters; returns the item's s. */
  begin({ user, item }: TwoTowers): number {
    for (const side of ['user', 'item'] as const) {
      const from = { user, item }[side].parameters;
      for (const [index, { value }] of this.#model[side].parameters.entries())
        value.values.set(from[index].value.values);
    }
    this.#stepper.restart();
    this.squaredNorm = this.#stepper.itemSquaredNorm(this.#item);
    return this.squaredNorm;
  }

  /** Null where the loss is not finite. */
  step(number: number, batch: Batch): RunStep | null {
    const before = this.squaredNorm;
    if (!Number.isFinite(this.#stepper.step(number, batch))) return null;
    this.squaredNorm = this.#stepper.itemSquaredNorm(this.#item);
    const copies = batch.items.reduce((count, item) => count + (item === this.#item ? 1 : 0), 0);
    return { copies, gain: before * (this.squaredNorm - before) };
  }
}

function divergenceOf(process: PathRecord, real: PathRecord): Divergence[] {
  return Array.from(real.recordedLower, (lower, index) => {
    const deviations = [
      process.recordedLower[index] / lower,
      process.recordedUpper[index] / real.recordedUpper[index],
    ].map((ratio) => Math.sqrt(ratio) - 1);
    return {
      runs: 2,
      sum: deviations[0] + deviations[1],
      squares: deviations[0] ** 2 + deviations[1] ** 2,
      largest: Math.max(...deviations.map(Math.abs)),
    };
  });
}
