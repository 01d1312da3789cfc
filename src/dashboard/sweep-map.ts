import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { shownValue } from './run-facts.ts';
import { filteredCells, shownCell } from './shown-cell.ts';
import type { Snapshot } from './snapshot.ts';
import type { UiState } from './ui-state.ts';

/** Two swept fields laid out as a plane, and the cell at each of its points. */
export interface SweepMap {
  readonly across: string;
  /** Null where there is a single row. */
  readonly down: string | null;
  readonly acrossValues: readonly AxisValue[];
  /** Empty where there is a single row. */
  readonly downValues: readonly AxisValue[];
  /** The other swept fields, which have everywhere the shown cell's value: 'batchSize = 8'. */
  readonly held: readonly string[];
  /** The cell of each point, row by row; null where there is none or the filter leaves it out. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Where the shown cell is. */
  readonly cursor: { readonly column: number; readonly row: number };
}

/** The map that the view asks for; null where nothing is swept. The axes' numbers wrap around. */
export function sweepMap(snapshot: Snapshot, ui: UiState): SweepMap | null {
  const { axes, cells } = snapshot.facts;
  const shown = cells[shownCell(snapshot, ui)];
  if (axes.length === 0 || shown === undefined) return null;
  const across = axes[ui.map.across % axes.length];
  const other = axes[ui.map.down % axes.length];
  const down = other === across ? null : other;
  const others = axes.filter((axis) => axis !== across && axis !== down);
  const acrossValues = valuesOf(snapshot, across);
  const downValues = down === null ? [] : valuesOf(snapshot, down);
  const columns = new Map(acrossValues.map((value, column) => [value, column]));
  const rowNumbers = new Map(downValues.map((value, row) => [value, row]));
  const rows = Array.from({ length: Math.max(1, downValues.length) }, () =>
    acrossValues.map((): number | null => null),
  );
  const placeOf = (swept: Readonly<Record<string, AxisValue>>) => ({
    column: columns.get(swept[across])!,
    row: down === null ? 0 : rowNumbers.get(swept[down])!,
  });
  for (const index of filteredCells(snapshot, ui)) {
    const { swept } = cells[index];
    if (others.some((axis) => swept[axis] !== shown.swept[axis])) continue;
    const { column, row } = placeOf(swept);
    rows[row][column] ??= index;
  }
  const held = others.map((axis) => `${axis} = ${shownValue(shown.swept[axis])}`);
  return { across, down, acrossValues, downValues, held, rows, cursor: placeOf(shown.swept) };
}

/** The values of an axis, in the order in which they were written. */
function valuesOf({ facts }: Snapshot, axis: string): AxisValue[] {
  return [...new Set(facts.cells.map(({ swept }) => swept[axis]))];
}
