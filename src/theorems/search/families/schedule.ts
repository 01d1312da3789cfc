import fc from 'fast-check';
import type { Family } from '../family.ts';
import { roundPopularities, roundQuantity } from '../round-pairs.ts';
import { mostSearchedSteps } from '../searchable-claim.ts';
import { pairWithGains } from './given-gains.ts';

/** Any gains, as a learning-rate schedule could make them: the two runs share them. */
export const scheduleFamily: Family = {
  name: 'schedule',
  says: 'any sequence of gains c_1 … c_T, shared by the two runs; one slot a batch',
  mostSteps: mostSearchedSteps,
  pairs: (steps) =>
    fc
      .record({
        // First, because the first part of a record is the first to become round.
        gains: fc.array(roundQuantity(), { minLength: steps, maxLength: steps }),
        initialSquaredNorm: roundQuantity(),
        popularity: roundPopularities(),
      })
      .map(pairWithGains),
};
