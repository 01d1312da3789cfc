import type { Json } from '../random/canonical-json.ts';
import type { Resources } from './cells/resources.ts';
import type { CoupledFields } from './coupled-schema.ts';
import { type ScenarioDocument, valueAt, withValue } from './scenario-document.ts';
import type { Plain } from './yaml/plain.ts';

/**
 * All that the cells of a coupled scenario are expanded from, as plain data: what a run folder keeps and what other machines
 * are sent. It holds what was in the files that the scenario names, and no path.
 */
export interface CoupledDesign {
  /** The fields of the scenario, those of the first cell where they are swept, without what decides no number. */
  readonly fields: Json;
  /** The swept fields as they were written, the slowest first: the keys of stored JSON have no order. */
  readonly axes: readonly string[];
  readonly table: Resources['table'];
  readonly trace: Resources['trace'];
  readonly upperTrace: Resources['upperTrace'];
}

/** What a scenario says that decides no number: it may change without a new run. */
export interface ScenarioWords {
  readonly name: Json;
  readonly description: Json;
  readonly expect: Json;
}

/** The paths of files, and where the hash of what was in them stands. */
export const files = [
  { path: ['popularity', 'data'], resource: 'table' },
  { path: ['gain', 'file'], resource: 'trace' },
  { path: ['gain', 'upperFile'], resource: 'upperTrace' },
] as const;

/**
 * What a run folder keeps of a scenario.
 *
 * @param parsed the fields of its first cell: a default that is written out is the same design
 */
export function designOf(parsed: CoupledFields, { table, trace, upperTrace }: Resources): CoupledDesign {
  const resources = { table, trace, upperTrace };
  const { name: _name, description: _description, expect: _expect, ...decisive } = parsed;
  const fields = files.reduce((value: Plain, { path, resource }) => {
    const found = resources[resource];
    return found === null ? value : withValue(value, path, `sha256:${found.sha256}`);
  }, plain(decisive));
  const { combine: _combine, points: _points, designSeed: _seed, where: _where, ...axes } = parsed.sweep;
  return { fields, axes: Object.keys(axes), ...resources };
}

/** Without what is undefined. */
function plain(fields: object): Plain {
  return JSON.parse(JSON.stringify(fields));
}

/** The words of a scenario, as written. */
export function wordsOf({ value }: ScenarioDocument): ScenarioWords {
  return {
    name: valueAt(value, ['name']) ?? '',
    description: valueAt(value, ['description']) ?? '',
    expect: valueAt(value, ['expect']) ?? [],
  };
}
