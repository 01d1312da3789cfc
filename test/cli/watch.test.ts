import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, start, temporaryFolder } from './command.ts';

const runIn = (folder: string) => join('results', readdirSync(join(folder, 'results'))[0]);

describe('watch', () => {
  it.each([
    ['coupled pairs', ['toy-steps', '--replicates', '200']],
    ['trainings', ['experiments/01-embedding', '--set', 'epochs=5']],
    [
      'recorded trainings',
      [
        'fidelity/in-batch-softmax-law',
        '--set',
        'epochs=1',
        '--set',
        'data.interactions=2000',
        '--sweep',
        'learningRate=50',
      ],
    ],
  ])('prints the summary of a finished run of %s, as the run did, but for what is expected', async (_, words) => {
    const folder = temporaryFolder();
    const run = await command(['run', ...words, '--quiet'], folder);
    const { code, stdout, stderr } = await command(['watch', runIn(folder)], folder);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^results\/\S+: finished; begun \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/);
    expect(stdout.length).toBeGreaterThan(200);
    expect(run.stdout.startsWith(stdout.trimEnd())).toBe(true);
  });

  it('waits for a run under way and prints its summary, and changes nothing of it', async () => {
    const folder = temporaryFolder();
    const words = ['run', 'own-gains', '--replicates', '400000', '--workers', '1', '--quiet', '--format', 'json'];
    const { ended } = start(words, folder);
    const isThere = () => {
      try {
        return readFileSync(join(folder, runIn(folder), 'journal.ndjson'), 'utf8').includes('\n');
      } catch {
        return false;
      }
    };
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 5));
    const watched = await command(['watch', runIn(folder), '--quiet'], folder);
    const run = await ended;
    expect([watched.code, run.code]).toEqual([0, 0]);
    expect(watched.stdout).toContain('of 400,000 pairs');
    expect(readdirSync(join(folder, runIn(folder))).sort()).toEqual([
      'journal.ndjson',
      'lock',
      'manifest.json',
      'summary.json',
    ]);
  });

  it('says of a stopped run how far it came and how to go on, and ends', async () => {
    const folder = temporaryFolder();
    await command(['run', 'own-gains', '--replicates', '30000', '--quiet'], folder);
    const path = join(folder, runIn(folder));
    const journal = readFileSync(join(path, 'journal.ndjson'), 'utf8').split('\n');
    // As if it had been killed before its last chunk.
    rmSync(join(path, 'summary.json'));
    writeFileSync(
      join(path, 'journal.ndjson'),
      journal
        .slice(0, -2)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const { code, stdout, stderr } = await command(['watch', runIn(folder), '--no-tui'], folder);
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(
      /^results\/own-gains\S+: stopped; begun \d{4}\S+ \S+ UTC, [\d,]+ of at most 30,000 pairs are done; the same `norm-growth run` command goes on from there, and there is a summary when it is finished\n$/,
    );
    expect(Number(/([\d,]+) of/.exec(stderr)![1].replaceAll(',', ''))).toBeLessThan(30_000);
  });

  it('looks at a finished shard: its own chunks, and what is to be done next', async () => {
    const folder = temporaryFolder();
    const words = ['warm-up', '--replicates', '100000', '--sweep', 'learningRate=0.5,1', '--shard', '2/3'];
    const run = await command(['run', ...words, '--quiet'], folder);
    const watched = await command(['watch', runIn(folder), '--no-tui'], folder);
    expect(watched).toMatchObject({ code: 0, stdout: run.stdout });
    expect(watched.stdout).toMatch(/^shard 2\/3: \d+ chunks are in results\//);
  });

  it('refuses what is no run folder, a run of another version, and a plan that was changed by hand', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    for (const [path, message] of [
      ['nowhere', 'there is no such run folder'],
      ['empty', 'is not a run folder'],
    ]) {
      const { code, stderr } = await command(['watch', path], folder);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
    await command(['run', 'toy-steps', '--replicates', '1', '--quiet'], folder);
    // Its header would say first that the manifest was changed.
    rmSync(join(folder, runIn(folder), 'journal.ndjson'));
    const path = join(folder, runIn(folder), 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    for (const [changed, message] of [
      [
        { ...manifest, provenance: { ...manifest.provenance, normGrowth: '9.9.9' } },
        'was computed by norm-growth 9.9.9',
      ],
      [{ ...manifest, plan: { cells: [{ index: 'a' }] } }, 'plan — expected cells, got none'],
    ]) {
      writeFileSync(path, JSON.stringify(changed));
      const { code, stderr } = await command(['watch', runIn(folder)], folder);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
  });

  it('refuses a frame rate that is none', async () => {
    const { code, stderr } = await command(['watch', 'x', '--fps', '0'], temporaryFolder());
    expect(stderr).toContain('expected 1 to 60');
    expect(code).toBe(2);
  });
});
