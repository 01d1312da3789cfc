import { suggestion } from '../nearest-name.ts';
import type { Path, Problem } from '../problem.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import { mostCells, type WrittenAxis, type WrittenSweep } from '../schema/sweep.ts';
import { shownNumber, shownValue } from '../shown-value.ts';
import { type Axis, type AxisValue, axisLength, expandAxis } from './axis.ts';
import { type Condition, parseCondition } from './where.ts';

/** A condition, and where it is written. */
export interface LocatedCondition {
  readonly test: Condition;
  readonly path: Path;
}

/** A sound sweep: which cells there are, before the conditions have been tried on them. */
export interface Sweep {
  readonly axes: readonly Axis[];
  readonly conditions: readonly LocatedCondition[];
  /** Cells before the conditions leave some out; 1 where nothing is swept. */
  readonly size: number;
  /** The position, on each axis, of a cell: the first axis varies slowest. */
  positions(cell: number): readonly number[];
}

/** Expands a sweep that the schema has accepted, or tells what is wrong with it; paths begin with `sweep`. */
export function expandSweep(
  { combine, where, ...fields }: WrittenSweep,
  catalogue: FieldCatalogue,
): Sweep | readonly Problem[] {
  const written = Object.entries(fields);
  const { conditions, faults } = readConditions(where, ['sweep', 'where'], catalogue);
  const problems = [...written.flatMap(([name, axis]) => axisProblems(name, axis, catalogue)), ...faults];
  if (problems.length > 0) return problems;

  const lengths = written.map(([, axis]) => axisLength(axis));
  const size =
    combine === 'zipped' ? Math.max(1, ...lengths) : lengths.reduce((product, length) => product * length, 1);
  if (combine === 'zipped' && lengths.some((length) => length !== size)) {
    const counts = written.map(([name], index) => `${name} has ${lengths[index]}`).join(', ');
    return [{ path: ['sweep', 'combine'], message: `expected zipped fields to have equally many values, ${counts}` }];
  }
  if (size > mostCells) {
    const message = `expected at most ${shownNumber(mostCells)} cells, got ${shownNumber(size)}`;
    return [{ path: ['sweep'], message }];
  }
  const axes = written.map(([name, axis]) => expandAxis(name, axis, catalogue));
  const positions = (cell: number) => (combine === 'zipped' ? axes.map(() => cell) : crossedPositions(cell, lengths));
  const repeated = combine === 'zipped' ? repeatedTuple(axes) : axes.flatMap(repeatedValue);
  if (repeated.length > 0) return repeated;
  return { axes, conditions, size, positions };
}

function crossedPositions(cell: number, lengths: readonly number[]): number[] {
  let rest = cell;
  return lengths
    .toReversed()
    .map((length) => {
      const position = rest % length;
      rest = Math.floor(rest / length);
      return position;
    })
    .reverse();
}

function axisProblems(name: string, axis: WrittenAxis, { swept, isNumeric }: FieldCatalogue): Problem[] {
  const path: Path = ['sweep', name];
  if (!swept.includes(name)) {
    const message = `expected the path of a field that can be swept, got ${shownValue(name)}${suggestion(name, swept)}`;
    return [{ path, pointsAt: 'key', message }];
  }
  if (Array.isArray(axis)) return [];
  const kind = 'linear' in axis ? 'linear' : 'log';
  if (!isNumeric(name)) return [{ path, message: `expected a list of values (the field is no number), got {${kind}}` }];
  const [from, to] = 'linear' in axis ? axis.linear : axis.log;
  if (kind === 'log' && !(from > 0 && to > 0)) {
    return [{ path: [...path, kind], message: `expected ends above 0, got ${from} and ${to}` }];
  }
  return [];
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

function repeatedValue({ name, values }: Axis): Problem[] {
  const [found] = repeated(values.map((value) => [value]));
  if (found === undefined) return [];
  return [{ path: ['sweep', name], message: `expected different values, got ${shownValue(values[found])} twice` }];
}

function repeatedTuple(axes: readonly Axis[]): Problem[] {
  const tuples = (axes[0]?.values ?? []).map((_, index) => axes.map(({ values }) => values[index]));
  const [found] = repeated(tuples);
  if (found === undefined) return [];
  const cell = axes.map(({ name, values }) => `${name} = ${shownValue(values[found])}`).join(', ');
  return [{ path: ['sweep'], message: `expected different cells, got ${cell} twice` }];
}

/** Positions of tuples that stood before. */
function repeated(tuples: readonly (readonly AxisValue[])[]): number[] {
  const seen = new Set<string>();
  return tuples.flatMap((tuple, index) => {
    const key = JSON.stringify(tuple);
    return seen.size === seen.add(key).size ? [index] : [];
  });
}
