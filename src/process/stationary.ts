import type { PairParameters } from './pair-parameters.ts';

/**
 * The squared norm at which weight decay balances growth, s*, in the mean-field sense: what decay takes from s in a step
 * is what an appearance adds on average.
 *
 * With L = ‖Pu‖²: dense s*² = aηL/(λ(2 − ηλ)), which keeps a popularity bias (‖q‖ ∝ a^¼); lazy s*² = ηL/(λ(2 − ηλ)),
 * the same for all items; dense with momentum s*² = aηL/(λ(1 − β)(2 − ηλ/(1 + β))). Null without weight decay (no
 * balance), and for lazy decay with momentum (no known law).
 *
 * @param presence a, in [0, 1]
 * @see theory, section 3
 */
export function stationarySquaredNorm(
  pair: Pick<PairParameters, 'learningRate' | 'tangentSignal' | 'weightDecay' | 'momentum'>,
  presence: number,
): number | null {
  const { learningRate, tangentSignal, weightDecay, momentum } = pair;
  const { rate, applies } = weightDecay;
  const { beta } = momentum;
  if (rate === 0 || (applies === 'lazy' && beta > 0)) return null;
  const pull = learningRate * tangentSignal * tangentSignal * (applies === 'dense' ? presence : 1);
  return Math.sqrt(pull / (rate * (1 - beta) * (2 - (learningRate * rate) / (1 + beta))));
}

/** What momentum alone multiplies the growth of s² by: 1/(1 − β)², β in [0, 1). */
export function momentumGrowthFactor(beta: number): number {
  return 1 / ((1 - beta) * (1 - beta));
}
