import { presenceProbability } from '../process/presence.ts';
import { coupledCopies, type PairCopies } from './copies.ts';
import type { Coupling } from './coupling.ts';

/** One V ~ Uniform[0, 1) a step: the upper run holds the item iff V < a(p″). Cheapest where most batches hold it. */
export const steps: Coupling = {
  name: 'steps',
  refusal: () => null,
  cost: (pair) => pair.steps * (1 + presenceProbability(pair.popularity.upper, pair.batchSize)),
  prepare(pair) {
    const lowerPresence = presenceProbability(pair.popularity.lower, pair.batchSize);
    const upperPresence = presenceProbability(pair.popularity.upper, pair.batchSize);
    const drawCopies = coupledCopies(pair, lowerPresence, upperPresence);
    return (open, walk) => {
      const uniform = open('presence');
      const copiesUniform = open('copies');
      const copies: PairCopies = { lower: 0, upper: 0 };
      for (let step = 1; step <= pair.steps; step++) {
        const v = uniform();
        if (v >= upperPresence) continue;
        // Given V < a″, V/a″ is uniform again: the same V decides whether the lower run holds the item too.
        drawCopies(() => v / upperPresence, copiesUniform, copies);
        walk.appear(step, copies.lower, copies.upper);
      }
      walk.finish();
    };
  },
};
