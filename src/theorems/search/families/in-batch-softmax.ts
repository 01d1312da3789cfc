import fc from 'fast-check';
import { articlePair } from '../../../process/article-pair.ts';
import type { Family } from '../family.ts';
import { roundPopularities, roundQuantity } from '../round-pairs.ts';

/** The gain of InfoNCE with in-batch negatives, in batches of 2, 3 or 4 slots; one slot alone would have no gain. */
export const inBatchSoftmaxFamily: Family = {
  name: 'in-batch-softmax',
  says: 'c(K) = (η/(Bτ))²(1 − 1/d)K(1 − K/B) for K copies in a batch of B ≤ 4 slots, τ = 1, d = 2',
  // Each step has up to five outcomes, and the bound on rounding was derived for two steps.
  mostSteps: 2,
  pairs: (steps) =>
    fc
      .record({
        batchSize: fc.integer({ min: 2, max: 4 }),
        learningRate: roundQuantity(),
        initialSquaredNorm: roundQuantity(),
        popularity: roundPopularities(),
      })
      .map((drawn) => {
        const gain = { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 2 } as const;
        return articlePair({ ...drawn, steps, gain });
      }),
};
