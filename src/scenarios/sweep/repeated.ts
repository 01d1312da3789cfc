import type { Axis, AxisValue } from './axis.ts';

/** Whether two cells are equal. Where some axis tells all cells apart, as a range mostly does, that is all that is looked at. */
export function hasRepeatedCell(axes: readonly Axis[], size: number): boolean {
  if (axes.some((axis) => tellsApart(axis, size))) return false;
  return repeatedPosition(size, (cell) => axes.map(({ valueAt }) => valueAt(cell))) !== null;
}

/** The first position at which a tuple stands that stood before; null where all differ. */
export function repeatedPosition(
  size: number,
  tupleAt: (position: number) => readonly (AxisValue | undefined)[],
): number | null {
  const seen = new Set<string>();
  for (let position = 0; position < size; position++) {
    if (seen.size === seen.add(JSON.stringify(tupleAt(position))).size) return position;
  }
  return null;
}

/** Whether the values of an axis are numbers that all differ. Sorted, which takes eight bytes a cell. */
function tellsApart({ valueAt }: Axis, size: number): boolean {
  const values = new Float64Array(size);
  for (let cell = 0; cell < size; cell++) {
    const value = valueAt(cell);
    if (typeof value !== 'number') return false;
    values[cell] = value;
  }
  values.sort();
  for (let place = 1; place < size; place++) if (values[place] === values[place - 1]) return false;
  return true;
}
