import type { StreamSource } from '../random/streams.ts';
import type { PathRecord } from './path-record.ts';

/** The two runs of one pair, moved on by the appearances that a coupling draws. */
export interface PairWalk {
  readonly record: PathRecord;
  /** Starts a new pair: draws the initial squared norm if it is random. */
  begin(open: StreamSource): void;
  /**
   * The batch of this step holds the item, in at least one of the runs.
   *
   * @param step counted from 1, larger than any step before
   * @param lowerCopies slots that hold the item in the lower run, 0 if none; likewise the upper run's
   */
  appear(step: number, lowerCopies: number, upperCopies: number): void;
  /** Completes the training. */
  finish(): void;
  /** Completes the training in a state that the coupling knows without walking there. */
  settle(lower: number, upper: number): void;
}

/** Whether the two runs share what is random besides presence, or are independent trainings. */
export interface WalkOptions {
  readonly isIndependent: boolean;
}
