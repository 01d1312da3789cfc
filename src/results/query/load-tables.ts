import type { DuckDBValue } from '@duckdb/node-api';
import { batches } from '../export/batches.ts';
import type { RunSource } from '../export/run-source.ts';
import { runTable } from '../export/run-table.ts';
import type { Table } from '../export/table.ts';
import { tableNames } from '../export/table-names.ts';
import type { SqlEngine } from './sql-engine.ts';

/** Puts the tables of the runs into the database, each with the column `run` before the others. */
export async function loadTables(engine: SqlEngine, runs: readonly RunSource[]): Promise<void> {
  for (const name of tableNames) await loadTable(engine, name, await runTable(runs, name, true));
}

async function loadTable({ duckdb, connection }: SqlEngine, name: string, table: Table): Promise<void> {
  const { columns } = table;
  const sqlNames = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'VARCHAR' } as const;
  const defined = columns.map((column) => `${quoted(column.name)} ${sqlNames[column.type]}`).join(', ');
  await connection.run(`CREATE TABLE ${quoted(name)} (${defined})`);
  const types = columns.map(({ type }) => duckdb[sqlNames[type]]);
  const appender = await connection.createAppender(name);
  for await (const batch of batches(table.rows())) {
    const chunk = duckdb.DuckDBDataChunk.create(types, batch.length);
    chunk.setRows(batch as readonly (readonly DuckDBValue[])[]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
