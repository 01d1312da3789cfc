import { cpSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashOf } from '../../src/random/canonical-json.ts';
import { journalLine } from '../../src/results/journal-line.ts';
import { journalFormat } from '../../src/results/read-journal.ts';
import { command, temporaryFolder } from './command.ts';

/** Cells of several chunks, and cells with a stopping rule, which belong to a shard as a whole. */
const scenarios = {
  'chunks dealt out': ['warm-up', '--replicates', '400000', '--sweep', 'learningRate=0.5,1'],
  'cells with a stopping rule': [
    'eta-p-sweep',
    '--replicates',
    '40000',
    '--until',
    'halfWidth=0.004',
    '--sweep',
    'batchSize=64,32',
  ],
};

const only = (folder: string) => join(folder, readdirSync(folder)[0]);
const summaryIn = (folder: string) => readFileSync(join(only(folder), 'summary.json'), 'utf8');

async function shards(words: readonly string[], folder: string): Promise<string[]> {
  for (const number of [1, 2, 3]) {
    const { code, stdout } = await command(
      ['run', ...words, '--shard', `${number}/3`, '--quiet', '--out', 'parts'],
      folder,
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining(`shard ${number}/3: `)]);
  }
  return readdirSync(join(folder, 'parts')).map((name) => `parts/${name}`);
}

describe('three shards, merged in any order', () => {
  it.each(Object.entries(scenarios))('have the bytes of a run in one piece: %s', async (_, words) => {
    const folder = temporaryFolder();
    const whole = await command(['run', ...words, '--workers', '0', '--quiet', '--out', 'whole'], folder);
    await command(['run', ...words, '--workers', '4', '--quiet', '--out', 'four'], folder);
    const expected = summaryIn(join(folder, 'whole'));
    expect(summaryIn(join(folder, 'four'))).toBe(expected);
    const [first, second, third] = await shards(words, folder);
    for (const [index, order] of [
      [first, second, third],
      [third, first, second],
      [second, third, first, first],
    ].entries()) {
      const merged = await command(['merge', ...order, '--out', `merged-${index}`], folder);
      expect(merged.stderr).toContain('merged 3 run folders into');
      // The verdict, the table and the exit code are those of the run, too.
      expect(merged).toMatchObject({ code: whole.code, stdout: whole.stdout.replaceAll('whole/', `merged-${index}/`) });
      expect(summaryIn(join(folder, `merged-${index}`))).toBe(expected);
    }
    const again = await command(['merge', first, second, third, '--out', 'merged-0'], folder);
    expect(again.stderr).toContain('this run is there already, and finished; `norm-growth watch` shows it, and --out');
    const shown = await command(['run', ...words, '--out', 'merged-0'], folder);
    expect(shown.stderr).toContain('finished before, shown again');
  });
});

describe('merging refuses', () => {
  const words = scenarios['chunks dealt out'];

  it('gaps, and names them; nothing is written then', async () => {
    const folder = temporaryFolder();
    const [first, , third] = await shards(words, folder);
    const refused = await command(['merge', third, first, '--out', 'merged'], folder);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /cannot merge: \d+ chunks are missing, of cell 0 \(shard 2\/3\), cell 1 \(shard 2\/3\),/,
    );
    expect(refused.stderr).toContain('not among the folders: shard 2/3');
    expect(readdirSync(folder)).toEqual(['parts']);
  });

  it('a shard that was killed, and takes it when it has gone on', async () => {
    const folder = temporaryFolder();
    const [first, second, third] = await shards(words, folder);
    const path = join(folder, second);
    const journal = readFileSync(join(path, 'journal.ndjson'), 'utf8').split('\n');
    writeFileSync(join(path, 'journal.ndjson'), `${journal.slice(0, 3).join('\n')}\n`);
    const summary = readFileSync(join(path, 'summary.json'));
    unlinkSync(join(path, 'summary.json'));
    const refused = await command(['merge', first, second, third], folder);
    expect(refused.stderr).toContain(`not finished: ${second}`);
    await command(['run', ...words, '--shard', '2/3', '--quiet', '--out', 'parts'], folder);
    expect(readFileSync(join(path, 'summary.json')).equals(summary)).toBe(true);
    expect((await command(['merge', first, second, third], folder)).code).toBe(0);
  });

  it('parts of two runs, parts of other programs, and chunks that differ', async () => {
    const folder = temporaryFolder();
    const [first, second, third] = await shards(words, folder);
    await command(['run', ...words, '--seed', '2', '--shard', '2/3', '--quiet', '--out', 'others'], folder);
    const other = `others/${readdirSync(join(folder, 'others'))[0]}`;
    expect((await command(['merge', first, other, third], folder)).stderr).toContain(
      `these are parts of different runs: seed is 1 in ${first} and 2 in ${other}`,
    );
    // Its hash heads the journal.
    const changeProgram = (path: string, program: object) => {
      const [file, journal] = [join(folder, path, 'manifest.json'), join(folder, path, 'journal.ndjson')];
      const manifest = JSON.parse(readFileSync(file, 'utf8'));
      Object.assign(manifest.provenance, program);
      writeFileSync(file, JSON.stringify(manifest));
      const [, ...records] = readFileSync(journal, 'utf8').split('\n');
      const header = journalLine(canonicalJson({ format: journalFormat, manifest: hashOf(manifest) }));
      writeFileSync(journal, [header.trimEnd(), ...records].join('\n'));
    };
    cpSync(join(folder, second), join(folder, 'copy'), { recursive: true });
    changeProgram('copy', { codeFingerprint: '0'.repeat(64) });
    const refused = await command(['merge', first, 'copy', third], folder);
    expect(refused.stderr).toContain('different programs computed these parts: provenance.codeFingerprint is');
    for (const path of [first, second, third]) changeProgram(path, { v8: '1.2.3' });
    const ours = await command(['merge', first, second, third], folder);
    expect(ours).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('by another program than the one that is to merge it'),
    });
    expect(readdirSync(folder)).not.toContain('results');
  });

  it('a run that is no shard of pairs, and summaries of shards where numbers are wanted', async () => {
    const folder = temporaryFolder();
    const [first] = await shards(words, folder);
    const exported = await command(['export', first], folder);
    expect(exported).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is one shard of a run; merge all of them'),
    });
    const wrong = await command(['run', 'experiments/01-embedding', '--shard', '1/2'], folder);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--shard — expected a scenario of coupled pairs'),
    });
    const none = await command(['run', 'warm-up', '--shard', '4/3'], folder);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('expected k/n with 1 ≤ k ≤ n ≤ 99999') });
  });
});
