import { z } from 'zod';
import { meanQuantities } from '../../engine/precision-targets.ts';
import { shareQuantities } from '../../theorems/expectations/expectation.ts';
import { closedObject, expected, numberField } from './fields.ts';

const conditionText = z.string({ error: expected('a condition such as popularity.upper > 0.5') });

const meanBound = numberField(-1e300, 1e300, 'a bound on the mean');
const bounds = <Bound extends z.ZodType<number>>(bound: Bound) =>
  closedObject({ atLeast: bound.optional(), atMost: bound.optional() }).refine(
    ({ atLeast, atMost }) =>
      atLeast === undefined ? atMost !== undefined : !(atMost !== undefined && atMost < atLeast),
    { error: expected('atLeast, atMost, or both with atLeast ≤ atMost') },
  );

const ofMean = z
  .union([z.literal('exact'), meanBound, bounds(meanBound)], {
    error: expected('exact, a number, {atLeast: number} or {atMost: number}'),
  })
  .meta({
    id: 'expectedMean',
    description: 'A mean: as the exact law has it (exact), a number, or bounds; decided by z-tests.',
  });

const shareBound = numberField(0, 1, 'a share of the pairs');
const ofShare = z
  .union([shareBound, bounds(shareBound)], { error: expected('a share from 0 to 1, {atLeast: …} or {atMost: …}') })
  .meta({
    id: 'expectedShare',
    description: 'A share of the pairs, or bounds on it: 0 and 1 speak of every pair, others are for binomial tests.',
  });

const quantities = {
  ...Object.fromEntries(
    meanQuantities.flatMap((name) => [name, `${name}.mean`].map((path) => [path, ofMean.optional()])),
  ),
  ...Object.fromEntries(shareQuantities.map((name) => [name, ofShare.optional()])),
  'order.newViolations': z
    .literal('predicted', { error: expected('predicted') })
    .describe('As many new violations as the sharp criterion predicts.')
    .optional(),
};

const group = closedObject({
  where: z
    .union([conditionText, z.array(conditionText)], { error: expected('a condition, or a list of them') })
    .default([])
    .describe('Conditions on the cell, as in `sweep.where`.'),
  ...quantities,
}).meta({ id: 'expectations' });

/** `expect:`: what the cells' results must be, for `run` and `check` to judge. */
export const expectSchema = z
  .union([group, z.array(group)], {
    error: expected('a mapping from quantities to what is expected, or a list of them'),
  })
  .default([])
  .describe('What is expected of the results, decided statistically: `order.pairsViolatedAtSomeStep: 0`.');
