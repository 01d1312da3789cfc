import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a scenario into a results folder of this name, and gives back its run folder. */
async function run(name: string, ...words: string[]): Promise<string> {
  const { stderr } = await command(['run', ...words, '--quiet', '--out', name], folder);
  const [found] = readdirSync(join(folder, name));
  if (found === undefined) throw new Error(stderr);
  return join(name, found);
}

let [slow, fast, other] = ['', '', ''];
beforeAll(async () => {
  const words = ['own-gains', '--replicates', '400000'];
  slow = await run('slow', ...words, '--sweep', 'learningRate=1,2', '--set', 'steps=20');
  fast = await run('fast', ...words, '--sweep', 'learningRate=2,3', '--set', 'steps=20', '--set', 'tangentSignal=0.5');
  other = await run('other', ...words, '--sweep', 'learningRate=2,3', '--set', 'steps=20', '--seed', '7');
});

describe('compare', () => {
  it('matches cells, pairs those that share draws, and names the lone ones', async () => {
    const { code, stdout } = await command(['compare', slow, fast], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('1 pair of cells: cells matched by learningRate');
    expect(stdout).toContain('cell 1 against 0, learningRate = 2');
    expect(stdout).toMatch(/tangentSignal \S+ → 0\.5/);
    expect(stdout).toMatch(/paired: [\d,]+ pairs of the same draws in \d+ blocks/);
    expect(stdout).toMatch(/only in A, with no partner:\n {4}cell 0, learningRate = 1\n/);
    expect(stdout).toMatch(/only in B, with no partner:\n {4}cell 1, learningRate = 3\n/);
  });

  it('gives the same as JSON and CSV, sharper than independent runs', async () => {
    const json = JSON.parse((await command(['compare', slow, fast, '--format', 'json'], folder)).stdout);
    const [{ quantities, pairing }] = json.cells;
    expect(pairing).toEqual({ isPaired: true, reason: null });
    for (const { varianceReduction } of quantities.slice(0, 2)) expect(varianceReduction).toBeGreaterThan(2);
    const csv = (await command(['compare', slow, fast, '--format', 'csv'], folder)).stdout;
    const records = parse(csv, { columns: true }) as Record<string, string>[];
    expect(records.map(({ difference }) => Number(difference))).toEqual(
      quantities.map(({ difference }: { difference: number }) => difference),
    );
    expect(records[0]).toMatchObject({ cellA: '1', cellB: '0', learningRate: '2', isPaired: 'true' });
  });

  it('takes runs of other seeds as independent, and says so', async () => {
    const { code, stdout } = await command(['compare', fast, other], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('not paired (other seeds, 1 and 7)');
    const json = JSON.parse((await command(['compare', fast, other, '--format', 'json'], folder)).stdout);
    const summaries = [fast, other].map((of) => JSON.parse(readFileSync(join(folder, of, 'summary.json'), 'utf8')));
    const errors = summaries.map(({ cells }) => cells[0].norm.upper.standardError);
    expect(json.cells[0].quantities[1].standardError).toBe(Math.hypot(...errors));
  });

  it('refuses runs of which no cells match, and trainings, with exit code 2', async () => {
    const lone = await run('lone', 'own-gains', '--replicates', '10', '--set', 'steps=20', '--set', 'learningRate=9');
    const unmatched = await command(['compare', slow, lone], folder);
    expect(unmatched.code).toBe(2);
    expect(unmatched.stderr).toContain('no cell of one has the values of a cell of the other, by learningRate');
    writeFileSync(join(folder, 't.yaml'), 'kind: train\nname: t\nepochs: 1\n');
    const trained = await run('trained', 't.yaml', '--workers', '0');
    const refused = await command(['compare', slow, trained], folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('expected a run of coupled pairs, got one of trainings');
  });
});
