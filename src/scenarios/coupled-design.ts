import type { Resources } from './cells/resources.ts';
import type { Json } from './coupled-scenario.ts';
import { type ScenarioDocument, valueAt, withValue } from './scenario-document.ts';
import type { Plain } from './yaml/plain-value.ts';

/**
 * All that the cells of a coupled scenario are expanded from, as plain data: what a run folder keeps and what other machines
 * are sent. It holds what was in the files that the scenario names, and no path.
 */
export interface CoupledDesign {
  /** The scenario as written, with the command line's values in it, without what does not decide any number. */
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

const wordFields = ['name', 'description', 'expect'];

/** The paths of files, and where the hash of what was in them stands. */
const files = [
  { path: ['popularity', 'data'], resource: 'table' },
  { path: ['gain', 'file'], resource: 'trace' },
  { path: ['gain', 'upperFile'], resource: 'upperTrace' },
] as const;

/** What a run folder keeps of a scenario. */
export function designOf({ value }: ScenarioDocument, { table, trace, upperTrace }: Resources): CoupledDesign {
  const resources = { table, trace, upperTrace };
  const decisive = Object.fromEntries(Object.entries(value as object).filter(([key]) => !wordFields.includes(key)));
  const fields = files.reduce((document: Plain, { path, resource }) => {
    const found = resources[resource];
    return found === null ? document : withValue(document, path, `sha256:${found.sha256}`);
  }, decisive);
  return { fields, axes: Object.keys(valueAt(value, ['sweep']) ?? {}), ...resources };
}

/** The words of a scenario, as written. */
export function wordsOf({ value }: ScenarioDocument): ScenarioWords {
  return {
    name: valueAt(value, ['name']) ?? '',
    description: valueAt(value, ['description']) ?? '',
    expect: valueAt(value, ['expect']) ?? [],
  };
}
