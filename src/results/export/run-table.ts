import { numbers, text } from './kinds/run-kind.ts';
import type { RunSource } from './run-source.ts';
import { type Column, type KnownColumns, type MadeRow, type Table, tableOf, type Value } from './table.ts';
import type { TableName } from './table-names.ts';

/**
 * A table of one or several runs, one after the other.
 *
 * @param withRun whether each row says in the column `run` which run it is of
 */
export async function runTable(runs: readonly RunSource[], name: TableName, withRun: boolean): Promise<Table> {
  const known = await knownColumns(runs, name, withRun);
  return tableOf(async function* () {
    for (const run of runs) {
      for await (const row of rowsOf(run, name)) {
        yield withRun ? { ...row, place: { run: run.name, ...row.place } } : row;
      }
    }
  }, known);
}

/** The columns that a table of these runs has whatever the rows are: those that a run with cells of this kind has. */
async function knownColumns(runs: readonly RunSource[], name: TableName, withRun: boolean): Promise<KnownColumns> {
  const run = withRun ? [text('run')] : [];
  if (name === 'runs') return { place: run, values: [] };
  const swept: Column[] = [];
  for (const source of runs) swept.push(...columnsOf(await anySwept(source)));
  const values = runs.flatMap(({ kind }) => (name === 'failures' ? failureColumns : kind.columns[name]));
  // A cell fails as a whole.
  const places = runs.flatMap(({ kind }) => (name === 'failures' ? numbers('cell') : kind.place));
  return { place: [...run, ...places, ...swept], values };
}

const failureColumns = [...numbers('replicate'), text('message')];

/** What is swept in a run: by the first of its cells, or where none could be computed by the first that failed. */
async function anySwept(run: RunSource): Promise<Record<string, Value>> {
  for await (const cell of run.cells()) return (cell as { readonly swept: Record<string, Value> }).swept;
  for await (const { swept } of run.failures()) return swept;
  return {};
}

function columnsOf(fields: Readonly<Record<string, Value>>): Column[] {
  return Object.entries(fields).map(([name, value]) => {
    return { name, type: typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'boolean' : 'number' };
  });
}

/** What a file says of the runs that it is of, as key–value metadata. */
export function runMetadata(runs: readonly RunSource[]): Record<string, string> {
  const all = runs.map(({ name, head: { scenario, id, seed, version } }) => ({
    run: name,
    scenario,
    id,
    seed,
    version,
  }));
  const runsField = { runs: JSON.stringify(all) };
  if (all.length !== 1) return runsField;
  const [{ scenario, id, seed, version }] = all;
  return { scenario, id, seed: String(seed), 'norm-growth': version, ...runsField };
}

async function* rowsOf(run: RunSource, name: TableName): AsyncGenerator<MadeRow> {
  switch (name) {
    case 'runs':
      yield { place: {}, values: { kind: run.kind.name, ...run.head, ...(await counts(run)) } };
      return;
    case 'failures':
      for await (const { cell, swept, replicate, message } of run.failures()) {
        yield { place: { cell, ...swept }, values: { replicate, message } };
      }
      return;
    default:
      for await (const cell of run.cells()) yield* run.kind[name](cell);
  }
}

async function counts(run: RunSource): Promise<{ readonly cells: number; readonly failures: number }> {
  let [cells, failures] = [0, 0];
  for await (const _ of run.cells()) cells += 1;
  for await (const _ of run.failures()) failures += 1;
  return { cells, failures };
}
