import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-query-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runs: string[] = [];
beforeAll(async () => {
  for (const seed of ['1', '2']) {
    const words = ['--sweep', 'learningRate=1,10', '--replicates', '20', '--seed', seed, '--quiet'];
    await command(['run', 'toy-steps', ...words], folder);
  }
  runs.push(...readdirSync(join(folder, 'results')).map((name) => join('results', name)));
});

describe('query', () => {
  const means = 'SELECT run, cell, learningRate, "norm.upper.mean" AS mean FROM cells ORDER BY ALL';

  it('prints a table with its count, and no more rows than asked for', async () => {
    const { code, stdout } = await command(['query', ...runs, means, '--rows', '3'], folder);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ {2}run +cell +learningRate +mean$/);
    expect(lines).toHaveLength(1 + 3 + 2);
    expect(lines.at(-1)).toBe('  the first 3 of 4 rows');
  });

  it('prints the same rows as JSON and CSV', async () => {
    const json = await command(['query', ...runs, means, '--format', 'json'], folder);
    const csv = await command(['query', ...runs, means, '--format', 'csv'], folder);
    const rows = JSON.parse(json.stdout) as Record<string, unknown>[];
    const summaries = runs.map((run) => JSON.parse(readFileSync(join(folder, run, 'summary.json'), 'utf8')));
    const wanted = summaries.flatMap(({ cells }) => cells.map((cell: (typeof cells)[0]) => cell.norm.upper.mean));
    expect(rows.map((row) => row.mean)).toEqual(wanted);
    const records = parse(csv.stdout, { columns: true }) as Record<string, string>[];
    expect(records.map(({ mean }) => Number(mean))).toEqual(wanted);
  });

  it('writes Parquet that says of which runs and what was asked', async () => {
    const words = ['--format', 'parquet', '--output', 'means.parquet'];
    expect(await command(['query', ...runs, means, ...words], folder)).toMatchObject({ code: 0, stdout: '' });
    const file = await asyncBufferFromFile(join(folder, 'means.parquet'));
    expect(await parquetReadObjects({ file })).toHaveLength(4);
    const { key_value_metadata: metadata } = await parquetMetadataAsync(file);
    expect(metadata?.map(({ key }) => key)).toEqual(['runs', 'sql']);
    expect(await command(['query', ...runs, means, ...words], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('means.parquet: exists already'),
    });
  });

  it.each([
    [['SELECT nothing FROM cells'], 'query: Binder Error: Referenced column "nothing" not found'],
    [["FROM read_text('/etc/passwd')"], 'query: Permission Error: Cannot access file "/etc/passwd"'],
  ])('says in one line what is wrong, and exits 2: %s', async (words, message) => {
    const { code, stderr } = await command(['query', ...runs, ...words], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain('long.csv');
  });

  it('shows foreign text without letting it act', async () => {
    const sql = 'SELECT chr(27) || \'[31m\' AS x, chr(10) AS "a\u001b]8;;b"';
    const { code, stdout } = await command(['query', runs[0], sql], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('\\u{1b}[31m');
    expect(stdout).not.toContain('\u001b');
  });

  const endless = "SELECT count(*) FROM range(1000000000000) WHERE md5(range::VARCHAR) = ''";
  // Of one value: within it DuckDB looks at no clock.
  const longFunction = "SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))";

  it.each([
    ['a long function', [longFunction]],
    ['many rows', [endless]],
    ['a result without end', ['FROM range(1000000000000)', '--format', 'csv', '--output', 'long.csv']],
  ])('ends after --timeout, with one line and exit code 1: %s', async (_, words) => {
    const before = performance.now();
    const { code, stdout, stderr } = await command(['query', ...runs, ...words, '--timeout', '1.5'], folder);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('norm-growth: query: took longer than 1.5 s; ask for less, or raise --timeout\n');
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(readdirSync(folder)).not.toContain('long.csv');
  });

  it.each([
    ['SIGINT', longFunction],
    ['SIGTERM', longFunction],
    ['SIGINT', endless],
  ] as const)('is ended by %s, with exit code 130: %s', async (signal, sql) => {
    const { child, ended } = start(['query', ...runs, sql], folder);
    const asked = await queryProcess(child.pid!);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: '' });
    await gone(asked);
  });

  it('is ended while rows are written', async () => {
    const { child, ended } = start(['query', ...runs, 'FROM range(1000000000000)', '--format', 'csv'], folder);
    child.stdout?.once('data', () => {
      child.stdout?.on('data', () => {});
      child.kill('SIGINT');
    });
    expect((await ended).code).toBe(130);
  });

  it('leaves no process behind when it is killed itself', async () => {
    const { child, ended } = start(['query', ...runs, longFunction], folder);
    const asked = await queryProcess(child.pid!);
    child.kill('SIGKILL');
    await ended;
    await gone(asked);
  });

  it('says how to install DuckDB where it is missing', async () => {
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), join(copy, 'dist'), { recursive: true });
    writeFileSync(join(copy, 'package.json'), '{"type": "module", "version": "0.1.0"}');
    const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
    for (const name of ['csv-stringify', 'hyparquet-writer', 'hyparquet']) {
      cpSync(join(modules, name), join(copy, 'node_modules', name), { recursive: true });
    }
    const { code, stderr } = await command(['query', runs[0], 'FROM runs'], folder, join(copy, 'dist/cli/main.js'));
    expect(stderr).toContain('DuckDB is not installed; it comes with: npm install @duckdb/node-api@1');
    expect(code).toBe(2);
  });
});

describe('export of several runs', () => {
  it('is one table with the column run', async () => {
    const { code, stdout } = await command(['export', ...runs, '--table', 'long'], folder);
    expect(code).toBe(0);
    const records = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(new Set(records.map(({ run }) => join('results', run)))).toEqual(new Set(runs));
    expect(Object.keys(records[0]).slice(0, 4)).toEqual(['run', 'cell', 'learningRate', 'quantity']);
  });

  it('refuses a folder that is named twice', async () => {
    const { code, stderr } = await command(['export', runs[0], `${runs[0]}/`], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('is named twice');
  });
});

describe('export of trainings', () => {
  const data = 'data: {from: generator, users: 30, items: 20, interactions: 200, factors: 0}\n';
  const setting = `${data}dimension: 4\nlearningRate: 10\n`;
  const batches = 'batches: {sampler: epoch-shuffle, size: 16}\nepochs: 2\nreplicates: 2\n';

  it.each([
    ['train', `kind: train\nname: s\nepochs: 2\nreplicates: 2\n`, 2, 'last.item.meanNorm'],
    ['predictors', `kind: fidelity\nstudy: predictors\nname: s\n${setting}${batches}`, 2, 'predictor.f.growthR2'],
    [
      'coupled-trainings',
      `kind: fidelity\nstudy: coupled-trainings\nname: s\n${setting}replicates: 3\npopularity: {lower: 0.05, upper: 0.1}\n`,
      1,
      'real.norm.difference.mean',
    ],
  ])('has cells and quantities: %s', async (kind, text, rows, quantity) => {
    const place = join(folder, kind);
    mkdirSync(place);
    writeFileSync(join(place, 's.yaml'), text);
    await command(['run', 's.yaml', '--quiet', '--workers', '0'], place);
    const [run] = readdirSync(join(place, 'results')).map((name) => join('results', name));
    const cells = await command(['export', run, '--format', 'json'], place);
    expect(JSON.parse(cells.stdout)).toHaveLength(rows);
    const long = await command(['export', run, '--table', 'long', '--format', 'json'], place);
    const ofQuantity = JSON.parse(long.stdout).filter((row: { quantity: string }) => row.quantity === quantity);
    expect(ofQuantity).toHaveLength(rows);
    for (const { estimate } of ofQuantity) expect(estimate).toEqual(expect.any(Number));
  });
});

/** The process that a command has DuckDB in, once it is there. */
async function queryProcess(parent: number): Promise<number> {
  for (;;) {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
    if (children !== '') return Number(children);
    await setTimeout(20);
  }
}

/** Settles when a process is no more, or waits only for its parent to look. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      if (/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await setTimeout(20);
  }
}
