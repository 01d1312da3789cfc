import type { DataSource, TrainingSpecification } from '../../trainer/specification.ts';
import type { Tables } from '../../trainer/training-cell.ts';
import { readParameterFile } from '../parameter-file.ts';
import { readInteractions } from '../read-interactions.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import { fileFault } from '../tables/regular-file.ts';
import { visiblePath } from '../visible-text.ts';
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
  const { interactions, sha256, notice } = await readInteractions(data.file, { ...data, skipBadRows });
  return { tables: new Map([[sha256, interactions]]), source: { from: 'table', sha256 }, notices: [notice] };
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
