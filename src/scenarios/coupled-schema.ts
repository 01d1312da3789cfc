import { z } from 'zod';
import type { CouplingName } from '../coupling/coupling.ts';
import { generatorNames } from '../random/generators/index.ts';
import { descriptionField, nameField, seedField } from './schema/common-fields.ts';
import { expectSchema } from './schema/expect.ts';
import {
  choiceField,
  closedObject,
  expected,
  expectedName,
  explainedChoiceField,
  integerField,
  numberField,
} from './schema/fields.ts';
import { gainSchema } from './schema/gain.ts';
import { popularitySchema } from './schema/popularity.ts';
import { sweepSchema } from './schema/sweep.ts';
import { untilSchema } from './schema/until.ts';

const explainedCouplings = {
  auto: 'the cheapest member that is exact for the scenario, but never `independent`',
  slots: 'one uniform a slot: the literal definition',
  steps: 'one uniform a step: for items in most batches',
  events: 'one geometric gap an appearance: for items in few batches',
  counts: 'how often the item appeared: for a constant gain, when only the final state is wanted',
  independent: 'each run for itself: the control, which tells what the coupling buys',
} as const satisfies Record<'auto' | CouplingName, string>;

const start = closedObject({
  dimension: integerField(1, 65536, 'd, the number of independent normal entries'),
  standardDeviation: numberField(1e-15, 1e15, 'the standard deviation of an entry'),
});

/** A scenario of kind `coupled`, as it is written. Every default of such a scenario stands here or in a file it names. */
export const coupledSchema = closedObject({
  kind: z
    .literal('coupled', { error: expectedName(['coupled', 'train', 'fidelity']) })
    .describe('Coupled pairs of abstract trainings.'),
  name: nameField,
  description: descriptionField,
  seed: seedField,
  popularity: popularitySchema,
  batchSize: integerField(1, 2 ** 20, 'B, slots in a batch').default(64),
  steps: integerField(0, 1e9, 'T, batches in a training').default(1000),
  initialSquaredNorm: z
    .union([numberField(1e-30, 1e30, 's₀ of both runs'), start], {
      error: expected('a number from 1e-30 to 1e30, or {dimension, standardDeviation}'),
    })
    .default(1)
    .describe('s₀ = ‖q‖² at the start: a number, or normal entries drawn once per pair and shared by its runs.'),
  learningRate: numberField(0, 1e15, 'η, the SGD step size').default(1),
  tangentSignal: numberField(0, 1e15, '‖Pu‖, the length of the tangent part of the signal').default(1),
  gain: gainSchema,
  weightDecay: closedObject({
    rate: numberField(0, 1e15, 'λ; learningRate · rate must stay below 1').default(0),
    applies: choiceField(['dense', 'lazy'], 'at every step, or only when the item is in the batch').default('dense'),
  })
    .prefault({})
    .describe('Weight decay, none by default.'),
  momentum: closedObject({
    beta: numberField(0, 0.999999, 'β of heavy-ball momentum').default(0),
    dimension: integerField(2, 4096, 'dimension of the simulated vectors when β > 0').default(16),
  })
    .prefault({})
    .describe('Momentum, none by default.'),
  coupling: explainedChoiceField(explainedCouplings, 'how the two runs share their draws').default('auto'),
  generator: choiceField(generatorNames, 'where uniform draws come from').default('sfc32'),
  replicates: integerField(1, 1e10, 'independent repetitions of the pair, in each cell').default(100_000),
  trajectory: closedObject({
    points: integerField(0, 200, 'steps at which the states are recorded').default(50),
    spacing: choiceField(['linear', 'log'], 'how they are spread over the training').default('linear'),
  })
    .prefault({})
    .describe('The recorded trajectory; the last step is always recorded unless points is 0.'),
  until: untilSchema,
  sweep: sweepSchema,
  expect: expectSchema,
}).describe('A scenario of kind coupled: pairs of trainings that differ only in the popularity of one item.');

/** The fields of a coupled scenario, defaults filled in. */
export type CoupledFields = z.output<typeof coupledSchema>;

/** The JSON Schema (draft 7, which editors know best) of scenario files, for completion and the README's reference. */
export function scenarioJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { title: 'norm-growth scenario', ...z.toJSONSchema(coupledSchema, { io: 'input', target: 'draft-7' }) };
}
