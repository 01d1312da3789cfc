import { fieldCatalogue } from '../schema/field-paths.ts';
import { trainingJsonSchema } from './training-schema.ts';

/** The fields of a train scenario. */
export const trainingFields = fieldCatalogue(
  trainingJsonSchema(),
  /^(kind|name|description|sweep|expect)(\.|$)|^initialParameters$|^snapshots|^data\.(from|file|format|userColumn|itemColumn)$/,
);
