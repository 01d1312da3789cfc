import type { PairParameters } from '../../../process/pair-parameters.ts';
import { constantFamily } from '../families/constant.ts';
import { inBatchSoftmaxFamily } from '../families/in-batch-softmax.ts';
import { scheduleFamily } from '../families/schedule.ts';
import { meanNormRounding, meanNorms } from '../mean-norms.ts';
import type { Break, SearchableClaim } from '../searchable-claim.ts';

/** Claim A15, the article's boxed claim, for gains that need not be constant. */
export const meanOrder: SearchableClaim = {
  id: 'A15',
  statement: 'E‖q‖ never decreases in the popularity: E‖q″‖ ≥ E‖q′‖ for p′ < p″, after every step.',
  families: [constantFamily, scheduleFamily, inBatchSoftmaxFamily],
  breakOf: firstFall,
};

/** The first step after which the computed means are reversed by more than rounding could have done to both. */
function firstFall(pair: PairParameters): Break | null {
  const lower = meanNorms(pair, 'lower');
  const upper = meanNorms(pair, 'upper');
  const index = lower.findIndex((mean, step) => mean - upper[step] > meanNormRounding * (mean + upper[step]));
  if (index < 0) return null;
  return { kind: 'mean', step: index + 1, meanNorm: { lower: lower[index], upper: upper[index] } };
}
