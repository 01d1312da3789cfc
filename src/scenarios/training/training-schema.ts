import { z } from 'zod';
import { descriptionField, nameField } from '../schema/common-fields.ts';
import { closedObject, expected, integerField } from '../schema/fields.ts';
import { sweepSchema } from '../schema/sweep.ts';
import { modelShape } from './model-fields.ts';
import { trainingExpectSchema } from './training-expect.ts';

/** A scenario of kind `train`, as it is written. Every default of such a scenario stands here. */
export const trainingSchema = closedObject({
  kind: z.literal('train', { error: expected('train') }).describe('Trainings of two towers, step by step.'),
  name: nameField,
  description: descriptionField,
  ...modelShape,
  snapshots: z
    .array(integerField(1, 1e9, 'a step'), { error: expected('a list of steps') })
    .max(1000, { error: expected('at most 1000 steps') })
    .describe('Steps after which all outputs are kept in summary.json.')
    .optional(),
  replicates: integerField(1, 1e6, 'trainings with draws of their own, in each cell').default(1),
  sweep: sweepSchema,
  expect: trainingExpectSchema,
}).describe('A scenario of kind train: real trainings of two towers.');

/** The JSON Schema (draft 7) of scenario files of this kind. */
export function trainingJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { title: 'norm-growth training', ...z.toJSONSchema(trainingSchema, { io: 'input', target: 'draft-7' }) };
}
