import { z } from 'zod';
import { meanQuantities } from '../engine/precision-targets.ts';

const count = z.number().int().nonnegative();
const quantiles = z.record(z.string(), z.number());

const mean = z.object({
  mean: z.number(),
  standardError: z.number().nullable().describe('null for fewer than two replicates'),
  exact: z.number().nullable().describe('the exact mean, null where no exact law is known'),
  zScore: z.number().nullable().describe('(mean − exact) in standard errors of the exact law'),
});
const run = mean.extend({ quantiles: quantiles.describe('probability → quantile') });
const quantity = z.object({ lower: run, upper: run, difference: mean.describe('upper − lower, from the pairs') });
const trajectoryRun = z.object({
  mean: z.array(z.number()),
  standardError: z.array(z.number().nullable()),
  exact: z.array(z.number()).nullable(),
  quantiles: z.record(z.string(), z.array(z.number())),
});
const reduction = z.object({
  estimate: z.number().nullable(),
  standardError: z.number().nullable(),
  exact: z.number().nullable(),
});
const stoppingEnd = {
  isReached: z.boolean(),
  level: z.number(),
  replicatesAtMost: count.describe('pairs after which the cell would have ended without an answer'),
};
const target = z.object({
  quantity: z.enum(meanQuantities),
  target: z.union([z.object({ halfWidth: z.number() }), z.object({ relativeHalfWidth: z.number() })]),
  isReached: z.boolean(),
  halfWidth: z
    .number()
    .nullable()
    .describe('of the confidence sequence for the mean; null where there are too few different draws'),
  relativeHalfWidth: z.number().nullable().describe('halfWidth over the size of the end that is nearer to 0'),
  lower: z.number().nullable().describe('the lower end of the sequence'),
  upper: z.number().nullable(),
});
const stopping = z.discriminatedUnion('rule', [
  z.object({
    rule: z.literal('precision'),
    ...stoppingEnd,
    targets: z.array(target).describe('level is the probability that all sequences hold their means at every look'),
  }),
  z.object({
    rule: z.literal('rate'),
    ...stoppingEnd,
    decision: z.enum(['the lower rate', 'the higher rate', 'undecided']),
  }),
]);
const item = z.object({ label: z.string(), interactions: count });

/** What a cell's place in its sweep is. */
export const sweptSchema = z
  .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
  .describe('field → value, for this cell');

/** A cell of coupled pairs. */
export const cellSchema = z.object({
  index: count.describe('the place in the plan'),
  parameters: z
    .looseObject({
      popularity: z.object({ lower: z.number(), upper: z.number() }),
      batchSize: count,
      steps: count,
      learningRate: z.number(),
    })
    .describe('the resolved parameters of the pair, defaults included'),
  swept: sweptSchema,
  items: z
    .object({ lower: item, upper: item, skippedRows: count.describe('bad rows of the table') })
    .nullable()
    .describe('the items, where a data table gave the popularities'),
  coupling: z.string(),
  couplingReason: z.string(),
  kernel: z.enum(['simd', 'plain']).describe('the compiled kernel of the coupling, or its plain twin'),
  replicates: count.describe('pairs simulated: fewer than asked for where a stopping rule had enough'),
  stopping: stopping.nullable().describe('what the stopping rule said at the end; null where there was none'),
  norm: quantity.describe('final ‖q‖'),
  squaredNorm: quantity.describe('final s = ‖q‖²'),
  order: z.object({
    pairs: count,
    pairsViolatedAtSomeStep: count,
    pairsViolatedAtEnd: count,
    violatedPairSteps: count.describe('steps after which s″ < s′, summed over the pairs'),
    newViolations: count,
    newViolationsPredicted: count.nullable().describe('by the sharp criterion; null where none is known'),
    ties: count.describe('pairs that end with s″ = s′'),
    firstViolation: z.object({ replicate: count, step: count }).nullable(),
  }),
  varianceReduction: reduction
    .extend({ norm: reduction.describe('the same for ‖q‖') })
    .describe('of the pairing, for s'),
  trajectory: z.object({
    step: z.array(count),
    pairsViolated: z.array(count).describe('pairs with s″ < s′ at each recorded step'),
    lower: trajectoryRun,
    upper: trajectoryRun,
  }),
});

export const failureSchema = z
  .object({ cell: count, replicate: count.describe('what ended the cell'), message: z.string(), swept: sweptSchema })
  .describe('a cell that could not be simulated');

/** Where the cells of a long run are. */
export const cellsFileSchema = z
  .object({ name: z.literal('cells.ndjson'), count, sha256: z.string() })
  .describe('of a run of very many cells: the file that holds them in place of `cells`, one a line');

/** What `summary.json` and `run --format json` hold: nothing that varies between runs of one plan. */
export const summarySchema = z.object({
  scenario: z.string(),
  description: z.string(),
  id: z.string().describe('the hash that names the run folder'),
  seed: z.number().int(),
  version: z.string(),
  cells: z.array(cellSchema).describe('those that could be simulated, in the order of the plan'),
  cellsFile: cellsFileSchema.optional(),
  tally: z
    .object({ cells: count, reversed: count, violated: count, stopping: count, stoppingMissed: count })
    .optional()
    .describe('what those cells come to'),
  failures: z.array(failureSchema),
  checksum: z
    .string()
    .describe(
      'SHA-256 of the canonical JSON (keys sorted, no white space) of the other fields: found wrong, it is refused',
    ),
});

export type RunSummary = z.infer<typeof summarySchema>;
export type SummaryCell = z.infer<typeof cellSchema>;

export function summaryJsonSchema() {
  return z.toJSONSchema(summarySchema);
}
