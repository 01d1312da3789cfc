import { z } from 'zod';
import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkOutcome } from '../../engine/executor.ts';
import type { Cell, Chunk } from '../../engine/plan.ts';

/** What a worker sends back: what became of a chunk, and which worker says so. */
export type SentAnswer = ChunkOutcome<ChunkSummary> & {
  /** 8 random hexadecimal digits: they tell workers apart and say nothing of their machines. */
  readonly by: string;
};

const count = z.int().min(0);
const numbers = z.array(z.number());
const moments = z.strictObject({
  count,
  mean: z.tuple([z.number(), z.number()]),
  central: numbers.length(12),
});
const histogram = z.strictObject({
  bits: z.int().min(1).max(20),
  minimum: z.number(),
  maximum: z.number(),
  runs: z.array(count).refine((runs) => runs.length % 2 === 0),
});
const trajectory = z.strictObject({
  count,
  mean: numbers,
  squares: numbers,
  histograms: z.array(histogram),
});
const summary = z.strictObject({
  norm: moments,
  squaredNorm: moments,
  histograms: z.strictObject({ lower: histogram, upper: histogram }),
  order: z.strictObject({
    pairs: count,
    pairsViolatedAtSomeStep: count,
    pairsViolatedAtEnd: count,
    violatedPairSteps: count,
    newViolations: count,
    newViolationsPredicted: count.nullable(),
    ties: count,
    firstViolation: z.strictObject({ replicate: count, step: count }).nullable(),
  }),
  trajectory: z.strictObject({ lower: trajectory, upper: trajectory, pairsViolated: z.array(count) }).nullable(),
}) satisfies z.ZodType<ChunkSummary>;

const by = z.string().regex(/^[0-9a-f]{8}$/);
const sentAnswer = z.union([
  z.strictObject({ summary, by }),
  z.strictObject({ failure: z.string().max(2000), replicate: count, by }),
]) satisfies z.ZodType<SentAnswer>;

/** What came back for a chunk; null for what cannot be an answer to it. */
export function parseAnswer(value: unknown, cell: Cell, chunk: Chunk): SentAnswer | null {
  const { success, data } = sentAnswer.safeParse(value);
  if (!success) return null;
  return ('failure' in data ? isInChunk(data.replicate, chunk) : fits(data.summary, cell, chunk)) ? data : null;
}

function isInChunk(replicate: number, { first, replicates }: Chunk): boolean {
  return replicate >= first && replicate < first + replicates;
}

/** Whether a summary is one of so many replicates at so many recorded steps. */
function fits(summary: ChunkSummary, { recordedSteps }: Cell, { replicates }: Chunk): boolean {
  const { norm, squaredNorm, histograms, order, trajectory } = summary;
  const isCounted = (runs: readonly number[]) => {
    return runs.reduce((sum, value, index) => sum + (index % 2 === 1 ? value : 0), 0) === replicates;
  };
  const isRecorded = (of: NonNullable<ChunkSummary['trajectory']>['lower']) => {
    const lists = [of.mean, of.squares, of.histograms];
    return of.count === replicates && lists.every(({ length }) => length === recordedSteps.length);
  };
  return (
    [norm.count, squaredNorm.count, order.pairs].every((found) => found === replicates) &&
    histograms !== null &&
    isCounted(histograms.lower.runs) &&
    isCounted(histograms.upper.runs) &&
    (trajectory === null
      ? recordedSteps.length === 0
      : isRecorded(trajectory.lower) &&
        isRecorded(trajectory.upper) &&
        trajectory.pairsViolated.length === recordedSteps.length)
  );
}
