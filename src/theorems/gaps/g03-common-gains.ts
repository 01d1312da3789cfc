import type { Sharing } from '../../process/gains/gain-model.ts';
import { articleRequest } from '../article-request.ts';
import type { Gap } from '../gap.ts';
import { shareMeasurement } from './share-measurement.ts';

const pairs = 20_000;

/** Gap G3: whether the two runs meet the same gains. */
export const commonGains: Gap = {
  id: 'G3',
  article: 'The gains of the two runs are said to differ where their batches do; elsewhere c is one number for both.',
  instead:
    'c depends on all embeddings, which differ between the runs from their first different batch on, even where the batches are the same again: the truth lies between gains shared and gains of their own, and these two differ widely.',
  measure: (setting) => {
    const sharings: readonly Sharing[] = ['shared', 'own'];
    return Promise.all(
      sharings.map(async (sharing) => {
        const gain = { model: 'lognormal', sharing, sigma: 0.5, rho: 0.9 } as const;
        const training = { popularity: { lower: 0.01, upper: 0.02 }, batchSize: 16, steps: 500, gain };
        const { order } = await setting.simulate(articleRequest(training, setting, { replicates: pairs }));
        const what = `pairs whose order flips at some step, log-normal gains, σ = 0.5, ρ = 0.9, ${sharing}`;
        return shareMeasurement(what, order.pairsViolatedAtSomeStep, order.pairs);
      }),
    );
  },
};
