import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { runKinds } from '../../src/results/export/kinds/index.ts';
import { runMetadata, runTable } from '../../src/results/export/run-table.ts';
import { tableNames } from '../../src/results/export/table-names.ts';
import { writeExport } from '../../src/results/export/write-export.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { hostile, runOf, sampleCells } from './fixtures/run-sources.ts';
import { fileOf, objectsOf, textOf } from './fixtures/table-rows.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const cells = await sampleCells();
const run = runOf('s', cells);

describe('export of cells', async () => {
  const table = await runTable([run], 'cells', false);
  const rows = await objectsOf(table);

  it('has a row a cell, with the same columns in each, null where a cell has no such field', () => {
    expect(rows).toHaveLength(2);
    expect(Object.keys(rows[0]).slice(0, 2)).toEqual(['cell', 'learningRate']);
    expect(rows.map((row) => row['gain.sigma'])).toEqual([null, 0.5]);
    expect(rows[0]['norm.lower.mean']).toBe(cells[0].norm.lower.mean);
    expect(rows[1]['norm.lower.exact']).toBeNull();
  });

  it('gives the same numbers back from CSV, and no formula', async () => {
    const [first] = parse(await textOf(table, 'csv'), { columns: true }) as Record<string, string>[];
    expect(Number(first['norm.difference.mean'])).toBe(cells[0].norm.difference.mean);
    expect(first['items.lower.label']).toBe(`'${hostile}`);
    expect(first['items.upper.label']).toBe("'-1");
  });

  it('gives the same rows back from Parquet, with the run in its metadata', async () => {
    const file = await fileOf(table, 'parquet', runMetadata([run]));
    expect(await parquetReadObjects({ file })).toEqual(rows);
    expect(parquetMetadata(file).key_value_metadata).toContainEqual({ key: 'scenario', value: 's' });
  });

  it('keeps a hostile name inside its Markdown cell', async () => {
    const lines = (await textOf(table, 'markdown')).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
    expect(lines[2]).not.toContain('<b>');
  });

  it('is the rows themselves as JSON, laid out as JSON.stringify does', async () => {
    expect(await textOf(table, 'json')).toBe(`${JSON.stringify(rows, null, 2)}\n`);
  });
});

it('exports trajectories with a row for every cell, run of the pair and recorded step', async () => {
  const rows = await objectsOf(await runTable([run], 'trajectory', false));
  expect(rows).toHaveLength(2 * 2 * 2);
  const mean = cells[0].trajectory.upper.mean[1];
  expect(rows[3]).toMatchObject({ cell: 0, runOfPair: 'upper', step: 6, mean });
});

describe('the long table', async () => {
  const rows = await objectsOf(await runTable([run], 'long', false));
  const quantity = (cell: number, name: string) => rows.find((row) => row.cell === cell && row.quantity === name);

  it('has the columns that place a row, and then what is known of the quantity', () => {
    const columns = ['cell', 'learningRate', 'quantity', 'estimate', 'standardError', 'exact', 'zScore'];
    expect(Object.keys(rows[0])).toEqual(columns);
  });

  it('has each quantity of each cell once, with the numbers of the wide table', async () => {
    const wide = await objectsOf(await runTable([run], 'cells', false));
    expect(new Set(rows.map(({ cell, quantity }) => `${cell} ${quantity}`)).size).toBe(rows.length);
    for (const row of wide) {
      const of = quantity(row.cell as number, 'norm.difference.mean');
      expect(of).toMatchObject({
        estimate: row['norm.difference.mean'],
        standardError: row['norm.difference.standardError'],
        exact: row['norm.difference.exact'],
        zScore: row['norm.difference.zScore'],
      });
      expect(quantity(row.cell as number, 'norm.lower.quantiles.0.5')?.estimate).toBe(row['norm.lower.quantiles.0.5']);
    }
  });

  it('has the share of violated pairs with its standard error', () => {
    const { pairs, pairsViolatedAtSomeStep } = cells[1].order;
    const share = pairsViolatedAtSomeStep / pairs;
    expect(quantity(1, 'order.shareViolatedAtSomeStep')).toMatchObject({
      estimate: share,
      standardError: Math.sqrt((share * (1 - share)) / pairs),
    });
  });
});

describe('several runs', async () => {
  const swept = { method: 'slots', 'gain.sigma': '1' };
  const other = runOf('t', [{ ...cells[0], swept }], { failures: [{ cell: 4, replicate: 7, message: '=1', swept }] });

  it('make one table, with the run before the rest and the columns of both', async () => {
    const rows = await objectsOf(await runTable([run, other], 'long', true));
    expect(Object.keys(rows[0]).slice(0, 5)).toEqual(['run', 'cell', 'learningRate', 'method', 'gain.sigma']);
    expect(rows[0]).toMatchObject({ run: 's', method: null });
    expect(rows.at(-1)).toMatchObject({ run: 't', learningRate: null, method: 'slots' });
  });

  it('make a column text that holds numbers in one run and text in another', async () => {
    const table = await runTable([run, other], 'cells', true);
    expect(table.columns.find(({ name }) => name === 'gain.sigma')?.type).toBe('text');
    const rows = await objectsOf(table);
    expect(rows.map((row) => row['gain.sigma'])).toEqual([null, '0.5', '1']);
    const file = await fileOf(table, 'parquet');
    expect(await parquetReadObjects({ file })).toEqual(rows);
  });

  it('say in Parquet which they are', async () => {
    const table = await runTable([run, other], 'failures', true);
    const file = await fileOf(table, 'parquet', runMetadata([run, other]));
    expect(await parquetReadObjects({ file })).toEqual([
      { run: 't', cell: 4, learningRate: null, method: 'slots', 'gain.sigma': '1', replicate: 7, message: '=1' },
    ]);
    const stated = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'runs')?.value;
    expect(JSON.parse(stated!).map((of: { run: string }) => of.run)).toEqual(['s', 't']);
  });

  it('are a row each in the table of runs', async () => {
    const rows = await objectsOf(await runTable([run, other], 'runs', true));
    expect(rows[1]).toMatchObject({ run: 't', kind: 'coupled', seed: 1, cells: 1, failures: 1 });
  });
});

it('writes a table with no rows in every format', async () => {
  const table = await runTable([run], 'failures', false);
  expect(await textOf(table, 'json')).toBe('[]\n');
  expect(await textOf(table, 'csv')).toBe('cell,learningRate,replicate,message\r\n');
  const head = '| cell | learningRate | replicate | message |\n| ---: | ---: | ---: | --- |\n';
  expect(await textOf(table, 'markdown')).toBe(head);
  const file = await fileOf(table, 'parquet');
  expect(await parquetReadObjects({ file })).toEqual([]);
  const { schema } = parquetMetadata(file);
  expect(schema.slice(1).map(({ name }) => name)).toEqual(['cell', 'learningRate', 'replicate', 'message']);
});

describe('a table with no rows has the columns that it has with rows', () => {
  const swept = { learningRate: 10 };
  const failures = [{ cell: 0, replicate: 1, message: 'no number', swept }];

  it.each(runKinds.flatMap(({ name }) => tableNames.map((table) => [name, table] as const)))(
    '%s: %s',
    async (kind, name) => {
      const empty = await runTable(
        [runOf('s', [], { kind, failures: name === 'failures' ? [] : failures })],
        name,
        true,
      );
      const names = empty.columns.map((column) => column.name);
      expect(names.slice(0, 2)).toEqual(name === 'runs' ? ['run', 'kind'] : ['run', 'cell']);
      const isSwept = name !== 'runs' && name !== 'failures';
      expect(names.includes('learningRate')).toBe(isSwept);
      expect(new Set(names).size).toBe(names.length);
    },
  );

  it.each(['cells', 'long', 'trajectory'] as const)('of coupled pairs, in the same order: %s', async (name) => {
    const empty = await runTable([runOf('s', [], { failures })], name, false);
    const full = await runTable([run], name, false);
    expect(empty.columns.length).toBeGreaterThan(5);
    expect(full.columns.slice(0, empty.columns.length)).toEqual(empty.columns);
  });

  it('and keeps them where another run has rows', async () => {
    const table = await runTable([runOf('s', [], { failures }), run], 'long', true);
    const columns = ['run', 'cell', 'learningRate', 'quantity', 'estimate', 'standardError', 'exact', 'zScore'];
    expect(table.columns.map(({ name }) => name)).toEqual(columns);
  });
});

it('puts what was swept and the main estimates of a cell before its other hundred columns', async () => {
  const names = (await runTable([run], 'cells', true)).columns.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(60);
  expect(names.slice(0, 6)).toEqual([
    'run',
    'cell',
    'learningRate',
    'replicates',
    'norm.difference.mean',
    'norm.difference.standardError',
  ]);
  const places = ['norm.lower.mean', 'norm.upper.zScore', 'varianceReduction.norm.estimate', 'popularity.lower'];
  expect(places.map((name) => names.indexOf(name))).toEqual([8, 15, 18, 19]);
});

describe('a file of an export', () => {
  const folder = temporaryFolder();
  const written = async function* () {
    yield 'a';
  };

  it('is written once', async () => {
    const path = join(folder, 'once.csv');
    await writeExport(path, written());
    expect(readFileSync(path, 'utf8')).toBe('a');
    await expect(writeExport(path, written())).rejects.toThrow('once.csv: exists already and is not overwritten');
  });

  it('has its name only when it is whole, and leaves nothing where that fails', async () => {
    const path = join(folder, 'whole.csv');
    const breaking = async function* () {
      yield 'a'.repeat(2 ** 20);
      expect(existsSync(path)).toBe(false);
      throw new Error('broke');
    };
    writeFileSync(`${path}.tmp`, 'of an export that was killed');
    await expect(writeExport(path, breaking())).rejects.toThrow('broke');
    expect(readdirSync(folder).filter((name) => name.startsWith('whole.csv'))).toEqual([]);
    writeFileSync(`${path}.tmp`, 'of an export that was killed');
    await writeExport(path, written());
    expect(readdirSync(folder).filter((name) => name.startsWith('whole.csv'))).toEqual(['whole.csv']);
    expect(readFileSync(path, 'utf8')).toBe('a');
  });

  it('gives way to another export to the same path, and to a file that came meanwhile', async () => {
    const path = join(folder, 'contested.csv');
    const overtaken = async function* () {
      yield 'a';
      rmSync(`${path}.tmp`);
      writeFileSync(`${path}.tmp`, 'of another process');
    };
    await expect(writeExport(path, overtaken())).rejects.toThrow('another process is writing to it');
    expect(readFileSync(`${path}.tmp`, 'utf8')).toBe('of another process');
    const late = async function* () {
      yield 'a';
      writeFileSync(path, 'mine');
    };
    await expect(writeExport(path, late())).rejects.toThrow('exists already and is not overwritten');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });

  it.each([
    ['nodir/a.csv', 'there is no folder ', 'nodir; make it first, or name another file with --output'],
    ['taken/a.csv', 'a part of this path is a file where a folder is needed', 'name another file'],
    ['.', 'exists already', 'name another file'],
  ])('is refused at %s, with the cause', async (name, ...parts) => {
    writeFileSync(join(folder, 'taken'), '');
    const refusal = writeExport(join(folder, name), written());
    for (const part of parts) await expect(refusal).rejects.toThrow(part);
    await expect(refusal).rejects.toThrow(ResultsError);
  });
});
