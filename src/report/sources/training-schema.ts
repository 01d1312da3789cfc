import { z } from 'zod';
import { sweptSchema } from '../../results/summary-schema.ts';
import type { LossName } from '../../trainer/named-model.ts';

// These are said in captions.
const shapes = ['constant', 'step', 'exponential', 'cosine', 'warm-up', 'cyclic'] as const;
const losses = [
  'info-nce-cosine',
  'info-nce-dot',
  'squared-cosine-gap',
  'negative-cosine',
] as const satisfies readonly LossName[];
const towers = ['embedding', 'frozen-linear', 'embedding-linear', 'one-hot-linear', 'bert'] as const;

const optimiser = z.looseObject({
  method: z.string(),
  learningRate: z.number(),
  schedule: z.looseObject({ shape: z.enum(shapes) }),
  weightDecay: z.looseObject({ rate: z.number() }),
});

/** What figures need of a training's settings. */
const specificationSchema = z.looseObject({
  data: z.looseObject({ from: z.string() }),
  dimension: z.number(),
  tower: z.looseObject({ kind: z.enum(towers) }),
  loss: z.object({ name: z.enum(losses), temperature: z.number() }),
  initial: z.union([z.object({ standardDeviation: z.number() }), z.object({ radius: z.number() })]),
  optimisers: z.object({ user: optimiser, item: optimiser }),
  batches: z.object({ sampler: z.string(), size: z.number() }),
  epochs: z.number(),
  untilMeanCosine: z.number().nullable(),
});

/** What figures need of any training. */
export const measuredSchema = z.looseObject({
  stopped: z.looseObject({ isFailure: z.boolean() }).nullable(),
  items: z.object({
    popularity: z.array(z.number()),
    initialNorm: z.array(z.number()),
    finalNorm: z.array(z.number()),
  }),
});

/** A cell of trainings that are of this form. */
export function trainedCellSchema<Training extends z.ZodType>(training: Training) {
  return z.looseObject({
    index: z.number(),
    swept: sweptSchema,
    training: specificationSchema,
    trainings: z.array(training),
  });
}
