import { z } from 'zod';
import { predictors } from '../../fidelity/predictors/index.ts';
import { recordedQuantities } from '../../fidelity/quantities.ts';
import { descriptionField, nameField } from '../schema/common-fields.ts';
import { fieldCatalogue } from '../schema/field-paths.ts';
import { choiceField, closedObject, expected, integerField } from '../schema/fields.ts';
import { sweepSchema } from '../schema/sweep.ts';
import { modelShape } from '../training/model-fields.ts';
import { unsweptModelFields } from '../training/training-fields.ts';
import { quantityExpectSchema } from './quantity-expect.ts';

const letteredPredictors = predictors.map(({ letter, title }) => `(${letter}) ${title}`).join('; ');

/** A fidelity scenario that records trainings and holds predictors against them, as it is written. */
export const recordedSchema = closedObject({
  kind: z.literal('fidelity', { error: expected('fidelity') }).describe('The abstract process against real trainings.'),
  study: z.literal('predictors').describe('Predictors of the final norms against recorded trainings.'),
  name: nameField,
  description: descriptionField,
  ...modelShape,
  recordings: choiceField(
    ['first', 'all', 'none'],
    'of which trainings of a cell every appearance is kept, as Parquet',
  ).default('first'),
  replicates: integerField(1, 1e6, 'trainings with draws of their own, in each cell').default(1),
  sweep: sweepSchema,
  expect: quantityExpectSchema(
    'recordedExpectations',
    recordedQuantities,
    `\`f.growthR2: {atLeast: 0.98}\`. The predictors are ${letteredPredictors}.`,
  ),
}).describe('A scenario of kind fidelity, study predictors.');

export const recordedFields = fieldCatalogue(
  () => z.toJSONSchema(recordedSchema, { io: 'input', target: 'draft-7' }),
  unsweptModelFields,
);
