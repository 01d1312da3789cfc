import { articlePair } from '../../process/article-pair.ts';
import { exactMeanNorms, exactPairLaw } from '../../process/exact-law.ts';
import { presenceGap, presenceProbability } from '../../process/presence.ts';
import type { Gap } from '../gap.ts';

const batchSize = 64;
const training = articlePair({
  popularity: { lower: 0.002, upper: 0.004 },
  batchSize,
  steps: 20_000,
  initialSquaredNorm: 32,
});
/** The bias whose time is looked for: a norm that is a tenth longer. */
const noticed = 1.1;
/** Few enough that ties are still to be seen: their probability falls by a factor at every step. */
const stepsToTie = 20;

/** Gap G8: how large, how strict, how soon. */
export const size: Gap = {
  id: 'G8',
  article: 'The claim is an inequality: it gives no size, no strictness and no time scale.',
  instead:
    'All three follow from the law of the appearances; here for p = 0.002 against 0.004, B = 64, c = 1, s₀ = 32.',
  measure: () => {
    const { lower, upper } = exactPairLaw(training)!.norm;
    const { popularity, steps } = training;
    const tied = (1 - presenceGap(popularity.lower, popularity.upper, batchSize)) ** stepsToTie;
    // E‖q‖ ~ (2caT)^¼, so that the popularities' ratio of 2 is not what counts, but that of the presences.
    const presence = (run: 'lower' | 'upper') => presenceProbability(popularity[run], batchSize);
    const limit = (presence('upper') / presence('lower')) ** 0.25;
    const looked = Array.from({ length: steps / 100 }, (_, index) => 100 * (index + 1));
    const means = exactMeanNorms(training, looked)!;
    const firstNoticed = looked.find((_, index) => means.upper[index] >= noticed * means.lower[index])!;
    return [
      { what: 'E‖q″‖ over E‖q′‖ after 20,000 steps', value: upper.mean / lower.mean, standardError: null, unit: '' },
      { what: 'the ratio it tends to, (a″/a′)^¼', value: limit, standardError: null, unit: '' },
      { what: `probability of a tie after ${stepsToTie} steps`, value: tied, standardError: null, unit: '' },
      {
        what: 'steps until E‖q″‖ is 10 % longer, to the next hundred',
        value: firstNoticed,
        standardError: null,
        unit: 'steps',
      },
    ];
  },
};
