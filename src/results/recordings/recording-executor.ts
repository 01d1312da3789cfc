import { answerOf, type Executor, onThisThread, type WorkerAnswer } from '../../engine/executor.ts';
import type { Chunk } from '../../engine/plan.ts';
import { type Patience, poolOf, trainingPatience } from '../../engine/pool.ts';
import { type FidelityCell, type FidelitySummary, runFidelity } from '../../fidelity/fidelity-cell.ts';
import { entryModule } from '../../package-files.ts';
import { type Tables, trainingData } from '../../trainer/training-cell.ts';
import type { ToldEpoch } from '../../trainer/training-summary.ts';
import { ResultsError } from '../results-error.ts';
import { RecordingFile } from './recording-file.ts';

/** What a worker is given once, besides its cells. */
export interface RecordingSetting {
  readonly tables: Tables;
  /** The folder that recordings are kept in; null where none are kept. */
  readonly folder: string | null;
  /** Of which trainings of a cell. */
  readonly recordings: 'first' | 'all' | 'none';
}

/** Runs fidelity studies, and keeps recordings: on worker threads, or with 0 of them on the calling thread. */
export function recordingExecutor<C extends FidelityCell, S extends FidelitySummary>(
  workers: number,
  setting: RecordingSetting,
  patience: Patience = trainingPatience,
): Executor<C, S> {
  if (workers === 0)
    return onThisThread((cell, chunk) => recordedAnswer(0, () => runRecorded(cell, chunk, setting) as S));
  return poolOf({ workers, file: entryModule('results/recordings/worker'), patience, workerData: setting });
}

/** As `answerOf`; a recording that cannot be written ends the run. */
export function recordedAnswer<S>(worker: number, run: () => S): WorkerAnswer<S> {
  try {
    return answerOf(worker, run);
  } catch (error) {
    // An error's class does not survive the way between threads.
    if (error instanceof ResultsError) return { stop: error.message };
    throw error;
  }
}

/** Runs a chunk; a recording is in place before the summary is returned, so that a run that has the one has the other. */
export function runRecorded(
  cell: FidelityCell,
  chunk: Chunk,
  { tables, folder, recordings }: RecordingSetting,
  onEpoch?: (told: ToldEpoch) => void,
): FidelitySummary {
  const isKept = recordings === 'all' || (recordings === 'first' && chunk.first === 0);
  if (cell.study !== 'predictors' || folder === null || !isKept) return runFidelity(cell, chunk, tables, { onEpoch });
  const { items } = trainingData(cell, chunk.first, tables);
  const file = new RecordingFile(`${folder}/cell-${cell.index}-training-${chunk.first}.parquet`, items);
  try {
    const onAppearance = file.add.bind(file);
    const summary = runFidelity(cell, chunk, tables, { onEpoch, onAppearance });
    file.finish();
    return summary;
  } catch (error) {
    file.discard();
    throw error;
  }
}
