import type { RecordedTraining } from '../fidelity/recorded-training.ts';
import { pearson, spearman } from '../statistics/correlation.ts';
import type { Trainings } from '../trainer/training-cell.ts';
import type { StepRecord, TrainingSummary } from '../trainer/training-summary.ts';
import { shownCell } from './shown-cell.ts';
import type { Snapshot, TrainingView } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

/** A recorded step; a finished training of a study keeps less of it. */
export type ShownRecord = Omit<StepRecord, 'picture' | 'popularity'> & Partial<StepRecord>;

/** The items of a finished training. */
export type ShownItems = TrainingSummary['items'] & { readonly training: number };

/** The training that is looked at: one under way, or a finished one. */
export interface ShownTraining {
  readonly cell: number;
  /** Its number within its cell. */
  readonly training: number;
  readonly isDone: boolean;
  /** Epochs done, and asked for. */
  readonly epoch: number;
  readonly epochs: number;
  /** By epoch, what is known and finite. */
  readonly losses: readonly (readonly [epoch: number, loss: number])[];
  readonly records: readonly ShownRecord[];
  /** Of one under way, those of the last that the cell has finished. */
  readonly items: ShownItems | null;
  readonly stopped: TrainingSummary['stopped'];
}

type Finished = TrainingSummary | RecordedTraining;

/** Of the shown cell: the training under way that was begun last, else the last of those finished; null before any. */
export function shownTraining(snapshot: Snapshot, ui: UiState): ShownTraining | null {
  const cell = shownCell(snapshot, ui);
  const view = snapshot.cells[cell];
  if (view === undefined) return null;
  const finished = Array.isArray(view.merged) ? (view.merged as Trainings | readonly RecordedTraining[]) : [];
  const told = snapshot.trainings.filter((training) => training.cell === cell);
  const epochs = snapshot.facts.cells[cell].epochs ?? 0;
  const last = finished.length - 1;
  const items = last < 0 ? null : { ...finished[last].items, training: last };
  // What is told of an epoch may come after the training's end.
  const underWay = told.findLast(({ training }) => training > last);
  if (underWay !== undefined) {
    const { training, epoch, records } = underWay;
    const losses = lossesOf(underWay);
    return { cell, training, isDone: false, epoch, epochs, losses, records, items, stopped: null };
  }
  if (last < 0) return null;
  const records = recordsOf(finished[last]);
  const remembered = told.find(({ training }) => training === last);
  const losses = remembered === undefined ? records.map(lossOf) : lossesOf(remembered);
  const { epochs: epoch, stopped } = finished[last];
  return {
    cell,
    training: last,
    isDone: true,
    epoch,
    epochs,
    losses: losses.filter(isFinitePoint),
    records,
    items,
    stopped,
  };
}

function recordsOf(training: Finished): readonly ShownRecord[] {
  if ('records' in training) return training.records;
  if (training.last === null) return [];
  // Unless it stopped before, the last recorded step is the last step, whose norms are known.
  if (training.stopped !== null) return [training.last];
  const { popularity, finalNorm } = training.items;
  const [linear, ranked] = [pearson, spearman].map((of) => of(popularity, finalNorm)?.coefficient ?? null);
  return [{ ...training.last, popularity: { pearson: linear, spearman: ranked } }];
}

function lossesOf({ losses }: TrainingView): ShownTraining['losses'] {
  return losses.map((loss, index) => [index + 1, loss ?? Number.NaN] as const).filter(isFinitePoint);
}

function lossOf({ epoch, loss }: ShownRecord): ShownTraining['losses'][number] {
  return [epoch, loss];
}

function isFinitePoint(point: readonly number[]): boolean {
  return point.every(Number.isFinite);
}
