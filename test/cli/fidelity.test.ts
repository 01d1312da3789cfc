import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { command, start, temporaryFolder } from './command.ts';

const data = 'data: {from: generator, users: 300, items: 100, interactions: 4000, factors: 0}\n';
const recorded = `kind: fidelity\nstudy: predictors\nname: r\n${data}dimension: 8\nlearningRate: 50\nbatches: {sampler: epoch-shuffle, size: 64}\nepochs: 3\n`;
const coupled = `kind: fidelity\nstudy: coupled-trainings\nname: c\ndata: {from: generator, users: 100, items: 50, interactions: 500, zipfExponent: 0, factors: 0}\ndimension: 8\nlearningRate: 10\nreplicates: 20\npopularity: {lower: 0.02, upper: 0.04}\n`;

function folderWith(text: string): { folder: string; run: () => string } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 's.yaml'), text);
  return { folder, run: () => join(folder, 'results', readdirSync(join(folder, 'results'))[0]) };
}

describe('run of a study', () => {
  it('holds six predictors against a training, keeps its appearances, and judges', async () => {
    const { folder, run } = folderWith(
      `${recorded}expect: {e.largestError: {atMost: 1e-12}, f.growthR2: {atLeast: 0.95}}\n`,
    );
    const { code, stdout } = await command(['run', 's.yaml'], folder);
    expect(stdout).toMatch(/^\s+\(e\) the recorded gains +1\.000 +1\.000/m);
    expect(stdout).toContain('✓ r: 2 expectations in 1 cell');
    expect(code).toBe(0);
    const file = await asyncBufferFromFile(join(run(), 'recordings', 'cell-0-training-0.parquet'));
    const rows = await parquetReadObjects({ file });
    const { trainings } = JSON.parse(readFileSync(join(run(), 'summary.json'), 'utf8')).cells[0];
    expect(rows).toHaveLength(trainings[0].gains.appearances);
    const slots = rows.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
    expect(slots).toBe(3 * 4000);
    for (const { squared_norm_before: before, squared_norm_after: after, gain } of rows) {
      expect(gain).toBe(before * (after - before));
    }
  });

  it('exits 1 when a number is not as expected, and says what it was', async () => {
    const { folder } = folderWith(`${recorded}recordings: none\nexpect: {a.growthR2: {atLeast: 0.99}}\n`);
    const { code, stdout } = await command(['run', 's.yaml'], folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ a\.growthR2 at least 0\.99: FALSE in 1 case: 0\.\d+/);
    expect(stdout).not.toContain('Parquet');
  });

  it.each([
    ['recorded', `${recorded}replicates: 3\nrecordings: all\n`],
    ['coupled', coupled],
  ])('ends with the same bytes on any number of workers, recordings too: %s', async (_, text) => {
    const bytes = await Promise.all(
      ['0', '1', '2'].map(async (workers) => {
        const { folder, run } = folderWith(text);
        await command(['run', 's.yaml', '--quiet', '--workers', workers], folder);
        const kept = text.includes('all') ? readdirSync(join(run(), 'recordings')) : [];
        expect(kept).toHaveLength(text.includes('all') ? 3 : 0);
        const files = ['summary.json', ...kept.map((name) => join('recordings', name))];
        return files.map((file) => readFileSync(join(run(), file), 'latin1'));
      }),
    );
    expect(bytes[1]).toEqual(bytes[0]);
    expect(bytes[2]).toEqual(bytes[0]);
  });

  it('goes on from where it was killed, to the same bytes, and leaves no half of a recording', async () => {
    const text = `${recorded.replace('epochs: 3', 'epochs: 20')}replicates: 6\nrecordings: all\n`;
    const whole = folderWith(text);
    const words = ['run', 's.yaml', '--workers', '1', '--format', 'json'];
    const first = await command([...words, '--quiet'], whole.folder);
    const { folder, run } = folderWith(text);
    const { child, ended } = start(words, folder);
    const journal = () => {
      try {
        return readFileSync(join(run(), 'journal.ndjson'), 'utf8').split('\n').length;
      } catch {
        return 0;
      }
    };
    while (journal() < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await ended;
    const resumed = await command(words, folder);
    expect(resumed.stdout).toBe(first.stdout);
    const names = (of: string) => readdirSync(join(of, 'recordings')).sort();
    expect(names(run())).toEqual(names(whole.run()));
    for (const name of names(run())) {
      const read = (of: string) => readFileSync(join(of, 'recordings', name), 'latin1');
      expect(read(run())).toBe(read(whole.run()));
    }
  });

  it('replays a training and a pair, from the run and from the scenario', async () => {
    const { folder, run } = folderWith(recorded);
    await command(['run', 's.yaml', '--quiet'], folder);
    const { cells } = JSON.parse(readFileSync(join(run(), 'summary.json'), 'utf8'));
    for (const name of [run(), 's.yaml']) {
      const { stdout, stderr } = await command(['replay', name, '--pair', '0', '--format', 'json'], folder);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(cells[0].trainings[0]);
    }
    const pairs = folderWith(coupled);
    const { stdout } = await command(['replay', 's.yaml', '--pair', '7'], pairs.folder);
    expect(stdout).toContain('1 pair');
    const beyond = await command(['replay', 's.yaml', '--pair', '20'], pairs.folder);
    expect(beyond.stderr).toContain('--pair 20 — expected 0 to 19');
    expect(beyond.code).toBe(2);
  });

  it('keeps a training that came to numbers that are not finite, and exits 1', async () => {
    const { folder } = folderWith(
      recorded.replace('learningRate: 50', 'learningRate: 1e200\nloss: {name: info-nce-dot}'),
    );
    const { code, stdout } = await command(['run', 's.yaml', '--quiet'], folder);
    expect(stdout).toMatch(/✗ stopped at step \d: the (user|item) tower's norms are no longer finite/);
    expect(code).toBe(1);
  });

  it('refuses single precision without the kernels', async () => {
    const { folder } = folderWith(`${recorded}precision: single\n`);
    const { code, stderr } = await command(['run', 's.yaml', '--quiet', '--kernel', 'plain'], folder);
    expect(stderr).toBe('norm-growth: s.yaml: precision: single needs the kernels; leave out --kernel plain\n');
    expect(code).toBe(2);
  });

  it('tells the pair and the step where trainings come to numbers that are not finite', async () => {
    const { folder } = folderWith(
      coupled.replace('learningRate: 10', 'learningRate: 1e200\nloss: {name: info-nce-dot}'),
    );
    const { code, stdout } = await command(['run', 's.yaml', '--quiet'], folder);
    expect(stdout).toContain('1 of 1 cell failed');
    expect(stdout).toMatch(/cell 0, pair 0, step \d+: (the loss is no longer finite|a squared norm is above)/);
    expect(code).toBe(1);
  });
});

it('check judges a study', async () => {
  const { folder } = folderWith(`${coupled}expect: {pairsViolatedAtEnd: 0, own.largestDivergence: {atMost: 1e-12}}\n`);
  const { code, stdout } = await command(['check', '--scenario', 's.yaml'], folder);
  expect(stdout).toContain('✓ c: 2 expectations in 1 cell');
  expect(code).toBe(0);
});
