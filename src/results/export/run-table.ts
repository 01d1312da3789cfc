import type { RunSource } from './run-source.ts';
import { type MadeRow, type Table, tableOf } from './table.ts';
import type { TableName } from './table-names.ts';

/**
 * A table of one or several runs, one after the other.
 *
 * @param withRun whether each row says in the column `run` which run it is of
 */
export function runTable(runs: readonly RunSource[], name: TableName, withRun: boolean): Promise<Table> {
  return tableOf(async function* () {
    for (const run of runs) {
      for await (const row of rowsOf(run, name)) {
        yield withRun ? { ...row, place: { run: run.name, ...row.place } } : row;
      }
    }
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
