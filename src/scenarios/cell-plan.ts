import type { CouplingName } from '../coupling/coupling.ts';
import type { StoppingRule } from '../engine/stopping-rule.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { GeneratorName } from '../random/generators/index.ts';
import type { Expectation } from '../theorems/expectations/expectation.ts';
import type { AxisValue } from './sweep/axis.ts';

/** An item that a popularity was taken from. */
interface PopularityItem {
  /** The item's id, safe to print. */
  readonly label: string;
  readonly interactions: number;
}

/** One point of a sweep: all that is asked of its simulation. */
export interface CellPlan {
  readonly pair: PairParameters;
  readonly coupling: 'auto' | CouplingName;
  readonly generator: GeneratorName;
  readonly seed: number;
  readonly replicates: number;
  /** Increasing, in 1…steps, the last step among them; empty where no trajectory is wanted. */
  readonly recordedSteps: readonly number[];
  /** When fewer replicates will do. */
  readonly until?: StoppingRule | undefined;
  /** Where the popularities came from, if they came from a table. */
  readonly items: {
    readonly lower: PopularityItem;
    readonly upper: PopularityItem;
    /** Bad rows of the table that were skipped, as was asked for. */
    readonly skippedRows: number;
  } | null;
  /** This cell's value of each swept field, by its dotted path. */
  readonly swept: Readonly<Record<string, AxisValue>>;
  /** What this cell's results are expected to be. */
  readonly expect: readonly Expectation[];
}
