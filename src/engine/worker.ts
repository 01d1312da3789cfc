import { threadId } from 'node:worker_threads';
import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { answerOf, type ChunkAnswer } from './executor.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** What a pool worker does with a message: data in, data out. */
export function work({ cell, chunk }: { cell: Cell; chunk: Chunk }): ChunkAnswer<ChunkSummary> {
  return answerOf(threadId, () => runChunk(cell, chunk));
}
