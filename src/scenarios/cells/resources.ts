import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import type { CoupledFields } from '../coupled-schema.ts';
import type { ScenarioDocument } from '../scenario-document.ts';
import type { WrittenGain } from '../schema/gain.ts';
import type { WrittenPopularity } from '../schema/popularity.ts';
import { fileFault } from '../tables/regular-file.ts';
import { readTraceFile, type TraceFile } from '../tables/trace-file.ts';
import { readUserItemTable, type UserItemTable } from '../user-item-table.ts';
import { visiblePath } from '../visible-text.ts';
import { popularityFromTable, type TablePopularity } from './popularity-from-table.ts';

/** What a scenario takes from other files; a file cannot be swept, so all cells share it. */
export interface Resources {
  readonly table: (TablePopularity & { readonly sha256: string }) | null;
  readonly trace: TraceFile | null;
  readonly upperTrace: TraceFile | null;
  readonly notices: readonly string[];
}

/**
 * Reads the files that a scenario names.
 *
 * @throws {ScenarioError} if there is no such file, or no such item in it
 * @throws {DataError} for what is wrong inside a file
 */
export async function readResources(
  document: ScenarioDocument,
  { popularity, gain }: CoupledFields,
  skipBadRows: boolean,
): Promise<Resources> {
  const trace = await traceIn(document, gain, 'file', 'values');
  const upperTrace = await traceIn(document, gain, 'upperFile', 'upperValues');
  if (!('data' in popularity)) return { table: null, trace, upperTrace, notices: [] };

  await requireFile(document, ['popularity', 'data'], popularity.data);
  const table = await readUserItemTable(popularity.data, { ...popularity, skipBadRows });
  const found = popularityFromTable(popularity, table);
  if (!('popularity' in found)) throw document.refuse(found);
  const notices = noticesOf(visiblePath(popularity.data), table, found);
  return { table: { ...found, sha256: table.sha256 }, trace, upperTrace, notices };
}

/** The gain with the values of its trace in their place. */
export function resolvedGain(written: WrittenGain, { trace, upperTrace }: Resources): GainSpecification {
  if (written.model !== 'trace') return written;
  const { model, sharing } = written;
  const values = trace?.values ?? written.values ?? [];
  const upperValues = upperTrace?.values ?? written.upperValues;
  return upperValues === undefined ? { model, sharing, values } : { model, sharing, values, upperValues };
}

export function resolvedPopularity(written: WrittenPopularity, { table }: Resources) {
  return 'data' in written ? table!.popularity : written;
}

async function traceIn(
  document: ScenarioDocument,
  gain: WrittenGain,
  fileKey: 'file' | 'upperFile',
  valuesKey: 'values' | 'upperValues',
): Promise<TraceFile | null> {
  if (gain.model !== 'trace') return null;
  const file = gain[fileKey];
  if (file === undefined) return null;
  const path = ['gain', fileKey];
  if (gain[valuesKey] !== undefined)
    throw document.refuse([{ path, message: `expected ${valuesKey} or a file, got both` }]);
  await requireFile(document, path, file);
  return readTraceFile(file);
}

async function requireFile(document: ScenarioDocument, path: string[], file: string): Promise<void> {
  const fault = await fileFault(file);
  if (fault === undefined) return;
  throw document.refuse([{ path, message: `expected a file, got ${visiblePath(file)}: ${fault}` }]);
}

function noticesOf(name: string, table: UserItemTable, { items: { lower, upper } }: TablePopularity): string[] {
  const { format, users, items, interactions, skippedRows, firstSkippedLines } = table;
  const notices = [
    `${name}: read as ${format}: ${users} users, ${items.length} items, ${interactions} interactions`,
    `lower is ${lower.label} (${lower.interactions} interactions), upper is ${upper.label} (${upper.interactions})`,
  ];
  if (skippedRows > 0) {
    const more = skippedRows > firstSkippedLines.length ? ', …' : '';
    notices.push(`${name}: ${skippedRows} bad rows left out (lines ${firstSkippedLines.join(', ')}${more})`);
  }
  if (lower.interactions === upper.interactions) {
    notices.push('both items are equally popular, so the two runs of a pair are identical');
  }
  return notices;
}
