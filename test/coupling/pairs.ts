import type { PairParameters } from '../../src/process/pair-parameters.ts';

/** A pair with the contract's defaults, and what a test changes of them. */
export function pairOf(changes: Partial<PairParameters> = {}): PairParameters {
  return {
    popularity: { lower: 0.05, upper: 0.1 },
    batchSize: 4,
    steps: 6,
    initialSquaredNorm: 1,
    learningRate: 1,
    tangentSignal: 1,
    gain: { model: 'constant', sharing: 'shared' },
    weightDecay: { rate: 0, applies: 'dense' },
    momentum: { beta: 0, dimension: 8 },
    ...changes,
  };
}
