import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectDone } from './disturbed-run.ts';
import { onlyRunIn } from './run-contents.ts';
import { startVictim } from './victim.ts';

/** A command that writes files, in a folder where it may have written them before. */
export interface Writing {
  readonly name: string;
  /** Of the command line. @param runs a finished run, and the shards of one, by their absolute paths */
  words(runs: SourceRuns): readonly string[];
  /** The file or the folder that it makes, in its working directory. */
  readonly output: string;
  /** What lies there before and is to be replaced, by name; nothing where it is missing. */
  readonly old?: Readonly<Record<string, string>>;
  /** Whether it is left out of the short form. */
  readonly isLong?: boolean;
}

/** What is written of. */
export interface SourceRuns {
  readonly whole: string;
  readonly shards: readonly string[];
}

const sql = 'select * from cells order by cell';

/** Whatever writes a file, but `run`. */
export const writings: readonly Writing[] = [
  {
    name: 'export csv',
    words: ({ whole }) => ['export', whole, '--format', 'csv', '--output', 'table.csv'],
    output: 'table.csv',
  },
  {
    name: 'export json',
    words: ({ whole }) => ['export', whole, '--format', 'json', '--output', 'table.json'],
    output: 'table.json',
    isLong: true,
  },
  {
    name: 'export parquet',
    words: ({ whole }) => ['export', whole, '--format', 'parquet', '--output', 'table.parquet'],
    output: 'table.parquet',
    isLong: true,
  },
  {
    name: 'query csv',
    words: ({ whole }) => ['query', whole, sql, '--format', 'csv', '--output', 'answer.csv'],
    output: 'answer.csv',
  },
  {
    name: 'query parquet',
    words: ({ whole }) => ['query', whole, sql, '--format', 'parquet', '--output', 'answer.parquet'],
    output: 'answer.parquet',
    isLong: true,
  },
  {
    name: 'report html',
    words: ({ whole }) => ['report', whole, '--output', 'page.html'],
    output: 'page.html',
    isLong: true,
  },
  {
    name: 'report html, over an old one',
    words: ({ whole }) => ['report', whole, '--output', 'page.html', '--force'],
    output: 'page.html',
    old: { 'page.html': 'an old page' },
  },
  {
    name: 'report md',
    words: ({ whole }) => ['report', whole, '--format', 'md', '--output', 'pictures'],
    output: 'pictures',
  },
  {
    name: 'report png, over old ones',
    words: ({ whole }) => ['report', whole, '--format', 'png', '--output', 'pictures', '--force'],
    output: 'pictures',
    old: { 'pictures/norm-trajectories.png': 'an old picture' },
    isLong: true,
  },
  { name: 'merge', words: ({ shards }) => ['merge', ...shards, '--out', 'merged'], output: 'merged' },
];

const scenario = `{kind: coupled, name: source, popularity: {lower: 0.01, upper: 0.02}, batchSize: 16, steps: 100,
  replicates: 200, trajectory: {points: 10}, sweep: {learningRate: {log: [0.1, 10, 40]}}}`;

/** Makes the runs that are written of. @param folder is made */
export async function sourceRuns(folder: string): Promise<SourceRuns> {
  mkdirSync(folder);
  const run = async (...words: string[]) =>
    expectDone(await startVictim(['run', scenario, '--quiet', ...words], folder).ended);
  await run('--out', 'whole');
  for (const shard of ['1/2', '2/2']) await run('--out', 'shards', '--shard', shard);
  const shards = readdirSync(join(folder, 'shards')).map((name) => join(folder, 'shards', name));
  return { whole: onlyRunIn(join(folder, 'whole'))!, shards };
}
