import type { CouplingName } from '../coupling/coupling.ts';
import type { CellList } from '../engine/cell-list.ts';
import type { StoppingRule } from '../engine/stopping-rule.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { GeneratorName } from '../random/generators/index.ts';
import type { Expectation } from '../theorems/expectations/expectation.ts';
import type { CoupledDesign, ScenarioWords } from './coupled-design.ts';
import type { AxisValue } from './sweep/axis.ts';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

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

/** A scenario of kind `coupled`, checked, its sweep expanded: past the loader everything in it is sound. */
export interface CoupledScenario {
  readonly kind: 'coupled';
  readonly name: string;
  readonly description: string;
  /** The first-written swept field varies slowest. */
  readonly cells: CellList<CellPlan>;
  /** What messages call the file. */
  readonly source: string;
  /** Everything that decides the numbers, and nothing else: no paths; files by the SHA-256 of their bytes. */
  readonly identity: Json;
  /** What its cells are expanded from, and the words about them: for a run folder. */
  readonly design: CoupledDesign;
  readonly words: ScenarioWords;
  /** What was decided on the way and a reader should know: the layout of a table, rows left out. */
  readonly notices: readonly string[];
}
