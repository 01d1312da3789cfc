import { standardNormalCdf } from '../maths/normal.ts';
import { appearanceLaw } from './appearance-law.ts';
import type { PairParameters } from './pair-parameters.ts';
import { presenceGap, presenceProbability } from './presence.ts';

/** With fewer appearances the sums of gains are not near normal. */
const fewestAppearances = 10;

/**
 * About how often the more popular run ends shorter, for own independent gains of coefficient of variation v: the sum over m
 * of P(N″ − N′ = m) Φ(−m/(v√(2N + m))), N the mean of N′ given m. Null where claim A12 says nothing: with other gains, weight
 * decay, momentum, an infinite variance, or fewer than ten appearances.
 *
 * Of two runs with equally many appearances each is the shorter one half the time.
 *
 * @see theory, claim A12
 */
export function ownGainReversal(pair: PairParameters): number | null {
  const { popularity, batchSize, steps, weightDecay, momentum } = pair;
  const variation = gainVariation(pair);
  const lower = presenceProbability(popularity.lower, batchSize);
  const isPlain = weightDecay.rate === 0 && momentum.beta === 0;
  if (variation === null || !isPlain || lower * steps < fewestAppearances) return null;
  const gap = presenceGap(popularity.lower, popularity.upper, batchSize);
  const law = appearanceLaw(steps, gap);
  // Given m, each of the other steps holds the item in both runs with probability a′/(1 − (a″ − a′)).
  const shared = gap < 1 ? lower / (1 - gap) : 0;
  let reversal = 0;
  for (let extra = law.first; extra <= law.last; extra++) {
    const appearances = (steps - extra) * shared;
    const spread = variation * Math.sqrt(2 * appearances + extra);
    reversal += law.probability(extra) * (extra === 0 ? 0.5 : standardNormalCdf(-extra / spread));
  }
  return reversal;
}

/** The coefficient of variation of own independent gains; null for others, and where it is 0 or infinite. */
function gainVariation({ gain }: PairParameters): number | null {
  if (gain.model === 'lognormal' && gain.sharing === 'own' && gain.rho === 0 && gain.sigma > 0) {
    return Math.sqrt(Math.expm1(gain.sigma * gain.sigma));
  }
  if (gain.model === 'pareto' && gain.sharing === 'own' && gain.tailIndex > 2) {
    return 1 / Math.sqrt(gain.tailIndex * (gain.tailIndex - 2));
  }
  return null;
}
