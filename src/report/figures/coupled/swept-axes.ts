import type { AxisValue } from '../../../scenarios/sweep/axis.ts';
import { visibleText } from '../../../scenarios/visible-text.ts';
import { namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { Choice } from '../figure.ts';

/** A cell, as far as its place in a sweep goes. */
interface SweptCell {
  readonly index: number;
  readonly swept: Readonly<Record<string, AxisValue>>;
}

/** A swept field whose values are numbers, at least two of them. */
export interface NumericAxis {
  /** The field's path in a scenario. */
  readonly path: string;
  /** The path, safe to show. */
  readonly name: string;
  /** Each once, increasing. */
  readonly values: readonly number[];
  of(cell: SweptCell): number;
}

/** The swept fields that a figure can have as an axis, in the order in which they were written. */
export function numericAxes({ planned, cells }: CoupledSource): NumericAxis[] {
  return planned.scenario.design.axes.flatMap((path) => {
    const values = [...new Set(cells.map(({ swept }) => swept[path]))];
    if (values.length < 2 || !values.every((value) => typeof value === 'number')) return [];
    const increasing = values.toSorted((a, b) => a - b);
    return { path, name: visibleText(path), values: increasing, of: ({ swept }: SweptCell) => swept[path] as number };
  });
}

/** What the cells of a sweep differ in beside the axes of a figure: a reader sees one slice of the sweep at a time. */
export interface Slices {
  /** Null where the axes tell the cells apart. */
  readonly choice: Choice | null;
  nameOf(cell: SweptCell): string;
}

/** The slices in which each place of the axes has one cell. */
export function slicesBeside(axes: readonly NumericAxis[], { planned, cells }: CoupledSource): Slices {
  const others = planned.scenario.design.axes.filter((path) => axes.every((axis) => axis.path !== path));
  const varied = others.filter((path) => cells.some(({ swept }) => swept[path] !== cells[0].swept[path]));
  // A field that goes with one of the axes, as in a zipped sweep, parts nothing.
  const parting = isOneEach(axes, cells) ? [] : varied;
  const partOf = ({ swept }: SweptCell) => Object.fromEntries(parting.map((path) => [path, swept[path]]));
  const keyOf = (cell: SweptCell) => JSON.stringify(partOf(cell));
  // The first cell of a slice stands for it.
  const slices = [...Map.groupBy(cells, keyOf)].map(([key, [{ index, swept }]]) => {
    return { key, cell: { index, swept: partOf({ index, swept }) } };
  });
  const nameOfSlice = namesOf(slices.map(({ cell }) => cell));
  const names = new Map(slices.map(({ key, cell }) => [key, nameOfSlice(cell)]));
  const nameOf = (cell: SweptCell) => (parting.length === 0 ? '' : names.get(keyOf(cell))!);
  const options = [...new Set(cells.map(nameOf))];
  return { choice: options.length < 2 ? null : { label: 'Where', options }, nameOf };
}

/** Whether no two cells share a place. */
function isOneEach(axes: readonly NumericAxis[], cells: readonly SweptCell[]): boolean {
  return new Set(cells.map((cell) => JSON.stringify(axes.map((axis) => axis.of(cell))))).size === cells.length;
}
