import { shownCell } from './shown-cell.ts';
import type { Snapshot } from './snapshot.ts';
import { sweepMap } from './sweep-map.ts';
import type { UiState } from './ui-state.ts';

/**
 * The next cell to one side of the shown one on the sweep's map; the shown one at the border. Points without a cell,
 * and those that the filter leaves out, are passed over.
 *
 * @param dx columns to the right, −1, 0 or 1
 * @param dy rows down, −1, 0 or 1
 */
export function moveCursor(snapshot: Snapshot, ui: UiState, dx: number, dy: number): number {
  const from = shownCell(snapshot, ui);
  const map = sweepMap(snapshot, ui);
  if (map === null || (dx === 0 && dy === 0)) return from;
  let { column, row } = map.cursor;
  for (;;) {
    column += dx;
    row += dy;
    const cell = map.rows[row]?.[column];
    if (cell === undefined) return from;
    if (cell !== null) return cell;
  }
}
