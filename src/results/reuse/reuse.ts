import type { Difference } from '../difference.ts';
import type { EarlierRuns } from './earlier-runs.ts';

/** What came of reusing the chunks of earlier runs. */
export interface Reuse {
  /** The runs of which blocks were taken. */
  readonly taken: readonly { readonly path: string; readonly blocks: number }[];
  /** The runs of which nothing fits. */
  readonly otherProgram: Misfits | null;
  readonly otherCells: Misfits | null;
  readonly damaged: EarlierRuns['damaged'];
  readonly notLookedInto: number;
  /** Blocks of this run in all, and those that are missing still. */
  readonly blocks: number;
  readonly missing: number;
  /** Whether some cells may stop before they have all their blocks. */
  readonly isAtMost: boolean;
  /** Blocks that are missing although an earlier run has them: with another number of replicates. */
  readonly otherLengths: number;
  /** Whether an earlier run of this program has any of the cells. */
  readonly isAnyKnown: boolean;
  /** Cells that miss some: those that no earlier run has, and those that one has with fewer replicates. */
  readonly newCells: number;
  readonly extendedCells: number;
}

/** Earlier runs that differ from this one. */
export interface Misfits {
  readonly count: number;
  /** The newest of them, and how it differs. */
  readonly path: string;
  readonly differences: readonly Difference[];
}
