import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askQuery } from '../../src/results/query/ask-query.ts';
import { command } from '../cli/command.ts';
import { objectsOf } from './fixtures/table-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-ask-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
await command(['run', 'toy-steps', '--replicates', '20', '--quiet'], folder);
const folders = readdirSync(join(folder, 'results')).map((name) => join(folder, 'results', name));

function answer(sql: string, mostBytes?: number) {
  const question = { folders, sql, ...(mostBytes !== undefined && { mostBytes }) };
  return askQuery(question, new AbortController().signal, objectsOf);
}

describe('a query in a process of its own', () => {
  it('gives the rows, however many, with numbers that JSON does not have', async () => {
    const rows = await answer("SELECT range AS n, 'nan'::DOUBLE AS x FROM range(5000)");
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, n) => n));
    expect(rows[0].x).toBeNaN();
    expect(await answer('FROM runs WHERE false')).toEqual([]);
  });

  it('passes on what a user can put right', async () => {
    await expect(answer('SELEC')).rejects.toMatchObject({ name: 'ResultsError', message: /syntax error/ });
    const missing = askQuery({ folders: ['no'], sql: 'FROM runs' }, new AbortController().signal, objectsOf);
    await expect(missing).rejects.toMatchObject({ name: 'ResultsError', message: 'no: there is no such run folder' });
  });

  it('ends a function that takes too much memory', async () => {
    await expect(answer("SELECT length(repeat('0123456789', 100000000))", 2e8)).rejects.toMatchObject({
      name: 'QueryLimitError',
      message: 'query: took too much memory; ask for less at a time',
    });
  });
});
