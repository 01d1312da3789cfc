import { presenceProbability } from '../process/presence.ts';
import { coupledCopies, type PairCopies } from './copies.ts';
import type { Coupling } from './coupling.ts';
import { geometricGap } from './gaps.ts';

/**
 * Jumps from one appearance of the upper run to the next by geometric gaps; at each, the lower run appears too with
 * probability a′/a″. Costs appearances, not steps.
 */
export const events: Coupling = {
  name: 'events',
  refusal: () => null,
  // A gap takes a logarithm, about two and a half plain draws, and the thinning one more.
  cost: (pair) => 3.5 * pair.steps * presenceProbability(pair.popularity.upper, pair.batchSize),
  prepare(pair) {
    const { popularity, batchSize } = pair;
    const lowerPresence = presenceProbability(popularity.lower, batchSize);
    const upperPresence = presenceProbability(popularity.upper, batchSize);
    const nextGap = geometricGap(popularity.upper, batchSize);
    const drawCopies = coupledCopies(pair, lowerPresence, upperPresence);
    return (open, walk) => {
      const uniform = open('presence');
      const copiesUniform = open('copies');
      const copies: PairCopies = { lower: 0, upper: 0 };
      for (let step = nextGap(uniform); step <= pair.steps; step += nextGap(uniform)) {
        drawCopies(uniform, copiesUniform, copies);
        walk.appear(step, copies.lower, copies.upper);
      }
      walk.finish();
    };
  },
};
