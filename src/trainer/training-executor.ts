import { answerOf, type Executor, onThisThread } from '../engine/executor.ts';
import { type Patience, poolOf, trainingPatience } from '../engine/pool.ts';
import { entryModule } from '../package-files.ts';
import { runTraining, type Tables, type TrainingCell, type Trainings } from './training-cell.ts';

/** Runs trainings: on worker threads, or with 0 of them on the calling thread. */
export function trainingExecutor(
  workers: number,
  tables: Tables,
  patience: Patience = trainingPatience,
): Executor<TrainingCell, Trainings> {
  if (workers === 0) return onThisThread((cell, chunk) => answerOf(0, () => runTraining(cell, chunk, tables)));
  return poolOf({ workers, file: entryModule('trainer/worker'), patience, workerData: tables });
}
