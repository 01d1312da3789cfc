import type { CellResult } from '../../engine/cell-result.ts';
import type { Cell } from '../../engine/plan.ts';
import { cellName } from '../run-facts.ts';
import { coupledResult, shownCell } from '../shown-cell.ts';
import type { CellView, Snapshot } from '../snapshot.ts';
import type { UiState } from '../ui-state.ts';

/** The coupled cell that the panes show, with its numbers so far. */
export interface ShownResult {
  readonly index: number;
  readonly name: string;
  readonly plan: Cell;
  readonly view: CellView;
  readonly result: CellResult;
}

/** The shown cell and its numbers; where there are none, a word on why. */
export function shownResult(snapshot: Snapshot, ui: UiState): ShownResult | string {
  const index = shownCell(snapshot, ui);
  const view = snapshot.cells[index];
  if (view === undefined) return 'no such cell';
  const result = coupledResult(snapshot, index);
  const name = cellName(snapshot.facts, index);
  if (result === null || result.replicates === 0) return `${name}: no pairs yet`;
  return { index, name, plan: snapshot.facts.cells[index].plan as Cell, view, result };
}
