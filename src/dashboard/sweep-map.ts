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
  /** The value of each column, or the least of the values that share it. */
  readonly acrossValues: readonly AxisValue[];
  /** As for the columns; empty where there is a single row. */
  readonly downValues: readonly AxisValue[];
  /** The other swept fields, which have everywhere the shown cell's value: 'batchSize = 8'. None in a scatter. */
  readonly held: readonly string[];
  /**
   * Whether the cells lie scattered, as those of a design do: then a point stands for all cells in its part of the plane,
   * whatever their other fields, and shows one of them.
   */
  readonly isScatter: boolean;
  /** The cell of each point, row by row; null where there is none or the filter leaves it out. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Where the shown cell is. */
  readonly cursor: { readonly column: number; readonly row: number };
}

/** The map that the view asks for; null where nothing is swept. The axes' numbers wrap around. */
export function sweepMap(snapshot: Snapshot, ui: UiState): SweepMap | null {
  const { axes, cells } = snapshot.facts;
  const shownIndex = shownCell(snapshot, ui);
  const shown = cells[shownIndex];
  if (axes.length === 0 || shown === undefined) return null;
  const across = axes[ui.map.across % axes.length];
  const other = axes[ui.map.down % axes.length];
  const down = other === across ? null : other;
  const values = { across: valuesOf(snapshot, across), down: down === null ? [] : valuesOf(snapshot, down) };
  const isScatter = values.across.length * values.down.length > fullestGrid * cells.length;
  const placed = isScatter ? (of: AxisValue[]) => inBins(of, cells.length) : inLine;
  const columns = placed(values.across);
  const lines = placed(values.down);
  const others = isScatter ? [] : axes.filter((axis) => axis !== across && axis !== down);
  const rows = Array.from({ length: Math.max(1, lines.firsts.length) }, () =>
    columns.firsts.map((): number | null => null),
  );
  const placeOf = (swept: Readonly<Record<string, AxisValue>>) => ({
    column: columns.placeOf.get(swept[across])!,
    row: down === null ? 0 : lines.placeOf.get(swept[down])!,
  });
  const cursor = placeOf(shown.swept);
  for (const index of filteredCells(snapshot, ui)) {
    const { swept } = cells[index];
    if (others.some((axis) => swept[axis] !== shown.swept[axis])) continue;
    const { column, row } = placeOf(swept);
    // The shown cell is not hidden behind another of its point.
    if (rows[row][column] === null || index === shownIndex) rows[row][column] = index;
  }
  const held = others.map((axis) => `${axis} = ${shownValue(shown.swept[axis])}`);
  return { across, down, acrossValues: columns.firsts, downValues: lines.firsts, held, isScatter, rows, cursor };
}

/** A plane with more points than this for each cell is no grid. */
const fullestGrid = 4;
const mostBins = 32;

/** Where each value of an axis is placed, and the first value of each place. */
interface Places {
  readonly firsts: readonly AxisValue[];
  readonly placeOf: ReadonlyMap<AxisValue, number>;
}

/** Each value has a place of its own. */
function inLine(values: readonly AxisValue[]): Places {
  return { firsts: values, placeOf: new Map(values.map((value, place) => [value, place])) };
}

/** Neighbouring values share a place, about √cells places in all: then a plane has about as many points as cells. */
function inBins(values: readonly AxisValue[], cells: number): Places {
  const isNumeric = values.every((value) => typeof value === 'number');
  const ordered = isNumeric ? (values as readonly number[]).toSorted((a, b) => a - b) : values;
  const bins = Math.min(mostBins, ordered.length, Math.max(2, Math.ceil(Math.sqrt(cells))));
  const placeOf = new Map(ordered.map((value, rank) => [value, Math.floor((rank * bins) / ordered.length)]));
  const firsts = Array.from({ length: bins }, (_, bin) => ordered[Math.ceil((bin * ordered.length) / bins)]);
  return { firsts, placeOf };
}

/** The values of an axis, in the order in which they were written. */
function valuesOf({ facts }: Snapshot, axis: string): AxisValue[] {
  return [...new Set(facts.cells.map(({ swept }) => swept[axis]))];
}
