import { scenarioJsonSchema } from './coupled-schema.ts';
import { fieldCatalogue } from './schema/field-paths.ts';

/** The fields of a coupled scenario. */
export const coupledFields = fieldCatalogue(
  scenarioJsonSchema,
  /^(kind|name|description|sweep|expect)(\.|$)|^popularity\.(data|format|userColumn|itemColumn)$|^gain\.\w*[fF]ile$/,
);
