import { threadId } from 'node:worker_threads';
import { workerData } from 'piscina';
import { answerOf, type ChunkAnswer } from '../engine/executor.ts';
import type { Chunk } from '../engine/plan.ts';
import { openEpochChannel, tellEpoch } from './epoch-channel.ts';
import { runTraining, type Tables, type TrainingCell, type Trainings } from './training-cell.ts';
import type { ToldEpoch } from './training-summary.ts';

const channel = openEpochChannel();

/** What a pool worker does with a message: data in, data out. The pool's tables are its data. */
export function work({ cell, chunk }: { cell: TrainingCell; chunk: Chunk }): ChunkAnswer<Trainings> {
  const tell = (told: ToldEpoch) => tellEpoch(channel, chunk, told);
  return answerOf(threadId, () => runTraining(cell, chunk, workerData as Tables, tell));
}
