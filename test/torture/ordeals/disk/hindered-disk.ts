import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Disk, localDisk } from '../../../../src/results/disk.ts';
import { runSample, sampleRequest } from '../../../results/fixtures/sample-run.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { openShell, type Shell, told } from '../shell.ts';
import { noSmallDisks, type SmallDisk, smallDisk } from './small-disk.ts';

/** What else a disk, or the limits of a process, can do to a run. */
export const hinderedDisk: Ordeal = {
  name: 'hindered-disk',
  promise:
    'a disk that is read-only, has no inodes left or is slow, a run folder that is removed or replaced, limits on open ' +
    'files, the length of files and memory, a clock that jumps: the run says what is wrong and what to do, and ends with ' +
    'the same bytes once that is done, or goes on as if nothing were',
  missing: noSmallDisks,
  endure,
};

const run =
  "norm-growth run '{kind: coupled, name: small, popularity: {lower: 0.01, upper: 0.03}, batchSize: 8, steps: 200, " +
  "trajectory: {points: 20}, sweep: {learningRate: [1, 2, 3, 4]}, replicates: 3000}' --quiet --out disk";

/** Ends after some seconds, so that there is time to do something to its folder. */
const longRun = 'norm-growth run own-gains --set steps=20000 --replicates 24000 --quiet --workers 1 --out disk';

/** A way to hinder a run, and what it is to be told. */
interface Hindrance {
  readonly what: string;
  readonly isShort: boolean;
  /** Of the disk, from the beginning. */
  readonly options?: string;
  /** Sets the limit for the line that follows. */
  readonly limit?: string;
  /** What the command says; null where it does its work all the same. */
  readonly says: RegExp | null;
  /** Whether the limit may be wide enough. */
  readonly mayPass?: boolean;
}

const hindrances: readonly Hindrance[] = [
  {
    what: 'read-only',
    isShort: true,
    options: 'ro',
    says: /^norm-growth: disk\/\S+: cannot make this folder \(EROFS\): it cannot be written; /,
  },
  ...[2, 3, 4, 5, 6].map((inodes) => ({
    what: `${inodes} inodes`,
    isShort: inodes === 4,
    options: `nr_inodes=${inodes}`,
    says: /^norm-growth: disk\/.*disk is full/,
    mayPass: inodes > 4,
  })),
  ...[24, 26, 28, 30, 32, 36].map((files) => ({
    what: `${files} open files`,
    isShort: files === 24,
    limit: `ulimit -n ${files};`,
    says: /EMFILE\): too many files are open; raise the limit/,
    mayPass: true,
  })),
  ...[1, 4, 16].map((kilobytes) => ({
    what: `files of ${kilobytes} KB`,
    isShort: kilobytes === 16,
    limit: `ulimit -f ${kilobytes};`,
    says: /EFBIG\): no file may grow so long; raise the limit/,
  })),
  { what: 'a heap of 64 MB', isShort: true, limit: 'NODE_OPTIONS=--max-old-space-size=64', says: null },
];

async function endure({ isBounded, folder, say }: Trial): Promise<Figures> {
  const shell = openShell(folder);
  const undisturbed = await onDisk(shell, 'size=64m', async () => {
    await shell.done(run);
    return summaryIn(folder);
  });
  const counts = { hindrances: 0, 'told of': 0, 'summaries compared': 0 };
  const tried = (isTold: boolean) => {
    counts.hindrances += 1;
    counts['told of'] += Number(isTold);
    counts['summaries compared'] += 1;
  };
  for (const hindrance of hindrances.filter(({ isShort }) => isShort || !isBounded)) {
    say(hindrance.what);
    await onDisk(shell, 'size=64m', async (disk) => {
      if (hindrance.options !== undefined) disk.change(hindrance.options);
      tried(await isTold(shell, hindrance));
      if (hindrance.options !== undefined) disk.change('rw,nr_inodes=1000');
      await shell.done(run);
      if (!summaryIn(folder).equals(undisturbed)) throw new Error(`after ${hindrance.what}: the summary is another`);
    });
  }
  say('a folder that is removed, and one that is replaced');
  for (const change of isBounded ? [replaced] : [removed, replaced]) {
    await onDisk(shell, 'size=64m', (disk) => losesItsFolder(shell, disk, change));
    tried(true);
  }
  say('a file where the results are to be');
  await expectFileRefused(shell);
  tried(true);
  say('a slow disk');
  await onSlowDisk(folder, isBounded ? 20 : 200);
  tried(false);
  const jumps = isBounded ? null : clockJumps(folder);
  if (jumps === null) return counts;
  say('a clock that jumps');
  await onDisk(shell, 'size=64m', async () => {
    await shell.done(`LD_PRELOAD=${jumps} ${run}`);
    if (!summaryIn(folder).equals(undisturbed)) throw new Error('with a clock that jumps, the summary is another');
  });
  tried(false);
  return counts;
}

async function onDisk<T>(shell: Shell, options: string, use: (disk: SmallDisk) => Promise<T>): Promise<T> {
  const disk = smallDisk(join(shell.folder, 'disk'), options);
  try {
    return await use(disk);
  } finally {
    disk.remove();
  }
}

function summaryIn(folder: string): Buffer {
  const [name] = readdirSync(join(folder, 'disk'));
  return readFileSync(join(folder, 'disk', name, 'summary.json'));
}

async function isTold(shell: Shell, { what, limit = '', says, mayPass = false }: Hindrance): Promise<boolean> {
  const ended = await shell.run(`${limit} ${run}`);
  if (ended.code === 0 && (says === null || mayPass)) return false;
  const isClear = [1, 2].includes(ended.code ?? -1) && says?.test(ended.stderr) && !/\n\s+at /.test(ended.stderr);
  if (isClear) return true;
  throw new Error(`${what}: expected ${says ?? 'the run to go on'}, got ${told(ended)}`);
}

/** Takes the folder of a run that is going on away, and looks what the run does and what another one finds. */
async function losesItsFolder(shell: Shell, disk: SmallDisk, change: (path: string) => void): Promise<void> {
  const { ended } = shell.start(`exec ${longRun}`);
  const path = await begunIn(disk.path);
  change(path);
  const end = await ended;
  if (end.code !== 2 || !/removed or moved while it was in use; run the same command again/.test(end.stderr))
    throw new Error(`a run whose folder was ${change.name}: expected exit code 2 and a reason, got ${told(end)}`);
  if (existsSync(path) && readdirSync(path).length > 0)
    throw new Error(`a run wrote into the folder that came in place of its own: ${readdirSync(path)}`);
}

/** The run folder, once chunks are in its journal. */
async function begunIn(results: string): Promise<string> {
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    const [name] = readdirSync(results);
    const journal = join(results, name ?? '', 'journal.ndjson');
    if (existsSync(journal) && statSync(journal).size > 1000) return join(results, name);
    await setTimeout(5);
  }
  throw new Error('a run did not begin within a minute');
}

function removed(path: string): void {
  rmSync(path, { recursive: true });
}

function replaced(path: string): void {
  renameSync(path, `${path}.elsewhere`);
  // Empty, as another run's begins.
  spawnSync('mkdir', [path]);
}

async function expectFileRefused(shell: Shell): Promise<void> {
  await onDisk(shell, 'size=1m', async ({ path }) => {
    writeFileSync(join(path, 'results'), 'kept');
    const ended = await shell.run(`${run}/results`);
    const isClear = ended.code === 2 && /disk\/results: .*(EEXIST|ENOTDIR)\)/.test(ended.stderr);
    if (!isClear || readFileSync(join(path, 'results'), 'utf8') !== 'kept')
      throw new Error(`--out names a file: expected exit code 2 and the reason, got ${told(ended)}`);
  });
}

/** Every sync takes its time, as on a disk of a cluster. */
async function onSlowDisk(folder: string, syncMs: number): Promise<void> {
  const slow: Disk = {
    ...localDisk,
    open: async (path, flags) => {
      const file = await localDisk.open(path, flags);
      const slowly = (sync: () => Promise<void>) => () => setTimeout(syncMs).then(sync);
      return { ...file, sync: slowly(file.sync), datasync: slowly(file.datasync) };
    },
  };
  const [fast, other] = [join(folder, 'fast'), join(folder, 'slow')];
  const began = performance.now();
  const runs = [await runSample(sampleRequest(fast)), await runSample(sampleRequest(other), slow)];
  if (performance.now() - began < 5 * syncMs) throw new Error('the slow disk was not slow: it tests nothing');
  const [one, two] = runs.map(({ path }) => readFileSync(join(path, 'summary.json')));
  if (!one.equals(two)) throw new Error('on a slow disk the summary is another');
}

const jumpingClock = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  static unsigned calls;
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int outcome = real(clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec += (long)(calls++ * 2654435761u % 7200u) - 3600;
  return outcome;
}`;

/** A library that makes the time of day jump by up to an hour at every look; null where there is no compiler. */
function clockJumps(folder: string): string | null {
  const library = join(folder, 'jumps.so');
  const words = ['-shared', '-fPIC', '-x', 'c', '-', '-o', library, '-ldl'];
  return spawnSync('gcc', words, { input: jumpingClock }).status === 0 ? library : null;
}
