import type { AxisValue } from '../../scenarios/sweep/axis.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import { formatParameter } from '../format-number.ts';

/** What a cell is called in a figure: what was swept to make it; of a run with one cell just that. */
export function cellName(swept: Readonly<Record<string, AxisValue>>): string {
  const values = Object.entries(swept).map(([path, value]) => `${visibleText(path)} = ${axisText(value)}`);
  return values.length === 0 ? 'the only cell' : values.join(', ');
}

/** A cell, or what stands for some. */
interface SweptCell {
  readonly index: number;
  readonly swept: Readonly<Record<string, AxisValue>>;
}

/** What a cell among some is called. */
export type NameOf = (cell: SweptCell) => string;

/**
 * Names of cells, each unlike the others: where digits were left out of what tells two apart, they have their numbers, too.
 *
 * @param shortName what a cell is called where no other is called so
 */
export function namesOf(cells: readonly SweptCell[], shortName: NameOf = ({ swept }) => cellName(swept)): NameOf {
  const called = Map.groupBy(cells, shortName);
  return (cell) => {
    const name = shortName(cell);
    return (called.get(name)?.length ?? 0) > 1 ? `${name} (cell ${cell.index})` : name;
  };
}

/** A swept value, safe to show. */
export function axisText(value: AxisValue): string {
  return typeof value === 'number' ? formatParameter(value) : visibleText(String(value));
}
