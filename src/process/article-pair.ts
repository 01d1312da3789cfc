import type { PairParameters } from './pair-parameters.ts';

/** What a pair must say of itself; the rest is as in the article. */
type EssentialParameters = Pick<PairParameters, 'popularity' | 'batchSize' | 'steps'>;

/**
 * A pair under the article's conditions unless something else is said: s₀ = 1, c = 1 for both runs, no weight decay, no
 * momentum.
 */
export function articlePair(parameters: EssentialParameters & Partial<PairParameters>): PairParameters {
  return {
    initialSquaredNorm: 1,
    learningRate: 1,
    tangentSignal: 1,
    gain: { model: 'constant', sharing: 'shared' },
    weightDecay: { rate: 0, applies: 'dense' },
    momentum: { beta: 0, dimension: 16 },
    ...parameters,
  };
}
