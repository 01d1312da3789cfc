import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, start, temporaryFolder } from './command.ts';

/** More cells than a summary holds. */
const scenario = (expect: string) => `{
  kind: coupled, name: many, popularity: {lower: 0.01, upper: 0.02}, batchSize: 8, steps: 20, replicates: 40,
  trajectory: {points: 0}, sweep: {learningRate: {log: [0.01, 100, 150]}, tangentSignal: {log: [0.1, 10, 140]}},
  expect: {${expect}}
}`;
const cells = 150 * 140;

const runIn = (folder: string) => join(folder, 'results', readdirSync(join(folder, 'results'))[0]);
const fileIn = (folder: string, name: string) => readFileSync(join(runIn(folder), name), 'utf8');

describe('a run of very many cells', { timeout: 400_000 }, () => {
  it('has them in a file of their own, the same bytes after a kill, and tables, watch and verdict from there', async () => {
    const [folder, killed] = [temporaryFolder(), temporaryFolder()];
    const words = ['run', scenario('norm.difference: {atLeast: 0}'), '--no-tui', '--workers', '0'];
    const whole = await command(words, folder);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain('21,000 cells are in results/many--');
    expect(whole.stdout).toContain('in none of the 21,000 cells does the more popular item end shorter on average');
    expect(whole.stdout).toContain('✓ many: 21,000 expectations in 21,000 cells');
    expect(whole.stderr).toMatch(/% of 21000 cells/);
    const summary = JSON.parse(fileIn(folder, 'summary.json'));
    expect(summary).toMatchObject({
      cells: [],
      failures: [],
      cellsFile: { count: cells },
      tally: { cells, reversed: 0 },
    });

    const { child, ended } = start(words, killed);
    const journal = () => join(killed, 'results', readdirSync(join(killed, 'results'))[0] ?? '', 'journal.ndjson');
    while (!existsSync(join(killed, 'results')) || !existsSync(journal()) || readFileSync(journal()).length < 1e6) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill('SIGKILL');
    await ended;
    expect((await command(words, killed)).stderr).toContain('blocks are reused');
    for (const name of ['summary.json', 'cells.ndjson'])
      expect(fileIn(killed, name) === fileIn(folder, name)).toBe(true);

    // All that follows reads a packed journal.
    const run = runIn(folder);
    expect(readdirSync(run).sort()).toEqual([
      'cells.ndjson',
      'journal.ndjson.zst',
      'lock',
      'manifest.json',
      'summary.json',
    ]);
    const exported = await command(['export', run], folder);
    expect(exported.stdout.trim().split('\r\n')).toHaveLength(cells + 1);
    const watched = await command(['watch', run, '--no-tui'], folder);
    expect([watched.code, watched.stdout]).toEqual([
      0,
      whole.stdout.replaceAll('results/', `${join(folder, 'results')}/`),
    ]);
    const compared = await command(['compare', run, runIn(killed)], folder);
    expect(compared).toMatchObject({ code: 2, stderr: expect.stringContaining('more than can be held side by side') });
    const replayed = await command(['replay', run, '--cell', '20999', '--pair', '3'], folder);
    expect(replayed.code).toBe(0);
  });

  it('says which cells are not as expected', async () => {
    const words = ['run', scenario('norm.lower: 1'), '--quiet'];
    const { code, stdout } = await command(words, temporaryFolder());
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ many: 21,000 expectations in 21,000 cells/);
    expect(stdout.match(/REJECTED/g)).toHaveLength(20);
    expect(stdout).toMatch(/learningRate = .*, tangentSignal = .*\n.*✗ .*REJECTED/);
  });
});
