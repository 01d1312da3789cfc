import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { command, start, temporaryFolder } from './command.ts';

const few = ['run', '--replicates', '100000', '--workers', '1'];
const more = ['run', '--replicates', '150000', '--workers', '1'];

/** The newest run folder and its summary. */
function summaryOf(folder: string, others: readonly string[] = []): string {
  const [name] = readdirSync(join(folder, 'results')).filter((entry) => !others.includes(entry));
  return readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8');
}

describe('run after a run with fewer replicates', () => {
  it('reuses what is there, says so, and writes the same summary', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    await command(few, folder);
    const before = readdirSync(join(folder, 'results'));
    const { code, stderr } = await command(more, folder);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^results\/coupled-pair--\w{12}: 12 of 19 blocks reused: 12 from results\/coupled-pair--\w{12}$/m,
    );
    expect(stderr).toMatch(
      /^results\/coupled-pair--\w{12}: computed: the missing blocks of 1 known cell; 1 of the blocks lies/m,
    );
    expect((await command(more, other)).stderr).not.toContain('reused');
    expect(summaryOf(folder, before)).toBe(summaryOf(other));
  });

  it('reuses nothing with --fresh', async () => {
    const folder = temporaryFolder();
    await command(few, folder);
    const { code, stderr } = await command([...more, '--fresh'], folder);
    expect(code).toBe(0);
    expect(stderr).not.toContain('reused');
  });

  it('reuses only its own chunks as a shard, and the shards merge to the same summary', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    await command(few, folder);
    const reused = await Promise.all(
      ['1/2', '2/2'].map(async (shard) =>
        /: (\d+) of (\d+) blocks reused/.exec((await command([...more, '--shard', shard], folder)).stderr),
      ),
    );
    expect(reused.map((found) => found?.slice(1))).toEqual([
      ['6', '10'],
      ['6', '9'],
    ]);
    const shards = readdirSync(join(folder, 'results')).filter((name) => name.includes('shard'));
    const merged = await command(['merge', ...shards.map((name) => join('results', name)), '--out', 'merged'], folder);
    expect(merged.code).toBe(0);
    await command(more, other);
    const [name] = readdirSync(join(folder, 'merged'));
    expect(readFileSync(join(folder, 'merged', name, 'summary.json'), 'utf8')).toBe(summaryOf(other));
  });

  it('ends with the same bytes after 20 SIGKILLs at random moments', { timeout: 120_000 }, async () => {
    const [source, scratch] = [temporaryFolder(), temporaryFolder()];
    await command(few, source);
    const before = readdirSync(join(source, 'results'));
    const began = performance.now();
    await command(more, scratch);
    const duration = performance.now() - began;
    const uniform = openGenerator('alea', 'moments of death')(0);
    let kills = 0;
    while (kills < 20) {
      const folder = temporaryFolder();
      cpSync(source, folder, { recursive: true });
      for (let attempt = 0; attempt < 4; attempt++) {
        const { child, ended } = start(more, folder);
        const timer = setTimeout(() => child.kill('SIGKILL'), duration * uniform());
        const { signal, code, stderr } = await ended;
        clearTimeout(timer);
        expect(signal === 'SIGKILL' || code === 0, stderr).toBe(true);
        if (signal === 'SIGKILL') kills += 1;
      }
      expect((await command(more, folder)).code).toBe(0);
      expect(summaryOf(folder, before)).toBe(summaryOf(scratch));
    }
  });
});
