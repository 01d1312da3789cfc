import type { GainSpecification } from './gains/gain-specification.ts';

/** The squared norm both runs start from: a number, or the law of ‖q‖² for d independent N(0, σ²) entries. */
export type InitialSquaredNorm = number | { readonly dimension: number; readonly standardDeviation: number };

/** Weight decay λ, applied at every step (dense) or only at the steps that hold the item (lazy). */
interface WeightDecay {
  readonly rate: number;
  readonly applies: 'dense' | 'lazy';
}

/** Heavy-ball momentum β; with β > 0 the process is simulated as vectors of the given dimension. */
export interface Momentum {
  readonly beta: number;
  readonly dimension: number;
}

/**
 * All that the law of one coupled pair depends on: two trainings that differ only in the item's popularity.
 *
 * Sound by construction: the scenario loader is the only place that makes one from foreign input.
 */
export interface PairParameters {
  readonly popularity: { readonly lower: number; readonly upper: number };
  readonly batchSize: number;
  readonly steps: number;
  readonly initialSquaredNorm: InitialSquaredNorm;
  readonly learningRate: number;
  readonly tangentSignal: number;
  readonly gain: GainSpecification;
  readonly weightDecay: WeightDecay;
  readonly momentum: Momentum;
}
