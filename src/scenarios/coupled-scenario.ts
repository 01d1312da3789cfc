import type { CellList } from '../engine/cell-list.ts';
import type { Json } from '../random/canonical-json.ts';
import type { CellPlan } from './cell-plan.ts';
import type { CoupledDesign, ScenarioWords } from './coupled-design.ts';

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
