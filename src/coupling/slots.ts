import { gainModel } from '../process/gains/index.ts';
import { truncatedCopies } from './copies.ts';
import { drawCoupledSlot } from './coupled-slot.ts';
import type { Coupling } from './coupling.ts';

/**
 * The literal definition: one U ~ Uniform[0, 1) for every slot of every batch; a run holds the item in the slot iff
 * U < p. The reference that the other members are tested against, never optimised.
 *
 * No gain model depends on which other items fill the batch, so Z is not drawn; `drawCoupledItems` draws it.
 */
export const slots: Coupling = {
  name: 'slots',
  refusal: () => null,
  cost: ({ steps, batchSize }) => steps * batchSize,
  prepare(pair) {
    const { popularity, batchSize, steps, gain } = pair;
    const hasOwnCopies = gain.sharing === 'own' && gainModel(pair, 'lower').usesCopies;
    const ownLowerCopies = hasOwnCopies ? truncatedCopies(popularity.lower, batchSize) : null;
    const ownUpperCopies = hasOwnCopies ? truncatedCopies(popularity.upper, batchSize) : null;
    return (open, walk) => {
      const uniform = open('presence');
      const copiesUniform = open('copies');
      for (let step = 1; step <= steps; step++) {
        let lowerCopies = 0;
        let upperCopies = 0;
        for (let slot = 0; slot < batchSize; slot++) {
          const { isInLower, isInUpper } = drawCoupledSlot(popularity, uniform);
          if (isInLower) lowerCopies += 1;
          if (isInUpper) upperCopies += 1;
        }
        if (ownLowerCopies !== null && lowerCopies > 0) lowerCopies = ownLowerCopies(copiesUniform);
        if (ownUpperCopies !== null && upperCopies > 0) upperCopies = ownUpperCopies(copiesUniform);
        if (upperCopies > 0) walk.appear(step, lowerCopies, upperCopies);
      }
      walk.finish();
    };
  },
};
