import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTables } from '../../src/results/query/load-tables.ts';
import { runQuery } from '../../src/results/query/run-query.ts';
import { openSqlEngine } from '../../src/results/query/sql-engine.ts';
import { hostile, runOf, sampleCells } from './fixtures/run-sources.ts';
import { objectsOf } from './fixtures/table-rows.ts';

const cells = await sampleCells();
const failures = [{ cell: 2, replicate: 5, message: 'no number', swept: { learningRate: 9 } }];
const runs = [runOf('s', cells, { failures }), runOf('t', [cells[0]])];

async function answer(sql: string) {
  const engine = await openSqlEngine();
  try {
    await loadTables(engine, runs);
    return await objectsOf(await runQuery(engine, sql));
  } finally {
    engine.close();
  }
}

describe('query', () => {
  it('sees the tables of all runs', async () => {
    const tables = "SELECT 'cells' AS name, count(*) AS rows FROM cells UNION ALL SELECT 'long', count(*) FROM long";
    const others = "SELECT 'failures', count(*) FROM failures UNION ALL SELECT 'runs', count(*) FROM runs";
    const rows = await answer(`FROM (${tables} UNION ALL ${others}) ORDER BY name`);
    expect(rows.map((row) => row.name)).toEqual(['cells', 'failures', 'long', 'runs']);
    expect(rows.map((row) => row.rows)).toEqual([3, 1, expect.any(Number), 2]);
  });

  it('has the columns of a table that has no row', async () => {
    const engine = await openSqlEngine();
    await loadTables(engine, [runOf('t', [cells[0]])]);
    const described = await objectsOf(await runQuery(engine, 'DESCRIBE failures'));
    engine.close();
    expect(described.map(({ column_name, column_type }) => `${column_name} ${column_type}`)).toEqual([
      'run VARCHAR',
      'cell DOUBLE',
      'learningRate DOUBLE',
      'replicate DOUBLE',
      'message VARCHAR',
    ]);
  });

  it('gives the numbers and the text of the runs to the last bit', async () => {
    const [first] = await answer(
      'SELECT "norm.difference.mean" AS mean, "items.lower.label" AS label FROM cells WHERE run = \'t\'',
    );
    expect(first).toEqual({ mean: cells[0].norm.difference.mean, label: hostile });
  });

  it('joins runs by what was swept', async () => {
    const rows = await answer(
      `SELECT a.estimate AS a, b.estimate AS b FROM long a JOIN long b USING (cell, learningRate, quantity)
       WHERE a.run = 's' AND b.run = 't' AND quantity = 'norm.upper.mean'`,
    );
    const { mean } = cells[0].norm.upper;
    expect(rows).toEqual([{ a: mean, b: mean }]);
  });

  it('has the values of DuckDB as numbers, truth and text', async () => {
    const [row] = await answer(
      "SELECT 1 AS i, sum(2) AS s, 1.25 AS d, true AS b, NULL AS n, DATE '2026-11-27' AS t, [1, 2] AS l, 1 AS i",
    );
    expect(row).toEqual({ i: 1, s: 2, d: 1.25, b: true, n: null, t: '2026-11-27', l: '[1,2]', 'i:1': 1 });
  });

  it('refuses a whole number that is none here', async () => {
    await expect(answer('SELECT 9007199254740993 AS x')).rejects.toThrow('query: x — holds 9007199254740993');
    expect(await answer('SELECT 9007199254740993::VARCHAR AS x')).toEqual([{ x: '9007199254740993' }]);
  });
});

describe('a query reads the tables and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-query-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const target = join(folder, 'written');

  it.each([
    ["FROM read_csv('/etc/passwd')", 'Permission Error'],
    ["FROM read_text('/etc/passwd')", 'Permission Error'],
    ["FROM read_parquet('/etc/passwd')", /Permission Error|there is no table/],
    ["FROM sniff_csv('/etc/passwd')", 'Permission Error'],
    ["FROM '/etc/passwd'", 'there is no table /etc/passwd; there are cells, long, trajectory, failures, runs'],
    ["FROM '/etc/x.csv'", /Permission Error|there is no table/],
    ['FROM cell', 'query: there is no table cell; there are cells, long, trajectory, failures, runs'],
    ['FROM main."\u001b"', 'query: there is no table \\\\u{1b}; there are cells, long'],
    ["FROM glob('/etc/*')", 'Permission Error'],
    ["FROM read_text('https://example.org/')", 'Permission Error'],
    [`COPY cells TO '${target}'`, 'Permission Error'],
    [`ATTACH '${target}'`, 'expected a SELECT, got ATTACH'],
    [`EXPORT DATABASE '${target}'`, 'Permission Error'],
    ["IMPORT DATABASE '/tmp'", 'Permission Error'],
    ['INSTALL httpfs', 'expected a SELECT, got LOAD'],
    ['LOAD httpfs', 'expected a SELECT, got LOAD'],
    ['SET threads = 2', 'expected a SELECT, got SET'],
    ['SET enable_external_access = true', 'expected a SELECT, got SET'],
    ['RESET lock_configuration', 'expected a SELECT, got SET'],
    ['PRAGMA threads = 2', 'expected a SELECT, got SET'],
    ['CREATE TABLE t (a INT)', 'expected a SELECT, got CREATE'],
    ['DELETE FROM cells', 'expected a SELECT, got DELETE'],
    ['PREPARE x AS SELECT 1', 'expected a SELECT, got PREPARE'],
    ['CALL pragma_version()', 'expected a SELECT, got CALL'],
    ['EXPLAIN ANALYZE DELETE FROM cells', 'expected a SELECT, got EXPLAIN'],
    ['SELECT 1; SELECT 2', 'expected one SQL statement, got 2'],
    ['SELECT 1; DROP TABLE cells', 'expected one SQL statement, got 2'],
    ['', 'expected SQL, got none'],
    [';', 'expected SQL, got none'],
    [' ; -- nothing\n;', 'expected SQL, got none'],
    [' -- nothing\n/* at\nall */ ', 'expected SQL, got none'],
    ['SELECT $1', 'without parameters'],
    ['SELECT nothing FROM cells', 'Referenced column "nothing" not found'],
    ['SELEC 1', 'syntax error at or near "SELEC"'],
  ])('%s', async (sql, message) => {
    const refusal = await answer(sql).then(
      () => null,
      (error: Error) => error,
    );
    expect(refusal).toMatchObject({ name: 'ResultsError', message: expect.stringMatching(message) });
    expect(refusal?.message).toMatch(/^query: .+$/);
    expect(existsSync(target)).toBe(false);
  });

  it('and the settings say so', async () => {
    const names = ['enable_external_access', 'lock_configuration', 'autoload_known_extensions', 'threads'];
    const settings = names.map((name) => `current_setting('${name}')::VARCHAR AS ${name}`).join(', ');
    expect(await answer(`SELECT ${settings}`)).toEqual([
      {
        enable_external_access: 'false',
        lock_configuration: 'true',
        autoload_known_extensions: 'false',
        threads: '1',
      },
    ]);
  });

  it('and learns of no folder of the machine', async () => {
    const settings = await answer('SELECT name, value FROM duckdb_settings()');
    expect(settings.filter(({ value }) => String(value).includes(homedir()))).toEqual([]);
    const folders = settings.filter(({ value }) => /^(?:\/|~|[A-Z]:)/.test(String(value)));
    expect(new Set(folders.map(({ value }) => value))).toEqual(new Set(['/nowhere']));
    expect(settings).toContainEqual({ name: 'TimeZone', value: 'UTC' });
    for (const of of ['duckdb_extensions', 'duckdb_secrets']) {
      await expect(answer(`FROM ${of}()`)).rejects.toThrow(/Cannot access directory "\/nowhere/);
    }
  });
});
