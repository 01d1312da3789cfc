import { z } from 'zod';
import type { LearningRateSchedule } from '../../process/schedules/index.ts';
import { closedObject, expectedTag, integerField, numberField } from './fields.ts';

const factor = numberField(1e-6, 1e6, 'what η is multiplied by');
const share = (meaning: string) => numberField(0, 1, meaning);
const timesInitial = (meaning: string) => numberField(0, 1e6, `${meaning}, as a multiple of learningRate`);
const stepCount = (meaning: string) => integerField(1, 1e9, meaning);

const shapes = [
  closedObject({ shape: z.literal('constant').describe('η stays as it is.') }),
  closedObject({
    shape: z.literal('step').describe('η is multiplied by `factor` after every `every` steps.'),
    every: stepCount('steps between two changes'),
    factor,
  }),
  closedObject({ shape: z.literal('exponential').describe('η is multiplied by `factor` after every step.'), factor }),
  closedObject({
    shape: z.literal('cosine').describe('η falls along half a cosine to `floor` · learningRate.'),
    floor: share('where η ends, as a share of learningRate').default(0),
  }),
  closedObject({
    shape: z.literal('warm-up').describe('η rises linearly from `from` · learningRate to learningRate.'),
    from: share('where η starts, as a share of learningRate').default(0),
    over: stepCount('steps of the rise'),
  }),
  closedObject({
    shape: z.literal('cyclic').describe('Triangular cycles between `low` and `high` (arXiv 1506.01186).'),
    low: timesInitial('the least η'),
    high: timesInitial('the greatest η').default(1),
    halfPeriod: stepCount('steps of one rise or one fall'),
  }),
] as const;

const names = ['constant', 'step', 'exponential', 'cosine', 'warm-up', 'cyclic'];

/** A learning-rate schedule as a scenario writes it: `{shape: …}` and the shape's own fields. */
export const scheduleSchema = z
  .discriminatedUnion('shape', shapes, { error: expectedTag('shape', names) })
  .describe('How the learning rate changes over the training.') satisfies z.ZodType<LearningRateSchedule>;
