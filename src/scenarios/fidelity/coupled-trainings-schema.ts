import { z } from 'zod';
import { coupledQuantities } from '../../fidelity/quantities.ts';
import { descriptionField, nameField } from '../schema/common-fields.ts';
import { fieldCatalogue } from '../schema/field-paths.ts';
import { closedObject, expected, integerField, numberField } from '../schema/fields.ts';
import { sweepSchema } from '../schema/sweep.ts';
import { modelShape } from '../training/model-fields.ts';
import { unsweptModelFields } from '../training/training-fields.ts';
import { quantityExpectSchema } from './quantity-expect.ts';

const {
  batches: _batches,
  epochs: _epochs,
  untilMeanCosine: _until,
  initialParameters: _initial,
  ...shape
} = modelShape;

/** A fidelity scenario of coupled real trainings, as it is written. */
export const coupledTrainingsSchema = closedObject({
  kind: z.literal('fidelity', { error: expected('fidelity') }).describe('The abstract process against real trainings.'),
  study: z
    .literal('coupled-trainings')
    .describe("Pairs of full trainings on shared draws that differ in one item's popularity alone."),
  name: nameField,
  description: descriptionField,
  ...shape,
  watchedItem: integerField(0, 1e6, 'number of the item whose popularity differs, in the order of the data').default(0),
  popularity: closedObject({
    lower: numberField(0, 1, 'p′, the probability that one batch slot holds the item, in the lower run'),
    upper: numberField(0, 1, 'p″, the same in the upper run'),
  }).describe("The item's popularity in the two runs; the others share the rest as their interactions do."),
  batchSize: integerField(1, 2 ** 16, 'B, slots in a batch').default(16),
  steps: integerField(1, 1e7, 'T, batches in a training').default(200),
  recordedSteps: integerField(1, 1000, 'how many steps the norms are kept at, evenly spread; the end is one').default(
    20,
  ),
  replicates: integerField(1, 1e9, 'pairs, in each cell').default(100),
  sweep: sweepSchema,
  expect: quantityExpectSchema(
    'coupledTrainingsExpectations',
    coupledQuantities,
    '`difference: {atLeast: 0}`. The processes beside the real pairs have gains of their own: `law` those of the softmax, ' +
      "`shared` the upper run's recorded ones in both runs, `own` each run's recorded ones.",
  ),
}).describe('A scenario of kind fidelity, study coupled-trainings.');

/** The same fields as of a training: an epoch is of no matter, batches are slots drawn with replacement. */
export const coupledTrainingsModel = coupledTrainingsSchema.transform((fields) => ({
  ...fields,
  batches: { sampler: 'slots' as const, size: fields.batchSize },
  epochs: 1,
}));

export const coupledTrainingsFields = fieldCatalogue(
  () => z.toJSONSchema(coupledTrainingsSchema, { io: 'input', target: 'draft-7' }),
  unsweptModelFields,
);
