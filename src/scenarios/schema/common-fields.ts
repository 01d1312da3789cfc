import { z } from 'zod';
import { expected, integerField } from './fields.ts';

const scenarioName = 'a name of 1 to 64 lower-case letters, digits, dots, dashes or underscores';
const nameError = { error: expected(scenarioName) };

/** The fields that scenarios of every kind have. */
export const nameField = z
  .string(nameError)
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, nameError)
  .describe(`The scenario's name; run folders are named after it; ${scenarioName}.`);

export const descriptionField = z
  .string({ error: expected('text') })
  .max(10_000, { error: expected('at most 10000 characters') })
  .default('')
  .describe('What the scenario shows, for people.');

export const seedField = integerField(0, Number.MAX_SAFE_INTEGER, 'the seed of every draw').default(1);
