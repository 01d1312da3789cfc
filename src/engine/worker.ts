import { threadId } from 'node:worker_threads';
import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { type ChunkTask, takeUp } from './chunk-task.ts';
import { answerOf, type ChunkAnswer } from './executor.ts';
import type { Cell } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** What a pool worker does with a message: data in, data out. */
export function work(task: ChunkTask<Cell>): ChunkAnswer<ChunkSummary> {
  takeUp(task);
  const { cell, chunk } = task;
  return answerOf(threadId, () => runChunk(cell, chunk));
}
