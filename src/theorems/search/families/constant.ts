import fc from 'fast-check';
import type { Family } from '../family.ts';
import { roundPopularities, roundQuantity } from '../round-pairs.ts';
import { mostSearchedSteps } from '../searchable-claim.ts';
import { pairWithGains } from './given-gains.ts';

/** The article's process, under which its claims are theorems: a search in it must come back empty-handed. */
export const constantFamily: Family = {
  name: 'constant',
  says: 'one gain c for every step of both runs; one slot a batch',
  mostSteps: mostSearchedSteps,
  pairs: (steps) =>
    fc
      .record({ gain: roundQuantity(), initialSquaredNorm: roundQuantity(), popularity: roundPopularities() })
      .map(({ gain, ...rest }) => pairWithGains({ ...rest, gains: Array<number>(steps).fill(gain) })),
};
