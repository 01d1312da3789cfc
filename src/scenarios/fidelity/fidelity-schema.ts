import { z } from 'zod';
import { coupledTrainingsSchema } from './coupled-trainings-schema.ts';
import { recordedSchema } from './recorded-schema.ts';

/** The JSON Schema (draft 7) of scenario files of kind `fidelity`: one of its studies. */
export function fidelityJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.discriminatedUnion('study', [recordedSchema, coupledTrainingsSchema]);
  return { title: 'norm-growth fidelity', ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) };
}
