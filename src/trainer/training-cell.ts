import type { KernelOption } from '../engine/choose-member.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { Chunk, ChunkedCell } from '../engine/plan.ts';
import { hashOf } from '../random/canonical-json.ts';
import { replicateStreams, type StreamSource } from '../random/streams.ts';
import { generateInteractions } from './data-sets/generated.ts';
import type { Interactions } from './data-sets/interactions.ts';
import { oneToOneInteractions } from './data-sets/one-to-one.ts';
import { toyInteractions } from './data-sets/toy.ts';
import type { DataSource, TrainingSpecification } from './specification.ts';
import { type TrainingStreams, train } from './train.ts';
import type { ToldEpoch, TrainingSummary } from './training-summary.ts';

/** What is asked of one point of a sweep over trainings. */
export interface TrainingRequest {
  readonly training: TrainingSpecification;
  readonly seed: number;
  /** Trainings with draws of their own. */
  readonly replicates: number;
}

/** One point of a sweep, resolved: plain data, sent to workers as it is. A chunk is one training. */
export interface TrainingCell extends TrainingRequest, ChunkedCell {
  readonly replicates: number;
  /** Whether kernels may be used where there are any, or the plain twins are wanted. */
  readonly kernel: KernelOption;
}

/** The summaries of some trainings of a cell, in the order of their numbers. */
export type Trainings = readonly TrainingSummary[];

/** Tables that were read before, by the SHA-256 of their bytes. */
export type Tables = ReadonlyMap<string, Interactions>;

export function planTrainings(requests: readonly TrainingRequest[], kernel: KernelOption = 'auto'): TrainingCell[] {
  return requests.map((request, index) => ({ ...request, index, chunkSize: 1, kernel }));
}

/** How trainings are put together: one after the other. */
export const trainingKind: CellKind<TrainingCell, Trainings> = {
  empty: [],
  merge: (a, b) => [...a, ...b],
  hasEnough: () => false,
};

/** Runs one training: a pure function of the cell, the training's number and the tables. */
export function runTraining(
  cell: TrainingCell,
  { first }: Chunk,
  tables: Tables,
  onEpoch?: (told: ToldEpoch) => void,
): Trainings {
  const { training, kernel } = cell;
  const data = trainingData(cell, first, tables);
  return [train(training, data, trainingStreams(cell, first), { kernel, onEpoch })];
}

/** Where a training of the cell draws its start and its batches from, by the training's number. */
export function trainingStreams(cell: TrainingCell, number: number): TrainingStreams {
  const streams = streamsOf(cell, number);
  return { parameters: streams('parameters'), batches: streams('batches') };
}

/** The interactions that a training of the cell learns from, by the training's number. */
export function trainingData(cell: TrainingCell, number: number, tables: Tables): Interactions {
  return openData(cell.training.data, tables, () => streamsOf(cell, number)('data'));
}

function streamsOf({ training, seed }: TrainingCell, number: number): StreamSource {
  return replicateStreams(seed, trainingGroup(training), 'sfc32')(number);
}

/**
 * The group of a training's streams: trainings of a sweep that differ in rates, loss, optimiser or scale start from the
 * same draws and see the same batches, so that a sweep compares like with like.
 */
function trainingGroup({ data, dimension, tower, batches }: TrainingSpecification): string {
  return hashOf(['training', data, dimension, tower, batches]);
}

/** The interactions of a training; those of the generator are drawn. */
export function openData(source: DataSource, tables: Tables, open: () => () => number): Interactions {
  switch (source.from) {
    case 'toy':
      return toyInteractions;
    case 'generator':
      return generateInteractions(source, open());
    case 'one-to-one':
      return oneToOneInteractions(source.pairs);
    case 'table': {
      const table = tables.get(source.sha256);
      if (table === undefined) throw new RangeError(`runTraining: the table ${source.sha256} was not read`);
      return table;
    }
  }
}
