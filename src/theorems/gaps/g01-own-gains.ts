import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import { differenceEstimate } from '../../statistics/pair-estimates.ts';
import { articleRequest } from '../article-request.ts';
import type { Gap } from '../gap.ts';
import { shareMeasurement } from './share-measurement.ts';

const pairs = 20_000;
const gains: readonly GainSpecification[] = [
  { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 },
  { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 },
];

/** Gap G1: almost every pair, or only the mean? */
export const ownGains: Gap = {
  id: 'G1',
  article:
    'Step 4 says that the order holds almost surely; a note beside it lets the two gains differ, and calls a reversal improbable.',
  instead: 'With gains of their own many pairs change their order at some step, and only the means keep it.',
  measure: async (setting) => {
    const measured = gains.map(async (gain) => {
      const training = { popularity: { lower: 0.01, upper: 0.02 }, batchSize: 16, steps: 500, gain };
      const { order, norm } = await setting.simulate(articleRequest(training, setting, { replicates: pairs }));
      const { estimate, standardError } = differenceEstimate(norm);
      const name = gain.model === 'lognormal' ? `own log-normal gains, σ = ${gain.sigma}, ρ = ${gain.rho}` : '';
      return [
        shareMeasurement(`pairs whose order flips at some step: ${name}`, order.pairsViolatedAtSomeStep, order.pairs),
        { what: `E‖q″‖ − E‖q′‖: ${name}`, value: estimate, standardError, unit: '' },
      ];
    });
    return (await Promise.all(measured)).flat();
  },
};
