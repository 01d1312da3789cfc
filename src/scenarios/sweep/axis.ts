import type { Path } from '../problem.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import type { WrittenAxis, WrittenRange } from '../schema/sweep.ts';

/** What a swept field takes. */
export type AxisValue = number | string | boolean;

/** A swept field, and the value that each cell gives it. */
export interface Axis {
  readonly name: string;
  readonly path: Path;
  /** In constant time; cells are counted from 0. */
  valueAt(cell: number): AxisValue;
  /** Where that value is written. */
  writtenAt(cell: number): Path;
}

/** A swept field and the values it takes, in order: those of a list or of a grid. */
export interface ListedAxis {
  readonly name: string;
  readonly path: Path;
  readonly values: readonly AxisValue[];
}

/** How many values a list or a grid has, without making them. */
export function axisLength(written: WrittenAxis): number {
  return Array.isArray(written) ? written.length : (rangeOf(written).count ?? 1);
}

/** The ends of a range, and how many values are wanted if it says so. */
export function rangeOf(written: WrittenRange) {
  const [from, to, count] = 'linear' in written ? written.linear : written.log;
  return { from, to, count, kind: 'linear' in written ? ('linear' as const) : ('log' as const) };
}

/** @param written whose grid, if it has one, is sound: see `axisProblems` */
export function expandAxis(name: string, written: WrittenAxis, { keysOf, isInteger }: FieldCatalogue): ListedAxis {
  return { name, path: keysOf(name), values: axisValues(written, isInteger(name)) };
}

/** An axis that gives each cell the value at some share of its range; a list is cut into equal parts. */
export function designAxis(
  name: string,
  written: WrittenAxis,
  catalogue: FieldCatalogue,
  shareAt: (cell: number) => number,
): Axis {
  const axis = { name, path: catalogue.keysOf(name) };
  const at: Path = ['sweep', name];
  if (!Array.isArray(written)) {
    const between = valueBetween(written, catalogue.isInteger(name));
    return { ...axis, valueAt: (cell) => between(shareAt(cell)), writtenAt: () => at };
  }
  const { values } = expandAxis(name, written, catalogue);
  const partAt = (cell: number) => Math.floor(shareAt(cell) * values.length);
  return { ...axis, valueAt: (cell) => values[partAt(cell)], writtenAt: (cell) => [...at, partAt(cell)] };
}

function axisValues(written: WrittenAxis, isIntegral: boolean): AxisValue[] {
  if (Array.isArray(written)) return written.map((value) => (value === 0 ? 0 : value));
  const { from, to, count = 1 } = rangeOf(written);
  const between = valueBetween(written, isIntegral);
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return from;
    if (index === count - 1) return to;
    // Each from its index, so that no error adds up.
    return between(index / (count - 1));
  });
}

/** The value at a share of a range: to the digits that are right, so that 0.1 … 100 passes through 1. */
function valueBetween(written: WrittenRange, isIntegral: boolean): (share: number) => number {
  const { from, to, kind } = rangeOf(written);
  const isLinear = kind === 'linear';
  const between = isLinear
    ? (share: number) => from * (1 - share) + to * share
    : (share: number) => from * Math.exp(share * (Math.log(to) - Math.log(from)));
  return (share) => {
    const value = Number(between(share).toPrecision(isLinear ? 15 : 13));
    const inside = Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
    return isIntegral ? Math.round(inside) : inside;
  };
}
