import { z } from 'zod';

/** A chunk as it is sent to workers: its address, and nothing else. */
export interface ChunkJob {
  /** SHA-256 of the plan, in hexadecimal. */
  readonly plan: string;
  readonly cell: number;
  readonly block: number;
}

const place = z.int().min(0);
const chunkJob: z.ZodType<ChunkJob> = z.strictObject({
  plan: z.string().regex(/^[0-9a-f]{64}$/),
  cell: place,
  block: place,
});

/** The name of a job. The same chunk always has the same: sent twice, it is there once. */
export function jobId({ plan, cell, block }: ChunkJob): string {
  return `${plan}-${cell}-${block}`;
}

/**
 * Reads what came with a job.
 *
 * @throws {RangeError} when it is no address of a chunk, or not the one that the job is named after
 */
export function parseJob(data: unknown, id: string | undefined): ChunkJob {
  const parsed = chunkJob.safeParse(data);
  if (!parsed.success) throw new RangeError('the job is no address of a chunk');
  if (jobId(parsed.data) !== id) throw new RangeError('the job is not the chunk that it is named after');
  return parsed.data;
}
