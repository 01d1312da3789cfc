import { z } from 'zod';
import { sweptSchema } from '../../results/summary-schema.ts';
import type { LossName } from '../../trainer/named-model.ts';

// These are said in captions.
const losses = [
  'info-nce-cosine',
  'info-nce-dot',
  'squared-cosine-gap',
  'negative-cosine',
] as const satisfies readonly LossName[];
const towers = ['embedding', 'frozen-linear', 'embedding-linear', 'one-hot-linear', 'bert'] as const;

const schedule = z.discriminatedUnion('shape', [
  z.object({ shape: z.literal('constant') }),
  z.object({ shape: z.literal('step'), every: z.number(), factor: z.number() }),
  z.object({ shape: z.literal('exponential'), factor: z.number() }),
  z.object({ shape: z.literal('cosine'), floor: z.number() }),
  z.object({ shape: z.literal('warm-up'), from: z.number(), over: z.number() }),
  z.object({ shape: z.literal('cyclic'), low: z.number(), high: z.number(), halfPeriod: z.number() }),
]);

const everyOptimiser = {
  learningRate: z.number().min(0),
  schedule,
  weightDecay: z.object({ rate: z.number(), applies: z.string() }),
};
const optimiser = z.discriminatedUnion('method', [
  z.looseObject({
    method: z.literal('sgd'),
    momentum: z.union([z.number(), z.object({ low: z.number(), high: z.number() })]),
    ...everyOptimiser,
  }),
  z.looseObject({ method: z.enum(['adam', 'adamw']), ...everyOptimiser }),
]);

/** What reports need of a training's settings. */
export const specificationSchema = z.looseObject({
  data: z.looseObject({ from: z.string() }),
  dimension: z.int().min(1),
  tower: z.looseObject({ kind: z.enum(towers) }),
  loss: z.object({ name: z.enum(losses), temperature: z.number().positive() }),
  initial: z.union([z.object({ standardDeviation: z.number() }), z.object({ radius: z.number() })]),
  optimisers: z.object({ user: optimiser, item: optimiser }),
  batches: z.object({ sampler: z.string(), size: z.int().min(1) }),
  epochs: z.int().min(1).max(1e6),
  untilMeanCosine: z.number().nullable(),
});

/** What reports need of any training. */
export const measuredSchema = z.looseObject({
  steps: z.number(),
  stopped: z.looseObject({ step: z.number(), because: z.string(), isFailure: z.boolean() }).nullable(),
  items: z
    .object({
      popularity: z.array(z.int().min(0)),
      initialNorm: z.array(z.number()),
      finalNorm: z.array(z.number()),
    })
    .refine(
      ({ popularity, initialNorm, finalNorm }) =>
        [initialNorm, finalNorm].every((norms) => norms.length === popularity.length),
      'expected as many norms as popularities',
    ),
});

/** A cell of trainings that are of this form. */
export function trainedCellSchema<Training extends z.ZodType>(training: Training) {
  return z.looseObject({
    index: z.number(),
    swept: sweptSchema,
    training: specificationSchema,
    // The first is shown where there is one cell.
    trainings: z.array(training).min(1),
  });
}
