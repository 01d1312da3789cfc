import { fieldCatalogue } from '../schema/field-paths.ts';
import { trainingJsonSchema } from './training-schema.ts';

/** Paths that no scenario that trains can sweep: one file is one scenario, with one table and one set of measurements. */
export const unsweptModelFields =
  /^(kind|study|name|description|sweep|expect|recordings|recordedSteps)(\.|$)|^initialParameters$|^snapshots|^data\.(from|file|format|userColumn|itemColumn)$/;

/** The fields of a train scenario. */
export const trainingFields = fieldCatalogue(trainingJsonSchema, unsweptModelFields);
