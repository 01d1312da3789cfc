import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, temporaryFolder } from './command.ts';

/** Three cells of coupled trainings; a learning rate of 1e155 makes the second one overflow. */
const scenario = `{
  kind: fidelity, study: coupled-trainings, name: fails,
  data: {from: generator, users: 20, items: 5, interactions: 50, zipfExponent: 0, factors: 0},
  dimension: 8, batchSize: 16, steps: 20, replicates: 2, popularity: {lower: 0.2, upper: 0.4},
  sweep: {learningRate: [0.1, 1e155, 1]},
  expect: {own.largestDivergence: {atMost: 1e-12}}
}`;

const summaryIn = (folder: string) => {
  const [name] = readdirSync(join(folder, 'results'));
  return JSON.parse(readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8'));
};

describe('--chunk-timeout', () => {
  it.each([
    [['--workers', '0'], 'got --workers 0 as well: the main thread cannot end a chunk that it computes itself'],
    [
      ['--queue', 'redis://127.0.0.1:1/0'],
      'got --queue as well: give it to the `worker` commands that serve the queue',
    ],
  ])('is refused beside %j, which could not keep it', async (words, why) => {
    const outcome = await command(['run', '--chunk-timeout', '5', ...words], temporaryFolder());
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain(`--chunk-timeout — ${why}`);
  });

  it.each(['-1', 'soon', '1e3', '2147484', ''])('refuses %j seconds', async (seconds) => {
    const outcome = await command(['run', `--chunk-timeout=${seconds}`], temporaryFolder());
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('expected seconds from 0, which sets no limit, to 2147483.');
  });
});

describe('a cell that fails', () => {
  it('is told with its address and the replay that shows it; the others go on, and the exit code is 1', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await command(['run', scenario, '--no-tui'], folder);
    expect(code).toBe(1);
    expect(stdout).toContain('1 of 3 cells failed');
    expect(stdout).toContain('cell 1, learningRate = 1e+155');
    expect(stdout).toContain('✗ the cell can be simulated: FALSE');
    expect(stderr).toContain('failed: cell 1, pair 0, step 1: a squared norm is above 1e+75');
    expect(summaryIn(folder)).toMatchObject({
      cells: [{ index: 0 }, { index: 2 }],
      failures: [{ cell: 1, replicate: 0, swept: { learningRate: 1e155 } }],
    });
    const [, line] = /norm-growth (replay .*)/.exec(stdout) ?? [];
    const words = line.replaceAll("'", '').split(' ');
    const replay = await command(words, folder);
    expect(replay).toMatchObject({ code: 1, stdout: '' });
    expect(replay.stderr).toMatch(/the simulation failed: cell 1, pair 0, step 1/);
    expect(replay.stderr).not.toMatch(/\n\s+at /);
  });

  it('is told again by a finished run, and on stderr where stdout is JSON', async () => {
    const folder = temporaryFolder();
    await command(['run', scenario, '--quiet'], folder);
    const again = await command(['run', scenario, '--quiet', '--format', 'json'], folder);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({ failures: [{ cell: 1 }] });
    expect(again.stderr).toContain('1 of 3 cells failed');
  });

  it('ends the run under --fail-fast; without it the same run goes on, to the same bytes', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    const stopped = await command(['run', scenario, '--no-tui', '--fail-fast', '--workers', '1'], folder);
    expect(stopped).toMatchObject({ code: 1, stdout: '' });
    expect(stopped.stderr).toContain('stopped at the first failure; what is done is kept');
    expect((await command(['run', scenario, '--quiet'], folder)).code).toBe(1);
    await command(['run', scenario, '--quiet', '--workers', '1'], other);
    expect(summaryIn(folder)).toEqual(summaryIn(other));
  });
});
