import type { AxisValue } from '../../scenarios/sweep/axis.ts';
import type { TrainingSpecification } from '../../trainer/specification.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { evenly } from '../figures/plot.ts';
import { cellName } from './cell-name.ts';

/** What every kind of run keeps of a training. */
export type MeasuredTraining = Pick<TrainingSummary, 'items' | 'stopped'>;

/** A cell whose replicates are trainings. */
export interface TrainedCell<Training = MeasuredTraining> {
  readonly index: number;
  readonly swept: Readonly<Record<string, AxisValue>>;
  readonly training: TrainingSpecification;
  readonly trainings: readonly Training[];
}

/** A finished run of trainings, as figures are made of it. */
export interface TrainedSource<Training = MeasuredTraining> {
  /** In the order of the plan; those that failed are not among them. */
  readonly cells: readonly TrainedCell<Training>[];
  /** The trainings that are shown one by one: all of few, else some, evenly spaced over the plan. */
  readonly shown: readonly ShownTraining<Training>[];
}

/** A training that is shown by itself. */
export interface ShownTraining<Training = MeasuredTraining> {
  /** Unlike those of the others. */
  readonly name: string;
  readonly cell: TrainedCell<Training>;
  /** Its number within the cell. */
  readonly number: number;
  readonly training: Training;
}

/** Trainings that a figure shows one by one. */
const mostShown = 8;

/** Those that came to numbers that are not finite are not shown one by one. */
export function trainedSource<Training extends MeasuredTraining>(
  cells: readonly TrainedCell<Training>[],
): TrainedSource<Training> {
  const sound = cells.flatMap((cell) =>
    cell.trainings.flatMap((training, number) =>
      isSound(training) ? [{ name: trainingName(cell, number), cell, number, training }] : [],
    ),
  );
  return { cells, shown: evenly(sound, mostShown) };
}

/** Whether all of its numbers are finite. */
export function isSound({ stopped }: MeasuredTraining): boolean {
  return stopped?.isFailure !== true;
}

function trainingName({ swept, trainings }: TrainedCell<unknown>, number: number): string {
  const cell = Object.keys(swept).length === 0 ? [] : [cellName(swept)];
  const training = trainings.length === 1 ? [] : [`training ${number}`];
  const name = [...cell, ...training].join(', ');
  return name === '' ? 'the only training' : name;
}
