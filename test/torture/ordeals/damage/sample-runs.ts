import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { localDisk } from '../../../../src/results/disk.ts';
import { packJournal } from '../../../../src/results/pack-journal.ts';
import { openShell } from '../shell.ts';

/** Two cells of six chunks, whose summaries are small: damage is to be tried at every place of them. */
const scenario = (seed: number) =>
  `{kind: coupled, name: small, seed: ${seed}, popularity: {lower: 0.1, upper: 0.3}, batchSize: 2, steps: 4, ` +
  'trajectory: {points: 0}, coupling: slots, sweep: {learningRate: [1, 2]}, replicates: 2700000}';

/** Run folders that are damaged, of which copies are made. */
export interface SampleRuns {
  /** A finished run. */
  readonly finished: string;
  /** The same with its journal packed. */
  readonly packed: string;
  /** A run of the same scenario with another seed. */
  readonly other: string;
}

/** Runs the samples with the built command, in a folder. */
export async function sampleRuns(folder: string): Promise<SampleRuns> {
  const shell = openShell(folder);
  for (const [name, seed] of [
    ['own', 1],
    ['other', 2],
  ] as const) {
    await shell.done(`norm-growth run '${scenario(seed)}' --quiet --out ${name}`);
  }
  const only = (name: string) => join(folder, name, readdirSync(join(folder, name))[0]);
  const [finished, packed] = [only('own'), join(folder, 'packed')];
  cpSync(finished, packed, { recursive: true });
  await packJournal(join(packed, 'journal.ndjson'), localDisk, 0);
  return { finished, packed, other: only('other') };
}
