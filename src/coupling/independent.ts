import { gainModel } from '../process/gains/index.ts';
import { presenceProbability } from '../process/presence.ts';
import { truncatedCopies } from './copies.ts';
import type { Coupling } from './coupling.ts';
import { geometricGap } from './gaps.ts';

/**
 * No coupling: two trainings that share no draw. The control that shows what the coupling buys, in precision and in
 * order.
 */
export const independent: Coupling = {
  name: 'independent',
  refusal: () => null,
  cost: ({ steps, batchSize, popularity: { lower, upper } }) => {
    return 2.5 * steps * (presenceProbability(lower, batchSize) + presenceProbability(upper, batchSize));
  },
  prepare(pair) {
    const { popularity, batchSize, steps } = pair;
    const usesCopies = gainModel(pair, 'lower').usesCopies;
    const lowerGap = geometricGap(popularity.lower, batchSize);
    const upperGap = geometricGap(popularity.upper, batchSize);
    const lowerCopies = usesCopies ? truncatedCopies(popularity.lower, batchSize) : () => 1;
    const upperCopies = usesCopies ? truncatedCopies(popularity.upper, batchSize) : () => 1;
    return (open, walk) => {
      const lowerUniform = open('presence');
      const upperUniform = open('presence-upper');
      const copiesUniform = open('copies');
      let lowerStep = lowerGap(lowerUniform);
      let upperStep = upperGap(upperUniform);
      while (true) {
        const step = Math.min(lowerStep, upperStep);
        if (step > steps) break;
        const isInLower = lowerStep === step;
        const isInUpper = upperStep === step;
        if (isInLower) lowerStep += lowerGap(lowerUniform);
        if (isInUpper) upperStep += upperGap(upperUniform);
        walk.appear(step, isInLower ? lowerCopies(copiesUniform) : 0, isInUpper ? upperCopies(copiesUniform) : 0);
      }
      walk.finish();
    };
  },
};
