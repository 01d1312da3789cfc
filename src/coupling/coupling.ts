import type { PairParameters } from '../process/pair-parameters.ts';
import type { StreamSource } from '../random/streams.ts';
import type { PairWalk } from './pair-walk.ts';

/** The names of the members: see `Coupling`. */
export type CouplingName = 'slots' | 'steps' | 'events' | 'counts' | 'independent';

/** Draws, for one pair, the steps at which the item appears in the runs, and walks the pair through them. */
export type DrawPair = (open: StreamSource, walk: PairWalk) => void;

/**
 * A way to draw which batches of two coupled trainings hold the item. All members but `independent` have the same
 * joint law (theory, section 3); they differ in what a draw costs.
 */
export interface Coupling {
  readonly name: CouplingName;
  /** Why this member cannot simulate the pair exactly, or null if it can. */
  refusal(pair: PairParameters, isRecorded: boolean): string | null;
  /** Expected number of draws and state updates for one pair: what `auto` compares. */
  cost(pair: PairParameters): number;
  prepare(pair: PairParameters): DrawPair;
}
