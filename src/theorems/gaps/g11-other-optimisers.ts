import { articlePair } from '../../process/article-pair.ts';
import { exactPairLaw } from '../../process/exact-law.ts';
import { momentumGrowthFactor } from '../../process/stationary.ts';
import { meanSquareEstimate } from '../../statistics/pair-estimates.ts';
import { articleRequest } from '../article-request.ts';
import type { Gap } from '../gap.ts';

const pairs = 1000;
const training = articlePair({
  popularity: { lower: 0.01, upper: 0.03 },
  batchSize: 16,
  steps: 300,
  initialSquaredNorm: 16,
});
const start = 16 ** 2;

/** Gap G11: what momentum does to the growth. */
export const otherOptimisers: Gap = {
  id: 'G11',
  article: 'Other optimisers are said to show no dependence of the norm on popularity.',
  instead: 'In the long run momentum multiplies the growth of s² by 1/(1 − β)²: the bias is stronger, not absent.',
  measure: async (setting) => {
    const { mean, variance } = exactPairLaw(training)!.squaredNorm.upper;
    const growth = mean * mean + variance - start;
    const measured = [0.5, 0.9].map(async (beta) => {
      const pair = { ...training, momentum: { beta, dimension: 16 } };
      const { squaredNorm } = await setting.simulate(articleRequest(pair, setting, { replicates: pairs }));
      const { estimate, standardError } = meanSquareEstimate(squaredNorm, 1);
      const what = `growth of E s² with β = ${beta}, as a multiple of that without; the law says ${momentumGrowthFactor(beta).toFixed(0)}`;
      return { what, value: (estimate - start) / growth, standardError: standardError! / growth, unit: '' };
    });
    return Promise.all(measured);
  },
};
