import type { PairParameters } from '../../src/process/pair-parameters.ts';

/** A pair whose growth is timed, with c = 1 and s₀ = 1. */
export interface Point {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly batchSize: number;
  readonly steps: number;
  /** E√s′ and E√s″ for a constant gain. */
  readonly exact: readonly [lower: number, upper: number];
}

export const pointA: Point = {
  name: 'A',
  lower: 0.002,
  upper: 0.004,
  batchSize: 64,
  steps: 1000,
  exact: [3.952231, 4.621995],
};
export const pointB: Point = {
  name: 'B',
  lower: 1e-4,
  upper: 2e-4,
  batchSize: 1024,
  steps: 10_000,
  exact: [6.646242, 7.803947],
};
export const pointC: Point = {
  name: 'C',
  lower: 0.025,
  upper: 0.05,
  batchSize: 64,
  steps: 1000,
  exact: [6.333684, 6.628175],
};

/** The gains timed: constant, or log-normal AR(1) with σ = 0.5 and ρ = 0.9. */
export type GainName = 'constant' | 'shared' | 'own';
export const [sigma, rho] = [0.5, 0.9];

export function pairParameters({ lower, upper, batchSize, steps }: Point, gain: GainName): PairParameters {
  return {
    popularity: { lower, upper },
    batchSize,
    steps,
    initialSquaredNorm: 1,
    learningRate: 1,
    tangentSignal: 1,
    gain:
      gain === 'constant'
        ? { model: 'constant', sharing: 'shared' }
        : { model: 'lognormal', sharing: gain, sigma, rho },
    weightDecay: { rate: 0, applies: 'dense' },
    momentum: { beta: 0, dimension: 16 },
  };
}
