import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { start, temporaryFolder } from './command.ts';

const words = ['run', 'own-gains', '--replicates', '30000', '--quiet'];

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
  const { done } = start(words, undisturbed);
  expect((await done).code).toBe(0);
  const expected = summaryIn(undisturbed);
  const uniform = openGenerator('alea', 'moments of death')(0);
  let kills = 0;
  while (kills < 50) {
    const folder = temporaryFolder();
    // From before the first line of the program to after the last chunk of a run that has been resumed before.
    while (await killAfter(1200 * uniform() ** 0.7, folder)) kills += 1;
    expect(summaryIn(folder)).toBe(expected);
  }
});
