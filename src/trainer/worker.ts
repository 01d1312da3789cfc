import { workerData } from 'piscina';
import type { Chunk } from '../engine/plan.ts';
import type { WorkerAnswer } from '../engine/worker.ts';
import { openEpochChannel } from './epoch-channel.ts';
import { runTraining, type Tables, type TrainingCell, type Trainings } from './training-cell.ts';

const channel = openEpochChannel();

/** What a pool worker does with a message: data in, data out. The pool's tables are its data. */
export function work({ cell, chunk }: { cell: TrainingCell; chunk: Chunk }): WorkerAnswer<Trainings> {
  const tell = (epoch: number) => channel.postMessage({ cell: chunk.cell, training: chunk.block, epoch });
  return { summary: runTraining(cell, chunk, workerData as Tables, tell) };
}
