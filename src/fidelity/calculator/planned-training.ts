import type { InitialRows } from '../../trainer/specification.ts';

/** A training that has not begun: what must be known of it to tell whether popularity will show in the norms. */
export interface PlannedTraining {
  /** Interactions of each item, in an epoch; need not be whole. */
  readonly popularity: readonly number[];
  readonly learningRate: number;
  /** B, at least 2. */
  readonly batchSize: number;
  /** d, at least 2: in one dimension nothing is tangent. */
  readonly dimension: number;
  /** τ of the cosine InfoNCE. */
  readonly temperature: number;
  /** How the items' embeddings start. */
  readonly initial: InitialRows;
  readonly epochs: number;
  /** β of heavy-ball momentum, in [0, 1). */
  readonly momentum: number;
  readonly weightDecay: { readonly rate: number; readonly applies: 'dense' | 'lazy' };
}
