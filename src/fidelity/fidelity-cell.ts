import type { KernelOption } from '../engine/choose-member.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { Chunk, ChunkedCell } from '../engine/plan.ts';
import { SimulationError } from '../engine/simulation-error.ts';
import { hashOf } from '../random/canonical-json.ts';
import { replicateStreams } from '../random/streams.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';
import type { Appearance } from '../trainer/steppers/watched-stepper.ts';
import { openData, type Tables, type TrainingCell, trainingData, trainingStreams } from '../trainer/training-cell.ts';
import type { ToldEpoch } from '../trainer/training-summary.ts';
import type { CoupledTraining } from './coupled/coupled-training.ts';
import {
  type CoupledTrainings,
  mergeCoupledTrainings,
  noCoupledTrainings,
  runCoupledTrainings,
} from './coupled/run-coupled-trainings.ts';
import { type RecordedTraining, recordedTraining } from './recorded-training.ts';

/** A point of a sweep that records trainings: a chunk is one training. */
export interface RecordedCell extends TrainingCell {
  readonly study: 'predictors';
}

/** A point of a sweep over coupled real trainings: a replicate is a pair. */
export interface CoupledTrainingCell extends ChunkedCell {
  readonly study: 'coupled-trainings';
  readonly coupled: CoupledTraining;
  readonly seed: number;
  readonly kernel: KernelOption;
}

/** Either study: resolved, plain data, sent to workers as it is. */
export type FidelityCell = RecordedCell | CoupledTrainingCell;

/** What a chunk of either study leaves behind. */
export type FidelitySummary = readonly RecordedTraining[] | CoupledTrainings;

export const recordedKind: CellKind<RecordedCell, readonly RecordedTraining[]> = {
  empty: [],
  merge: (a, b) => [...a, ...b],
  hasEnough: () => false,
};

export const coupledTrainingKind: CellKind<CoupledTrainingCell, CoupledTrainings> = {
  empty: noCoupledTrainings(0),
  merge: mergeCoupledTrainings,
  hasEnough: () => false,
};

/** Pairs of a chunk: some tenths of a second for small trainings, and progress within large ones. */
const pairsPerChunk = 8;

export function planRecorded(
  requests: readonly { readonly training: TrainingSpecification; readonly seed: number; readonly replicates: number }[],
  kernel: KernelOption,
): RecordedCell[] {
  return requests.map(({ training, seed, replicates }, index) => {
    return { study: 'predictors', training, seed, replicates, index, chunkSize: 1, kernel };
  });
}

export function planCoupledTrainings(
  requests: readonly { readonly coupled: CoupledTraining; readonly seed: number; readonly replicates: number }[],
  kernel: KernelOption,
): CoupledTrainingCell[] {
  return requests.map(({ coupled, seed, replicates }, index) => {
    return { study: 'coupled-trainings', coupled, seed, replicates, index, chunkSize: pairsPerChunk, kernel };
  });
}

/** Who is told of a recorded training while it runs. */
export interface RecordingListeners {
  readonly onEpoch?: ((told: ToldEpoch) => void) | undefined;
  readonly onAppearance?: ((appearance: Appearance) => void) | undefined;
}

/** Runs a chunk of either study: a pure function of the cell, the chunk and the tables. */
export function runFidelity(
  cell: FidelityCell,
  chunk: Chunk,
  tables: Tables,
  listeners: RecordingListeners = {},
): FidelitySummary {
  if (cell.study === 'coupled-trainings') return runPairs(cell, chunk, tables);
  const { training, kernel } = cell;
  const data = trainingData(cell, chunk.first, tables);
  return [recordedTraining(training, data, trainingStreams(cell, chunk.first), { kernel, ...listeners })];
}

/** All pairs learn from the same data, those of pair 0 where they are drawn. */
function runPairs(
  { index, coupled, seed, kernel }: CoupledTrainingCell,
  chunk: Chunk,
  tables: Tables,
): CoupledTrainings {
  const streams = replicateStreams(seed, coupledGroup(coupled), 'sfc32');
  const data = openData(coupled.training.data, tables, () => streams(0)('data'));
  try {
    return runCoupledTrainings(coupled, data, chunk, streams, kernel);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    throw new SimulationError(`cell ${index}, ${error.message}`, error.replicate);
  }
}

/** Pairs of a sweep that differ in popularity, rates, loss or scale share their draws. */
function coupledGroup({ training, item }: CoupledTraining): string {
  const { data, dimension, tower, batches } = training;
  return hashOf(['coupled trainings', data, dimension, tower, batches, item]);
}
