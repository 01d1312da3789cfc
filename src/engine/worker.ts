import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** What a pool worker does with a message: data in, data out. */
export function work({ cell, chunk }: { cell: Cell; chunk: Chunk }) {
  return runChunk(cell, chunk);
}
