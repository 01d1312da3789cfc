import { z } from 'zod';
import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cell, Chunk } from '../engine/plan.ts';
import { finalBits } from '../kernels/finals.ts';
import { trajectoryBits } from '../statistics/trajectory-moments.ts';

const count = z.int().min(0);
const numbers = z.array(z.number());
const moments = z.strictObject({
  count,
  mean: z.tuple([z.number(), z.number()]),
  // The sums of squares come first and third.
  central: numbers.length(12).refine((central) => central[0] >= 0 && central[2] >= 0),
});
/** A bin is named by the eleven bits of the exponent and some of the mantissa of what is in it. */
const binCount = (bits: number) => 2 ** (11 + bits);
const histogramOf = (bits: number) =>
  z
    .strictObject({
      bits: z.literal(bits),
      minimum: z.number(),
      maximum: z.number(),
      runs: z
        .array(count)
        .refine((runs) => runs.length % 2 === 0 && sumOf(runs.filter((_, at) => at % 2 === 0)) < binCount(bits)),
    })
    .refine(({ minimum, maximum }) => minimum <= maximum);
const final = histogramOf(finalBits);
const trajectory = z.strictObject({
  count,
  mean: numbers,
  squares: z.array(z.number().min(0)),
  histograms: z.array(histogramOf(trajectoryBits)),
});

/** What a chunk of coupled pairs comes to, from wherever it came. */
export const chunkSummarySchema = z.strictObject({
  norm: moments,
  squaredNorm: moments,
  histograms: z.strictObject({ lower: final, upper: final }),
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

/** What was kept of a chunk; null for what cannot be its summary. */
export function parseChunkSummary(value: unknown, cell: Cell, chunk: Chunk): ChunkSummary | null {
  const { success, data } = chunkSummarySchema.safeParse(value);
  return success && isSummaryOf(data, cell, chunk) ? data : null;
}

/** Whether a summary is one of so many replicates at so many recorded steps. */
export function isSummaryOf(summary: ChunkSummary, { recordedSteps }: Cell, { replicates }: Chunk): boolean {
  const { norm, squaredNorm, histograms, order, trajectory } = summary;
  const isCounted = (runs: readonly number[]) => sumOf(runs.filter((_, at) => at % 2 === 1)) === replicates;
  const { pairsViolatedAtSomeStep, pairsViolatedAtEnd, ties } = order;
  const isRecorded = (of: NonNullable<ChunkSummary['trajectory']>['lower']) => {
    const lists = [of.mean, of.squares, of.histograms];
    return of.count === replicates && lists.every(({ length }) => length === recordedSteps.length);
  };
  return (
    [norm.count, squaredNorm.count, order.pairs].every((found) => found === replicates) &&
    [pairsViolatedAtSomeStep, pairsViolatedAtEnd, ties].every((found) => found <= replicates) &&
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

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
