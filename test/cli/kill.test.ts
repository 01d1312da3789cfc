import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { start, temporaryFolder } from './command.ts';

// Sixteen chunks, so that most deaths find some of them saved and some not.
const words = ['run', 'own-gains', '--set', 'steps=20000', '--replicates', '8000', '--quiet'];

function summaryIn(folder: string): string {
  const [name] = readdirSync(join(folder, 'results'));
  return readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8');
}

/** Kills the command after a delay; returns whether it was still running. */
async function killAfter(milliseconds: number, folder: string): Promise<boolean> {
  const { child, done } = start(words, folder);
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const { signal, code, stderr } = await done;
  clearTimeout(timer);
  if (signal !== 'SIGKILL' && code !== 0)
    throw new Error(`expected a killed or a finished run, got exit ${code}: ${stderr}`);
  return signal === 'SIGKILL';
}

it('ends with the same bytes after 50 SIGKILLs at random moments', { timeout: 300_000 }, async () => {
  const undisturbed = temporaryFolder();
  const began = performance.now();
  expect((await start(words, undisturbed).done).code).toBe(0);
  const duration = performance.now() - began;
  const expected = summaryIn(undisturbed);
  const uniform = openGenerator('alea', 'moments of death')(0);
  let kills = 0;
  while (kills < 50) {
    const folder = temporaryFolder();
    // From before the first line of the program to after its last, over and over in one folder.
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await killAfter(duration * uniform(), folder)) kills += 1;
    }
    expect((await start(words, folder).done).code).toBe(0);
    expect(summaryIn(folder)).toBe(expected);
  }
});
