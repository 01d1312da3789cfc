import { presenceProbability } from '../../process/presence.ts';
import type { Gap } from '../gap.ts';

const batchSize = 64;

/** Gap G4: an item may fill several slots of a batch. */
export const multiplicity: Gap = {
  id: 'G4',
  article: 'Only whether the batch holds the item counts.',
  instead:
    'A batch that holds it K times adds up K gradients. Where these are independent c grows like K, so that an appearance is worth E(K | K ≥ 1) times as much, which differs between items.',
  measure: () =>
    [0.002, 0.02, 0.05].map((popularity) => {
      // E(K | K ≥ 1) = pB/a, exactly.
      const value = (popularity * batchSize) / presenceProbability(popularity, batchSize);
      return {
        what: `E(K | K ≥ 1) at p = ${popularity}, B = ${batchSize}`,
        value,
        standardError: null,
        unit: 'copies',
      };
    }),
};
