import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import type { Ending } from '../../../started-process.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { openShell, type Shell, told } from '../shell.ts';

/** Signals at any moment of whatever takes time. */
export const signals: Ordeal = {
  name: 'signals',
  promise:
    'SIGINT, SIGTERM, SIGHUP and two SIGINT at any moment end run, trainings, merge, check, search, report, export, ' +
    'reproduce and watch soon, with 130 or by the signal itself; what is done is kept, and the same command then ends ' +
    'with the same bytes',
  endure,
};

/** Longer, on the busiest of machines, no chunk takes. */
const mostMs = 30_000;

/** A command that is disturbed in a folder of its own. */
interface Disturbed {
  readonly line: string;
  /** How often: of 10 in the short form, of 100 in the long one. */
  readonly times: readonly [short: number, long: number];
  /** Whether it ends by itself; a watch of a run that nobody goes on with does not. */
  readonly isEndless?: boolean;
  /** What it says, with exit code 2, where it was done before the signal came and does not do it twice. */
  readonly saysDone?: RegExp;
}

const commands: readonly Disturbed[] = [
  { line: 'run own-gains --set steps=20000 --replicates 8000 --quiet', times: [5, 40] },
  { line: 'run own-gains --set steps=20000 --replicates 8000 --quiet --workers 0', times: [0, 10] },
  { line: 'run experiments/01-embedding --set epochs=30 --quiet', times: [1, 10] },
  { line: 'merge ../shards/* --out merged', times: [0, 5], saysDone: /there already, and finished/ },
  { line: 'check A3 A15', times: [1, 7] },
  { line: 'search --candidates 100000', times: [1, 5] },
  { line: 'report ../run/ --output report.html --force', times: [1, 5] },
  { line: 'export ../run/ --table long', times: [0, 5] },
  { line: 'reproduce counterexample --quiet', times: [0, 5] },
  { line: 'watch ../unfinished/ --quiet', times: [1, 8], isEndless: true },
];

const scenario =
  "'{kind: coupled, name: part, popularity: {lower: 0.1, upper: 0.3}, batchSize: 8, steps: 500, replicates: 30000}'";

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const shell = openShell(folder);
  await prepare(shell);
  const uniform = openGenerator('alea', 'signals')(seed);
  const counts = { signals: 0, 'ended with 130': 0, 'ended by the signal': 0, 'done before': 0, 'bytes compared': 0 };
  const waited: number[] = [];
  for (const [number, { line, times, isEndless = false, saysDone }] of commands.entries()) {
    const count = times[isBounded ? 0 : 1];
    if (count === 0) continue;
    const undisturbed = isEndless ? null : await undisturbedBy(shell, line, `undisturbed-${number}`);
    for (let turn = 0; turn < count; turn++) {
      say(`${line}: ${turn + 1} of ${count}`);
      const own = join(folder, `disturbed-${number}-${turn}`);
      mkdirSync(own);
      const delayMs = (undisturbed?.durationMs ?? 1500) * uniform();
      const { ended, tookMs } = await disturb(shell, `cd ${own}; exec norm-growth ${line}`, delayMs, uniform);
      counts.signals += 1;
      counts[outcomeOf(ended, `${line}, after ${delayMs} ms`)] += 1;
      if (ended.code !== 0) waited.push(tookMs);
      if (undisturbed === null) continue;
      const again = await shell.run(`cd ${own}; norm-growth ${line}`);
      const isDone = again.code === 2 && saysDone?.test(again.stderr);
      if (again.code !== 0 && !isDone)
        throw new Error(`${line}, begun again: expected exit code 0, got ${told(again)}`);
      const text = isDone ? undisturbed.text : again.stdout;
      counts['bytes compared'] += expectSame(undisturbed, { text, files: filesIn(own) }, line);
    }
  }
  const inOrder = waited.toSorted((a, b) => a - b);
  const median = inOrder[Math.floor(inOrder.length / 2)];
  return { ...counts, 'ms to the end, at the median': median, 'ms at most': inOrder[inOrder.length - 1] };
}

async function prepare(shell: Shell): Promise<void> {
  await shell.done(`norm-growth run ${scenario} --quiet --out runs; ln -s runs/* run`);
  for (const part of [1, 2]) await shell.done(`norm-growth run ${scenario} --quiet --shard ${part}/2 --out shards`);
  await shell.done('cp -r runs/* unfinished; rm unfinished/summary.json');
}

interface Product {
  readonly text: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

async function undisturbedBy(shell: Shell, line: string, name: string): Promise<Product & { durationMs: number }> {
  const own = join(shell.folder, name);
  mkdirSync(own);
  const began = performance.now();
  const text = await shell.done(`cd ${own}; norm-growth ${line}`);
  return { text, files: filesIn(own), durationMs: performance.now() - began };
}

/** Starts a line and sends it a signal, or one after the other, after a delay. */
async function disturb(shell: Shell, line: string, delayMs: number, uniform: () => number) {
  const { child, ended } = shell.start(line);
  const signal = (['SIGINT', 'SIGTERM', 'SIGHUP', 'twice'] as const)[Math.floor(4 * uniform())];
  const pauseMs = 300 * uniform();
  await Promise.race([ended, setTimeout(delayMs)]);
  const began = performance.now();
  child.kill(signal === 'twice' ? 'SIGINT' : signal);
  if (signal === 'twice') {
    await Promise.race([ended, setTimeout(pauseMs)]);
    child.kill('SIGINT');
  }
  const late = Promise.withResolvers<never>();
  const timer = globalThis.setTimeout(() => {
    child.kill('SIGKILL');
    late.reject(new Error(`${line}: went on for ${mostMs} ms after ${signal} at ${delayMs} ms`));
  }, mostMs);
  const end = await Promise.race([ended, late.promise]);
  clearTimeout(timer);
  return { ended: end, tookMs: Math.round(performance.now() - began) };
}

function outcomeOf(ended: Ending, when: string): 'ended with 130' | 'ended by the signal' | 'done before' {
  const { code, signal, stderr } = ended;
  const isQuiet = !/defect of the program|\n\s+at |unsettled/.test(stderr);
  if (isQuiet && code === 130) return 'ended with 130';
  if (isQuiet && ['SIGINT', 'SIGTERM', 'SIGHUP'].includes(signal ?? '')) return 'ended by the signal';
  if (isQuiet && code === 0) return 'done before';
  throw new Error(`${when}: expected exit code 130, or death by the signal, got ${told(ended)}`);
}

/** What a command has made, by its name; not what says when and by whom. */
function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !/manifest\.json|journal\.ndjson|(lock|writer\.json|\.tmp)$/.test(name));
  return new Map(names.map((name) => [name.slice(folder.length), readFileSync(name)]));
}

/** `check` says how long each claim has taken. */
function withoutDurations(text: string): string {
  return text.replace(/\d+(\.\d+)? s\b/g, '… s');
}

/** Returns how many bytes were compared. */
function expectSame(wanted: Product, found: Product, line: string): number {
  if (withoutDurations(wanted.text) !== withoutDurations(found.text))
    throw new Error(`${line}, begun again: prints ${found.text} for ${wanted.text}`);
  for (const [name, bytes] of wanted.files) {
    if (!found.files.get(name)?.equals(bytes)) throw new Error(`${line}, begun again: makes another ${name}`);
  }
  if (found.files.size !== wanted.files.size) throw new Error(`${line}: left ${[...found.files.keys()].join(', ')}`);
  return [...wanted.files.values()].reduce((sum, { length }) => sum + length, wanted.text.length);
}
