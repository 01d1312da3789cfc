import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { openRunSources } from '../../../../src/results/export/run-source.ts';
import { loadTables } from '../../../../src/results/query/load-tables.ts';
import { runQuery } from '../../../../src/results/query/run-query.ts';
import { openSqlEngine, type SqlEngine } from '../../../../src/results/query/sql-engine.ts';
import type { Ordeal } from '../../ordeal.ts';
import { commandHere } from '../input/here.ts';
import { faultOfRefusal } from '../input/judge.ts';
import { sampleRuns } from '../input/sample-runs.ts';
import { tried } from '../input/tried.ts';

/** Stands in a file, in the environment and nowhere else. */
const secret = 'canary-7f3b2a';

/** SQL that would read or write files, reach the network, the environment or settings, plainly and in disguise. */
export const hostileQueries: Ordeal = {
  name: 'hostile-queries',
  promise: 'a query reads the tables of the runs it was given: no file, no network, no environment, no setting',
  async endure(trial) {
    const [sample] = await sampleRuns(trial.folder);
    const secretFile = join(trial.folder, 'secret.csv');
    const target = join(trial.folder, 'written');
    writeFileSync(secretFile, `a\n${secret}\n`);
    const network = await listening();
    process.env.NORM_GROWTH_CANARY = secret;
    const engine = await openSqlEngine();
    try {
      await loadTables(engine, await openRunSources([join(trial.folder, 'sample-0', sample.name)]));
      let refused = 0;
      const attempt = async (sql: string): Promise<string | null> => {
        const fault = await faultOfQuery(engine, sql, () => (refused += 1));
        if (fault !== null) return `${fault}: ${sql}`;
        if (existsSync(target)) return `wrote a file: ${sql}`;
        return network.visits() === 0 ? null : `reached the network: ${sql}`;
      };
      const attacks = attacksOn({ secretFile, target, port: network.port });
      for (const sql of attacks) {
        const fault = await attempt(sql);
        if (fault !== null) throw new Error(fault);
      }
      const count = await tried(trial, { bounded: 200, full: 4000 }, disguised(attacks), attempt);
      const { code, stdout } = await commandHere(['export', join(trial.folder, 'sample-0', sample.name)]);
      if (code !== 0 || stdout === '') throw new Error('the run that was asked can no longer be exported');
      return { queries: attacks.length + count, 'that were refused': refused };
    } finally {
      engine.close();
      network.close();
      delete process.env.NORM_GROWTH_CANARY;
    }
  },
};

async function faultOfQuery(engine: SqlEngine, sql: string, refused: () => void): Promise<string | null> {
  try {
    const { rows } = await runQuery(engine, sql);
    let count = 0;
    for await (const row of rows()) {
      if (JSON.stringify(row).includes(secret)) return 'told the secret';
      count += 1;
      if (count === 2000) break;
    }
    return null;
  } catch (error) {
    refused();
    if ((error as Error).message.includes(secret)) return 'told the secret in its refusal';
    return faultOfRefusal(error);
  }
}

interface Aims {
  readonly secretFile: string;
  /** What must never be there. */
  readonly target: string;
  /** Of a server that must never be visited. */
  readonly port: number;
}

function attacksOn({ secretFile, target, port }: Aims): string[] {
  const url = `http://127.0.0.1:${port}/x.csv`;
  const readers = [
    'read_csv', 'read_csv_auto', 'sniff_csv', 'read_text', 'read_blob', 'read_json', 'read_json_auto', 'read_ndjson', 'read_json_objects',
    'read_parquet', 'parquet_scan', 'parquet_metadata', 'parquet_schema', 'glob', 'read_xlsx', 'st_read', 'sqlite_scan', 'postgres_scan',
    'iceberg_scan', 'delta_scan', 'read_duckdb', 'duckdb_scan', 'arrow_scan', 'load_aws_credentials', 'query', 'query_table', 'read_avro',
  ];
  const places = [secretFile, url, `file://${secretFile}`, '/proc/self/environ', '/dev/stdin', `${secretFile}*`, 's3://a/b', '~/.duckdb'];
  return [
    ...readers.flatMap((reader) => places.map((place) => `SELECT * FROM ${reader}('${place}')`)),
    ...places.flatMap((place) => [`FROM '${place}'`, `SELECT * FROM "${place}"`, `SUMMARIZE '${place}'`, `DESCRIBE '${place}'`]),
    ...['csv', 'parquet', 'json'].map((format) => `COPY cells TO '${target}' (FORMAT ${format})`),
    `COPY (SELECT 1) TO '${target}'`, `COPY cells FROM '${secretFile}'`, `EXPORT DATABASE '${target}'`, `IMPORT DATABASE '${target}'`,
    `ATTACH '${target}'`, `ATTACH '${target}' AS x (TYPE sqlite)`, `ATTACH '${url}' AS x`, `COPY FROM DATABASE memory TO x`, 'DETACH memory',
    'INSTALL httpfs', `INSTALL httpfs FROM '${url}'`, 'LOAD httpfs', `LOAD '${target}.so'`, 'UPDATE EXTENSIONS', 'FORCE INSTALL json',
    "SELECT getenv('NORM_GROWTH_CANARY')", "SELECT getvariable('NORM_GROWTH_CANARY')", "SELECT current_setting('NORM_GROWTH_CANARY')",
    'SET enable_external_access = true', 'SET GLOBAL lock_configuration = false', 'RESET lock_configuration', "PRAGMA enable_profiling = 'json'",
    `SET profile_output = '${target}'`, `PRAGMA profile_output = '${target}'`, `SET log_query_path = '${target}'`, `SET temp_directory = '${target}'`,
    `CALL enable_logging(storage = 'file', storage_config = {'path': '${target}'})`, 'CALL enable_logging()', "SELECT write_log('x')",
    `CREATE TABLE t AS FROM '${secretFile}'`, `CREATE VIEW v AS FROM '${secretFile}'`, `CREATE MACRO m() AS TABLE FROM '${secretFile}'`,
    `CREATE SECRET s (TYPE http, PROXY '${url}')`, `CREATE PERSISTENT SECRET s (TYPE http)`, 'FROM duckdb_secrets()', 'DROP TABLE cells',
    'INSERT INTO cells SELECT * FROM cells', 'UPDATE cells SET cell = 1', 'TRUNCATE cells', 'CHECKPOINT', "CALL force_checkpoint('memory')",
    'VACUUM', 'BEGIN', 'ROLLBACK', 'USE memory', `SELECT 1; COPY cells TO '${target}'`, `COPY cells TO '${target}'; SELECT 1`,
    `SELECT 1 --\n; COPY cells TO '${target}'`, `/* SELECT 1 */ COPY cells TO '${target}'`, `WITH x AS (FROM '${secretFile}') FROM x`,
    `SELECT (SELECT content FROM read_text('${secretFile}'))`, `FROM query('COPY cells TO ''${target}''')`, `FROM query('FROM ''${secretFile}''')`,
    `SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''${secretFile}'')'))`,
    `PRAGMA json_execute_serialized_sql('x')`, `EXPLAIN ANALYZE COPY cells TO '${target}'`, `EXECUTE x`, `PREPARE x AS FROM '${secretFile}'`,
    'FROM duckdb_settings()', 'FROM duckdb_extensions()', 'FROM duckdb_logs()', 'FROM pragma_database_list()', 'FROM duckdb_databases()',
    'FROM duckdb_temporary_files()', 'FROM pragma_user_agent()', 'FROM sql_auto_complete(\'SEL\')', "FROM which_secret('x', 'http')", "FROM glob('*')",
    'SELECT version()', 'FROM test_all_types()', "SELECT 'nan'::DOUBLE, 'inf'::FLOAT", 'SELECT $1', 'SELECT ?', '', ';;', '\u00a0COPY x TO y',
    `\u200bCOPY cells TO '${target}'`, `COPY\u2003cells TO '${target}'`, `ＣＯＰＹ cells TO '${target}'`, `SELECT 1；COPY cells TO '${target}'`,
    'SELECT \u001b[2J', 'SELECT "\u202e"', '\ud800', '(((((((((((((((((((((((((1', `${'('.repeat(5000)}1${')'.repeat(5000)}`, `SELECT ${'1+'.repeat(3000)}1`,
  ];
} // biome-ignore format: attacks

/** The same with comments, other spaces, other cases and pieces of others among them. */
function disguised(attacks: readonly string[]): fc.Arbitrary<string> {
  const between = fc.constantFrom(
    ' ',
    '\n',
    '\t',
    '/**/',
    '/* ; */',
    '--\n',
    '\u00a0',
    '\u2003',
    '\u200b',
    '\ufeff',
    ';',
    '\0',
  );
  const change = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => `SELECT * FROM (${text})`,
    (text) => `WITH x AS (${text}) FROM x`,
    (text) => `EXPLAIN ${text}`,
    (text) => `SELECT 1; ${text}`,
    (text) => `${text}; SELECT 1`,
    (text) => text.replaceAll("'", "''"),
    (text) => `FROM query('${text.replaceAll("'", "''")}')`,
  );
  return fc
    .tuple(fc.constantFrom(...attacks), between, change, change)
    .map(([sql, space, first, second]) => second(first(sql.replaceAll(' ', space))));
}

/** A server that counts who comes. */
async function listening(): Promise<{ port: number; visits(): number; close(): void }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, visits: () => visits, close: () => server.close() };
}
