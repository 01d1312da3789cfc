import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { openShell, type Shell, told } from '../shell.ts';
import { noSmallDisks, smallDisk } from './small-disk.ts';

/** Whatever writes, on a disk that gets full on the way. */
export const fullDisk: Ordeal = {
  name: 'full-disk',
  promise:
    'on a disk that gets full, run, shards, merge, report, export, query and reproduce say so with exit code 1 or 2 and ' +
    'corrupt nothing; when there is room, the same command ends with the same bytes',
  missing: noSmallDisks,
  endure,
};

const scenario = (more = '') =>
  '{kind: coupled, name: sweep, popularity: {lower: 0.01, upper: 0.03}, batchSize: 8, steps: 200, ' +
  `trajectory: {points: 20}, sweep: {learningRate: [1, 2, 3, 4, 5, 6]}, replicates: 3000${more}}`;

/** What the command lines need that writes on a sound disk. */
const before = [
  `norm-growth run '${scenario()}' --quiet --out runs`,
  `norm-growth run '${scenario()}' --quiet --shard 1/2 --out shards`,
  `norm-growth run '${scenario()}' --quiet --shard 2/2 --out shards`,
  'ln -s runs/* run',
];

/** A line that writes to the folder `disk`. */
interface Writing {
  readonly line: string;
  /** Whether the short form tries it. */
  readonly isShort: boolean;
  /** What the sound disk needs beside, done once. */
  readonly before?: string;
}

const writings: readonly Writing[] = [
  { line: `norm-growth run '${scenario()}' --quiet --out disk`, isShort: true },
  { line: `norm-growth run '${scenario()}' --quiet --format json --out own > disk/out.json`, isShort: false },
  { line: `norm-growth run '${scenario()}' --quiet --shard 1/2 --out disk`, isShort: false },
  { line: 'norm-growth merge shards/* --out disk', isShort: true },
  { line: 'norm-growth report run/ --output disk/report.html', isShort: true },
  { line: 'norm-growth report run/ --format svg --output disk/pictures', isShort: true },
  { line: 'norm-growth export run/ --table long --output disk/long.csv', isShort: true },
  { line: 'norm-growth export run/ --table long --format parquet --output disk/long.parquet', isShort: false },
  { line: 'norm-growth export run/ --table long > disk/long.csv', isShort: true },
  { line: "norm-growth query run/ 'FROM long' --format csv > disk/query.csv", isShort: false },
  { line: 'norm-growth schema > disk/schema.json', isShort: true },
  { line: 'norm-growth run experiments/01-embedding --set epochs=5 --quiet --out disk', isShort: false },
  {
    line:
      "norm-growth run '{kind: fidelity, study: predictors, name: recorded, data: {from: generator, users: 200, items: 50, " +
      "interactions: 2000}, batches: {size: 64}, epochs: 2, replicates: 2, recordings: all}' --quiet --out disk",
    isShort: false,
  },
  {
    line: 'norm-growth reproduce counterexample --quiet --runs reproduced --out disk/page',
    isShort: false,
    before: 'norm-growth reproduce counterexample --quiet --runs reproduced --out page',
  },
];

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const shell = openShell(folder);
  for (const line of before) await shell.done(line);
  const uniform = openGenerator('alea', 'full disk')(seed);
  const counts = { 'full disks': 0, 'large enough': 0, 'lines run again': 0, 'bytes compared': 0 };
  for (const writing of writings.filter(({ isShort }) => isShort || !isBounded)) {
    if (writing.before !== undefined) await shell.done(writing.before);
    const undisturbed = await onDisk(shell, 'size=64m', async (disk) => {
      await shell.done(writing.line);
      return { files: productsIn(disk.path), bytes: disk.used() };
    });
    for (let turn = 0; turn < (isBounded ? 1 : 8); turn++) {
      // From one page to nearly enough, small ones as often as large ones.
      const size = 4096 * Math.round((undisturbed.bytes / 4096) ** (isBounded ? 0.8 : uniform()));
      say(`${writing.line.slice(0, 60)} on ${size} bytes`);
      await onDisk(shell, `size=${size}`, async (disk) => {
        const isFull = await meetsFullDisk(shell, writing.line, size);
        counts[isFull ? 'full disks' : 'large enough'] += 1;
        disk.change('size=64m');
        if (isFull) await shell.done(writing.line);
        counts['lines run again'] += Number(isFull);
        counts['bytes compared'] += expectSame(productsIn(disk.path), undisturbed.files, writing.line, size);
      });
    }
  }
  if (counts['full disks'] < counts['large enough'])
    throw new Error(`too few disks were full: ${JSON.stringify(counts)}`);
  return counts;
}

async function onDisk<T>(shell: Shell, options: string, use: (disk: ReturnType<typeof smallDisk>) => Promise<T>) {
  const disk = smallDisk(join(shell.folder, 'disk'), options);
  try {
    return await use(disk);
  } finally {
    disk.remove();
  }
}

/** Whether the disk was too small, and the line said so as it must. */
async function meetsFullDisk(shell: Shell, line: string, size: number): Promise<boolean> {
  const ended = await shell.run(line);
  if (ended.code === 0) return false;
  const isClear =
    [1, 2].includes(ended.code ?? -1) && /disk is full/.test(ended.stderr) && !/\n\s+at /.test(ended.stderr);
  if (isClear) return true;
  throw new Error(`${line}, with disk of ${size} bytes: expected to be told that the disk is full, got ${told(ended)}`);
}

/** The files that a line is run for, by their names; not what says when and by whom. */
function productsIn(path: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !/manifest\.json|journal\.ndjson|lock$/.test(name));
  return new Map(names.sort().map((name) => [name, readFileSync(name)]));
}

/** Returns how many bytes were compared. */
function expectSame(
  found: ReadonlyMap<string, Buffer>,
  wanted: ReadonlyMap<string, Buffer>,
  line: string,
  size: number,
): number {
  const differing = [...new Set([...found.keys(), ...wanted.keys()])].find(
    (name) => found.get(name) === undefined || !wanted.get(name)?.equals(found.get(name)!),
  );
  if (differing !== undefined) throw new Error(`${line}, first with ${size} bytes: ${differing} is another file`);
  return [...wanted.values()].reduce((sum, { length }) => sum + length, 0);
}
