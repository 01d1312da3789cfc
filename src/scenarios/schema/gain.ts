import { z } from 'zod';
import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import type { TraceGain } from '../../process/gains/trace.ts';
import { choiceField, closedObject, expected, expectedTag, integerField, numberField, textField } from './fields.ts';
import { scheduleSchema } from './schedule.ts';

const sharing = choiceField(
  ['shared', 'own'],
  'whether the two runs of a pair meet the same gains or draw their own',
).default('shared');

const traceValues = (meaning: string) =>
  z
    .array(numberField(0, 1e30, 'one gain'), { error: expected('a list of numbers') })
    .min(1, { error: expected('at least one number') })
    .optional()
    .describe(`${meaning}, multiples of (learningRate · tangentSignal)², one a step.`);

const traceFile = (meaning: string) =>
  textField(4096, 'a path', `${meaning} from a file, one number a line, relative to the scenario`).optional();

const models = [
  closedObject({ model: z.literal('constant').describe('The same gain at every step.'), sharing }),
  closedObject({
    model: z.literal('schedule').describe('The gain follows a learning-rate schedule.'),
    sharing,
    schedule: scheduleSchema,
  }),
  closedObject({
    model: z.literal('lognormal').describe('Log-normal gains, an AR(1) in log c; the mean is the constant gain.'),
    sharing,
    sigma: numberField(0, 10, 'σ, the standard deviation of log c'),
    rho: numberField(0, 1, 'ρ, the correlation of log c between steps').default(0),
  }),
  closedObject({
    model: z.literal('pareto').describe('Independent heavy-tailed gains; the mean is the constant gain.'),
    sharing,
    tailIndex: numberField(1.001, 1e6, 'α, the tail index: P(c > x) ∝ x^−α'),
  }),
  closedObject({
    model: z.literal('multiplicity').describe('c = c₁K^γ, K the copies of the item in the batch.'),
    sharing,
    exponent: numberField(-10, 10, 'γ, the power of the number of copies').default(1),
  }),
  closedObject({
    model: z.literal('in-batch-softmax').describe('c = (η/(Bτ))²(1 − 1/d)K(1 − K/B), the law of InfoNCE.'),
    sharing,
    temperature: numberField(1e-6, 1e6, 'τ, the softmax temperature').default(1),
    dimension: integerField(1, 65536, 'd, the dimension of the embeddings').default(64),
  }),
  closedObject({
    model: z.literal('trace').describe('Gains given one by one: `values`, or a `file` of them.'),
    sharing,
    values: traceValues('The gains'),
    upperValues: traceValues('The gains of the upper run, where they are own'),
    file: traceFile('The gains'),
    upperFile: traceFile('The gains of the upper run, where they are own,'),
  }),
] as const;

const names = ['constant', 'schedule', 'lognormal', 'pareto', 'multiplicity', 'in-batch-softmax', 'trace'];

/** A trace as a scenario writes it: its values, or the file that has them. */
type WrittenTrace = z.output<(typeof models)[6]>;

/** A gain model as a scenario writes it. */
export type WrittenGain = Exclude<GainSpecification, TraceGain> | WrittenTrace;

/** `gain: {model: …}` and the model's own fields. */
export const gainSchema = z
  .discriminatedUnion('model', models, { error: expectedTag('model', names) })
  .prefault({ model: 'constant' })
  .describe(
    'The law of c, what one appearance adds to s, times s; the constant gain is (learningRate · tangentSignal)².',
  ) satisfies z.ZodType<WrittenGain>;
