import { suggestion } from '../nearest-name.ts';
import type { Path, Problem } from '../problem.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import type { DesignName, WrittenAxis, WrittenSweep } from '../schema/sweep.ts';
import { shownValue } from '../shown-value.ts';
import { rangeOf } from './axis.ts';
import { designs } from './designs/index.ts';

/** Whether the cells are points spread over ranges. */
export function isDesign(combine: string): combine is DesignName {
  return Object.hasOwn(designs, combine);
}

/** What is wrong between `combine` and what stands beside it. */
export function combinationProblems({ combine, points, designSeed }: WrittenSweep, axes: number): Problem[] {
  if (!isDesign(combine)) {
    const stray = Object.entries({ points, designSeed }).filter(([, value]) => value !== undefined);
    const message = `expected combine: ${Object.keys(designs).join(' or ')} beside it, got ${combine}`;
    return stray.map(([name]) => ({ path: ['sweep', name], pointsAt: 'key', message }));
  }
  if (points === undefined) {
    return [{ path: ['sweep', 'combine'], message: `expected points (how many cells) beside ${combine}, got none` }];
  }
  if (axes === 0) return [{ path: ['sweep'], message: `expected a field with a range beside ${combine}, got none` }];
  const { mostAxes } = designs[combine];
  if (axes <= mostAxes) return [];
  return [{ path: ['sweep', 'combine'], message: `expected at most ${mostAxes} fields for ${combine}, got ${axes}` }];
}

/** What is wrong with an axis. */
export function axisProblems(
  name: string,
  axis: WrittenAxis,
  combine: WrittenSweep['combine'],
  { swept, isNumeric }: FieldCatalogue,
): Problem[] {
  const path: Path = ['sweep', name];
  if (!swept.includes(name)) {
    const message = `expected the path of a field that can be swept, got ${shownValue(name)}${suggestion(name, swept)}`;
    return [{ path, pointsAt: 'key', message }];
  }
  if (Array.isArray(axis)) return [];
  const { kind, from, to, count } = rangeOf(axis);
  if (!isNumeric(name)) return [{ path, message: `expected a list of values (the field is no number), got {${kind}}` }];
  const at: Path = [...path, kind];
  if (kind === 'log' && !(from > 0 && to > 0)) {
    return [{ path: at, message: `expected ends above 0, got ${from} and ${to}` }];
  }
  if (!isDesign(combine)) {
    return count === undefined ? [{ path: at, message: 'expected [from, to, number of values], got a list of 2' }] : [];
  }
  if (count !== undefined) {
    const message = `expected [from, to] (sweep.points says how many cells there are), got a third number`;
    return [{ path: [...at, 2], message }];
  }
  return from === to ? [{ path: at, message: `expected two different ends, got ${from} twice` }] : [];
}
