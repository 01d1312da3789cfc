import { presenceProbability } from '../../process/presence.ts';
import type { Gap } from '../gap.ts';

/** A data set of M interactions, cut into G = M/B batches of B, anew in every epoch. */
const [interactions, batchSize, epochs] = [60_000, 250, 10];
const batches = interactions / batchSize;

/** Gap G6: how real batches are made. */
export const epochShuffle: Gap = {
  id: 'G6',
  article: 'Slots are drawn with replacement.',
  instead:
    'Trainings shuffle an epoch and cut it into batches: nearly the same mean number of appearances, less spread, and hardly any for rare items.',
  measure: () =>
    [6, 60, 600].flatMap((copies) => {
      const presence = presenceProbability(copies / interactions, batchSize);
      const withReplacement = epochs * batches * presence * (1 - presence);
      const name = `of an item with ${copies} of ${interactions} interactions, ${epochs} epochs of ${batches} batches`;
      return [
        { what: `Var N ${name}, slots with replacement`, value: withReplacement, standardError: null, unit: '' },
        {
          what: `Var N ${name}, epoch shuffle`,
          value: epochs * shuffledVariance(copies),
          standardError: null,
          unit: '',
        },
      ];
    }),
};

/** Variance of the number of an epoch's batches that hold at least one of the item's copies, placed without replacement. */
function shuffledVariance(copies: number): number {
  const noneInOne = absence(copies, batchSize);
  const noneInTwo = absence(copies, 2 * batchSize);
  return batches * noneInOne * (1 - noneInOne) + batches * (batches - 1) * (noneInTwo - noneInOne ** 2);
}

/** Probability that none of the copies falls into some given slots: Π (1 − slots/(M − i)). */
function absence(copies: number, slots: number): number {
  let logProbability = 0;
  for (let copy = 0; copy < copies; copy++) logProbability += Math.log1p(-slots / (interactions - copy));
  return Math.exp(logProbability);
}
