import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Cell } from '../engine/plan.ts';
import { cellName } from './run-facts.ts';
import type { Merged, Snapshot } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

/** The cell that the panes show: the chosen one, or the one that grew last, or the first. */
export function shownCell({ latest }: Snapshot, { cell }: UiState): number {
  return cell ?? latest ?? 0;
}

/** The cells whose names hold the filter, in their order. */
export function filteredCells({ facts }: Snapshot, { filter }: UiState): number[] {
  if (filter === '') return facts.cells.map((_, index) => index);
  const wanted = filter.toLowerCase();
  return facts.cells.flatMap((_, index) => (cellName(facts, index).toLowerCase().includes(wanted) ? [index] : []));
}

/** The numbers of a coupled cell so far beside the exact law; null before its first chunk, and for other kinds. */
export function coupledResult({ facts, cells }: Snapshot, index: number): CellResult | null {
  const { merged } = cells[index];
  if (facts.kind !== 'coupled' || merged === null) return null;
  return resultOf(facts.cells[index].plan as Cell, merged);
}

const results = new WeakMap<Merged, CellResult>();

/** A frame may ask more than once, and a cell that does not grow is shown in many. */
function resultOf(cell: Cell, merged: Merged): CellResult {
  const known = results.get(merged);
  if (known !== undefined) return known;
  const result = cellResult(cell, merged as ChunkSummary);
  results.set(merged, result);
  return result;
}
