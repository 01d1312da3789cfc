import type { Interactions } from '../../trainer/data-sets/interactions.ts';
import type { DataSource, TrainingSpecification } from '../../trainer/specification.ts';
import type { Tables } from '../../trainer/training-cell.ts';
import { readParameterFile } from '../parameter-file.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import { fileFault } from '../tables/regular-file.ts';
import { readUserItemTable } from '../user-item-table.ts';
import { visiblePath, visibleText } from '../visible-text.ts';
import type { ModelFields } from './model-fields.ts';

/** The interactions that a scenario names. */
interface ReadData {
  readonly tables: Tables;
  /** A table, known by its bytes; null of every other source. */
  readonly source: DataSource | null;
  readonly notices: readonly string[];
}

/**
 * Reads the table of a scenario, if it has one.
 *
 * @throws {ScenarioError} where there is no such file
 * @throws {DataError} for what is wrong inside it
 */
export async function readTrainingData(
  document: ScenarioDocument,
  data: ModelFields['data'],
  skipBadRows: boolean,
): Promise<ReadData> {
  if (data.from !== 'table') return { tables: new Map(), source: null, notices: [] };
  const fault = await fileFault(data.file);
  if (fault !== undefined) {
    throw document.refuse([
      { path: ['data', 'file'], message: `expected a file, got ${visiblePath(data.file)}: ${fault}` },
    ]);
  }
  const [users, items] = [new Map<string, number>(), new Map<string, number>()];
  const pairs: [number, number][] = [];
  const number = (names: Map<string, number>, name: string) => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const { sha256, format } = await readUserItemTable(data.file, {
    ...data,
    skipBadRows,
    onPair: (user, item) => pairs.push([number(users, user), number(items, item)]),
  });
  const shown = (names: Map<string, number>) => [...names.keys()].map((name) => visibleText(name));
  const interactions: Interactions = { users: shown(users), items: shown(items), pairs };
  const counts = `${users.size} users, ${items.size} items, ${pairs.length} interactions`;
  return {
    tables: new Map([[sha256, interactions]]),
    source: { from: 'table', sha256 },
    notices: [`${visiblePath(data.file)}: read as ${format}: ${counts}`],
  };
}

/** The entries of a parameter file; they decide the numbers, its path does not. */
export async function readInitialParameters(
  document: ScenarioDocument,
  { initialParameters: file }: ModelFields,
): Promise<Pick<TrainingSpecification, 'initialParameters'>> {
  if (file === undefined) return {};
  const fault = await fileFault(file);
  if (fault !== undefined) {
    const message = `expected a file, got ${visiblePath(file)}: ${fault}`;
    throw document.refuse([{ path: ['initialParameters'], message }]);
  }
  const { model } = await readParameterFile(file);
  return {
    initialParameters: Object.fromEntries([...model.parameters].map(([name, { value }]) => [name, [...value.values]])),
  };
}
