import { threadId } from 'node:worker_threads';
import { workerData } from 'piscina';
import { type ChunkTask, takeUp } from '../engine/chunk-task.ts';
import { answerOf, type ChunkAnswer } from '../engine/executor.ts';
import { openEpochChannel, tellEpoch } from './epoch-channel.ts';
import { runTraining, type Tables, type TrainingCell, type Trainings } from './training-cell.ts';
import type { ToldEpoch } from './training-summary.ts';

const channel = openEpochChannel();

/** What a pool worker does with a message: data in, data out. The pool's tables are its data. */
export function work(task: ChunkTask<TrainingCell>): ChunkAnswer<Trainings> {
  takeUp(task);
  const { cell, chunk } = task;
  const tell = (told: ToldEpoch) => tellEpoch(channel, chunk, told);
  return answerOf(threadId, () => runTraining(cell, chunk, workerData as Tables, tell));
}
