import type { Path, Problem } from '../problem.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import { defaultDesignSeed, mostCells, type WrittenAxis, type WrittenSweep } from '../schema/sweep.ts';
import { shownNumber, shownValue } from '../shown-value.ts';
import { type Axis, type AxisValue, axisLength, designAxis, expandAxis, type ListedAxis } from './axis.ts';
import { axisProblems, combinationProblems, isDesign } from './axis-problems.ts';
import { designs } from './designs/index.ts';
import { hasRepeatedCell, repeatedPosition } from './repeated.ts';
import { type Condition, parseCondition } from './where.ts';

/** A condition, and where it is written. */
export interface LocatedCondition {
  readonly test: Condition;
  readonly path: Path;
}

/** A sound sweep: which cells there are, before the conditions have been tried on them. No cell is made until it is asked for. */
export interface Sweep {
  readonly axes: readonly Axis[];
  readonly conditions: readonly LocatedCondition[];
  /** Cells before the conditions leave some out; 1 where nothing is swept. */
  readonly size: number;
  /** Whether every combination of the values is a cell: then a value comes again and again. */
  readonly isCrossed: boolean;
}

/** A cell's value of each swept field, by its dotted path. */
export function sweptValues({ axes }: Pick<Sweep, 'axes'>, cell: number): Record<string, AxisValue> {
  const swept: Record<string, AxisValue> = {};
  for (const { name, valueAt } of axes) swept[name] = valueAt(cell);
  return swept;
}

/** A cell's swept values in words: `steps = 3, gain.sharing = "own"`. */
export function sweptText({ axes }: Pick<Sweep, 'axes'>, cell: number): string {
  return axes.map(({ name, valueAt }) => `${name} = ${shownValue(valueAt(cell))}`).join(', ');
}

/** Expands a sweep that the schema has accepted, or tells what is wrong with it; paths begin with `sweep`. */
export function expandSweep(sweep: WrittenSweep, catalogue: FieldCatalogue): Sweep | readonly Problem[] {
  const { combine, points, designSeed = defaultDesignSeed, where, ...fields } = sweep;
  const written = Object.entries(fields);
  const { conditions, faults } = readConditions(where, ['sweep', 'where'], catalogue);
  const problems = [
    ...combinationProblems(sweep, written.length),
    ...written.flatMap(([name, axis]) => axisProblems(name, axis, combine, catalogue)),
    ...faults,
  ];
  if (problems.length > 0) return problems;
  const axes = isDesign(combine)
    ? designed(written, catalogue, designs[combine].open({ points: points!, axes: written.length, seed: designSeed }))
    : combine === 'zipped'
      ? zipped(written, catalogue)
      : crossed(written, catalogue);
  if (isProblems(axes)) return axes;
  const size = isDesign(combine) ? points! : combine === 'zipped' ? longest(written) : product(written);
  // A crossed sweep has no cell twice where no axis has a value twice.
  if (combine !== 'crossed' && hasRepeatedCell(axes, size)) return [repeatedCell(axes, size, isDesign(combine))];
  return { axes, conditions, size, isCrossed: combine === 'crossed' };
}

type WrittenAxes = readonly (readonly [name: string, axis: WrittenAxis])[];

function isProblems(axes: readonly Axis[] | readonly Problem[]): axes is readonly Problem[] {
  return axes.some((axis) => 'message' in axis);
}

function product(written: WrittenAxes): number {
  return written.reduce((size, [, axis]) => size * axisLength(axis), 1);
}

function longest(written: WrittenAxes): number {
  return written.reduce((most, [, axis]) => Math.max(most, axisLength(axis)), 1);
}

function designed(
  written: WrittenAxes,
  catalogue: FieldCatalogue,
  shareAt: (cell: number, axis: number) => number,
): readonly Axis[] | readonly Problem[] {
  // The whole list is needed: a range has no value twice.
  const repeated = written.flatMap(([name, axis]) =>
    Array.isArray(axis) ? repeatedValue(expandAxis(name, axis, catalogue)) : [],
  );
  if (repeated.length > 0) return repeated;
  return written.map(([name, axis], index) => designAxis(name, axis, catalogue, (cell) => shareAt(cell, index)));
}

function zipped(written: WrittenAxes, catalogue: FieldCatalogue): readonly Axis[] | readonly Problem[] {
  const size = longest(written);
  if (written.some(([, axis]) => axisLength(axis) !== size)) {
    const counts = written.map(([name, axis]) => `${name} has ${axisLength(axis)}`).join(', ');
    return [{ path: ['sweep', 'combine'], message: `expected zipped fields to have equally many values, ${counts}` }];
  }
  return written.map(([name, axis]) => listedAxis(expandAxis(name, axis, catalogue), (cell) => cell));
}

/** The first axis varies slowest. */
function crossed(written: WrittenAxes, catalogue: FieldCatalogue): readonly Axis[] | readonly Problem[] {
  const size = product(written);
  if (size > mostCells) {
    const message = `expected at most ${shownNumber(mostCells)} cells, got ${shownNumber(size)}`;
    return [{ path: ['sweep'], message }];
  }
  const axes = written.map(([name, axis]) => expandAxis(name, axis, catalogue));
  const repeated = axes.flatMap(repeatedValue);
  if (repeated.length > 0) return repeated;
  let stride = size;
  return axes.map((axis) => {
    const { length } = axis.values;
    stride /= length;
    const cellsOfValue = stride;
    return listedAxis(axis, (cell) => Math.floor(cell / cellsOfValue) % length);
  });
}

function listedAxis({ name, path, values }: ListedAxis, positionOf: (cell: number) => number): Axis {
  return {
    name,
    path,
    valueAt: (cell) => values[positionOf(cell)],
    writtenAt: (cell) => ['sweep', name, positionOf(cell)],
  };
}

/** Reads a condition, or a list of them, written at a path. */
export function readConditions(where: string | readonly string[], at: Path, fields: FieldCatalogue) {
  const texts = typeof where === 'string' ? [where] : where;
  const conditions: LocatedCondition[] = [];
  const faults: Problem[] = [];
  for (const [index, text] of texts.entries()) {
    const path: Path = typeof where === 'string' ? at : [...at, index];
    const parsed = parseCondition(text, fields);
    if ('fault' in parsed) faults.push({ path, message: parsed.fault });
    else conditions.push({ test: parsed, path });
  }
  return { conditions, faults };
}

function repeatedValue({ name, values }: ListedAxis): Problem[] {
  const found = repeatedPosition(values.length, (index) => [values[index]]);
  if (found === null) return [];
  return [{ path: ['sweep', name], message: `expected different values, got ${shownValue(values[found])} twice` }];
}

function repeatedCell(axes: readonly Axis[], size: number, isSpread: boolean): Problem {
  const found = repeatedPosition(size, (cell) => axes.map(({ valueAt }) => valueAt(cell)))!;
  const remedy = isSpread ? ' after rounding; fewer points, or a range with more values, leaves them apart' : '';
  return { path: ['sweep'], message: `expected different cells, got ${sweptText({ axes }, found)} twice${remedy}` };
}
