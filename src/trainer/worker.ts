import { workerData } from 'piscina';
import type { Chunk } from '../engine/plan.ts';
import type { WorkerAnswer } from '../engine/worker.ts';
import { runTraining, type Tables, type TrainingCell, type Trainings } from './training-cell.ts';

/** What a pool worker does with a message: data in, data out. The pool's tables are its data. */
export function work({ cell, chunk }: { cell: TrainingCell; chunk: Chunk }): WorkerAnswer<Trainings> {
  return { summary: runTraining(cell, chunk, workerData as Tables) };
}
