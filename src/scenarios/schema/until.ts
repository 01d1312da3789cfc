import { z } from 'zod';
import { closedObject, expected, numberField } from './fields.ts';

const level = numberField(0.5, 0.999999999, 'probability of being right at every look at once').default(0.95);

const precision = closedObject({
  halfWidth: numberField(1e-12, 1e12, 'of a confidence sequence for the difference of the mean norms'),
  level,
});

const rate = closedObject({
  violationRate: closedObject({
    atMost: numberField(1e-9, 0.999999999, 'the lower of the two rates to decide between'),
    atLeast: numberField(1e-9, 0.999999999, 'the higher one'),
  })
    .refine(({ atMost, atLeast }) => atMost < atLeast, { error: expected('atMost below atLeast') })
    .describe('Two rates to decide between: the share of the pairs that are violated at some step.'),
  level,
});

/** `until:`: when a cell needs no more of its replicates. */
export const untilSchema = z
  .union([precision, rate], { error: expected('{halfWidth: …} or {violationRate: {atMost: …, atLeast: …}}') })
  .describe('When a cell stops before its replicates are used up; valid however often it is looked at.')
  .optional();
