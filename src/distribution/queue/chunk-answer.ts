import { z } from 'zod';
import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkOutcome } from '../../engine/executor.ts';
import type { Cell, Chunk } from '../../engine/plan.ts';
import { chunkSummarySchema, isSummaryOf } from '../../results/stored-chunk.ts';

/** What a worker sends back: what became of a chunk, and which worker says so. */
export type SentAnswer = ChunkOutcome<ChunkSummary> & {
  /** 8 random hexadecimal digits: they tell workers apart and say nothing of their machines. */
  readonly by: string;
};

const count = z.int().min(0);
const by = z.string().regex(/^[0-9a-f]{8}$/);
const sentAnswer = z.union([
  z.strictObject({ summary: chunkSummarySchema, by }),
  z.strictObject({ failure: z.string().max(2000), replicate: count, by }),
]) satisfies z.ZodType<SentAnswer>;

/** What came back for a chunk; null for what cannot be an answer to it. */
export function parseAnswer(value: unknown, cell: Cell, chunk: Chunk): SentAnswer | null {
  const { success, data } = sentAnswer.safeParse(value);
  if (!success) return null;
  return ('failure' in data ? isInChunk(data.replicate, chunk) : isSummaryOf(data.summary, cell, chunk)) ? data : null;
}

function isInChunk(replicate: number, { first, replicates }: Chunk): boolean {
  return replicate >= first && replicate < first + replicates;
}
