import { z } from 'zod';
import type { Bounds } from '../../theorems/expectations/expectation.ts';
import type { TrainingExpectation } from '../../theorems/expectations/training-expectation.ts';
import { closedObject, expected, numberField } from '../schema/fields.ts';

/** The bounds that leave one number. */
export function exactly(value: number): Bounds {
  return { atLeast: value, atMost: value };
}

const condition = z.string({ error: expected('a condition such as learningRate > 10') });
const answer = z.boolean({ error: expected('true or false') });

/** A number, or bounds of it. */
export const boundedField = (meaning: string) => {
  const bound = numberField(-1e9, 1e9, meaning);
  return z
    .union([bound, closedObject({ atLeast: bound.optional(), atMost: bound.optional() })], {
      error: expected('a number, {atLeast: number} or {atMost: number}'),
    })
    .describe(`${meaning}.`)
    .optional();
};

/** `where:` of a group of expectations. */
export const whereField = z
  .union([condition, z.array(condition)], { error: expected('a condition, or a list of them') })
  .default([])
  .describe('Conditions on the cell, as in `sweep.where`.');

const group = closedObject({
  where: whereField,
  'user.tangent': answer.describe('Whether the users move at a right angle in every recorded step.').optional(),
  'item.tangent': answer.describe('Whether the items do.').optional(),
  'item.popularityBias': answer
    .describe('Whether popularity and final norm correlate, positively and with p < 0.001.')
    .optional(),
  'item.pearson': boundedField('Pearson of popularity and final norm'),
  steps: boundedField('steps done'),
  meanCosine: boundedField('mean cosine of all pairs at the last recorded step'),
}).meta({ id: 'trainingExpectations' });

/** `expect:`: what each training must show, for `run` and `check` to judge. */
export const trainingExpectSchema = z
  .union([group, z.array(group)], {
    error: expected('a mapping from quantities to what is expected, or a list of them'),
  })
  .default([])
  .describe('What every training of a cell is expected to show: `item.tangent: true`.');

type WrittenGroup = z.output<typeof group>;

/** The expectations of a group, without its conditions. */
export function trainingExpectations({ where: _where, ...quantities }: WrittenGroup): TrainingExpectation[] {
  return Object.entries(quantities).flatMap(([quantity, is]) => {
    if (is === undefined) return [];
    // The schema lets no other quantity through.
    return [{ quantity, is: typeof is === 'number' ? exactly(is) : is } as TrainingExpectation];
  });
}
