import { articlePair } from '../../process/article-pair.ts';
import { exactPairLaw } from '../../process/exact-law.ts';
import { momentumGrowthFactor } from '../../process/stationary.ts';
import { meanSquareEstimate } from '../../statistics/pair-estimates.ts';
import { articleRequest } from '../article-request.ts';
import type { Gap } from '../gap.ts';

const pairs = 300;
const start = 64;
/**
 * Long enough for the law: over 300 steps from s₀ = 16 the ratio at β = 0.9 was still 107.6 (standard error 0.6), because
 * steps that momentum makes ten times as long are then not small against ‖q‖.
 */
const training = articlePair({
  popularity: { lower: 0.01, upper: 0.03 },
  batchSize: 16,
  steps: 2000,
  initialSquaredNorm: start,
});

/** Gap G11: what momentum does to the growth. */
export const otherOptimisers: Gap = {
  id: 'G11',
  article: 'With other optimisers it reports to have found no dependence in how embeddings move.',
  instead: 'In the long run momentum multiplies the growth of s² by 1/(1 − β)²: the bias is stronger, not absent.',
  measure: async (setting) => {
    const { mean, variance } = exactPairLaw(training)!.squaredNorm.upper;
    const growth = mean * mean + variance - start ** 2;
    const measured = [0.5, 0.9].map(async (beta) => {
      const pair = { ...training, momentum: { beta, dimension: 16 } };
      const { squaredNorm } = await setting.simulate(articleRequest(pair, setting, { replicates: pairs }));
      const { estimate, standardError } = meanSquareEstimate(squaredNorm, 1);
      const what = `growth of E s² with β = ${beta}, as a multiple of that without; the law says ${momentumGrowthFactor(beta).toFixed(0)}`;
      return { what, value: (estimate - start ** 2) / growth, standardError: standardError! / growth, unit: '' };
    });
    return Promise.all(measured);
  },
};
