import { z } from 'zod';
import { type MeanQuantity, meanQuantities } from '../../engine/precision-targets.ts';
import { closedObject, expected, numberField } from './fields.ts';

const level = numberField(0.5, 0.999999999, 'probability of being right at every look at once').default(0.95);

const halfWidth = numberField(1e-12, 1e12, 'half the width of the confidence sequence for the mean, at most');

const target = z
  .union(
    [
      closedObject({ halfWidth }),
      closedObject({ relativeHalfWidth: numberField(1e-9, 1, 'the same as a share of the mean, which must not be 0') }),
    ],
    { error: expected('{halfWidth: …} or {relativeHalfWidth: …}') },
  )
  .describe('How well the mean is to be known before the cell stops.')
  .optional();

const targets = Object.fromEntries(meanQuantities.map((name) => [name, target])) as Record<MeanQuantity, typeof target>;

const precision = closedObject({
  halfWidth: halfWidth.describe('Short for `norm.difference: {halfWidth: …}`.').optional(),
  ...targets,
  // Named, so that a rule with it is refused for what is wrong in that, and not for the name.
  violationRate: z
    .never({ error: 'expected violationRate alone, or targets of precision alone, got both' })
    .optional()
    .describe('A rule of its own: not beside targets of precision.'),
  level,
})
  .refine((rule) => meanQuantities.some((name) => rule[name] !== undefined) || rule.halfWidth !== undefined, {
    error: expected(`one of halfWidth, ${meanQuantities.join(', ')} and violationRate`),
  })
  .refine((rule) => rule.halfWidth === undefined || rule['norm.difference'] === undefined, {
    path: ['halfWidth'],
    error: 'expected halfWidth or norm.difference, which are one target, got both',
  })
  .meta({ title: 'means known well', description: 'The cell stops once every target that is named is reached.' });

const rate = closedObject({
  violationRate: closedObject({
    atMost: numberField(1e-9, 0.999999999, 'the lower of the two rates to decide between'),
    atLeast: numberField(1e-9, 0.999999999, 'the higher one'),
  })
    .refine(({ atMost, atLeast }) => atMost < atLeast, { error: expected('atMost below atLeast') })
    .describe('Two rates to decide between: the share of the pairs that are violated at some step.'),
  level,
}).meta({ title: 'a decision between two rates', description: 'The cell stops once a sequential test has decided.' });

/** `until:`: when a cell needs no more of its replicates. */
export const untilSchema = z
  .union([precision, rate], {
    error: expected('{norm.difference: {relativeHalfWidth: …}} or {violationRate: {atMost: …, atLeast: …}}'),
  })
  .describe('When a cell stops before its replicates are used up; valid however often it is looked at.')
  .optional();
