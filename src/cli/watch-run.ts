import { chunkAt, chunkCount } from '../engine/plan.ts';
import { formatCount } from '../report/format-number.ts';
import { wrappedLine } from '../report/wrapped-line.ts';
import { writerOf } from '../results/lock.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { followRun, isFinished } from './follow-run.ts';
import { abortOnSignals } from './interruption.ts';
import { openWatch } from './open-watch.ts';
import type { RunWatch } from './run-watch.ts';
import { misfit, type StoredCells, storedCells } from './stored-facts.ts';

/** What `norm-growth watch` was asked for. */
export interface LookSettings {
  readonly isLive: boolean;
  readonly quiet: boolean;
  readonly fps: number;
}

/** How a look ended: at a run that is over or that nobody goes on with, or when the person had seen enough. */
type LookOutcome = 'finished' | 'stopped' | 'left';

/**
 * Looks at a run of another process, or at a finished one, by following its journal; writes nothing. Without a dashboard
 * there is nothing to follow of a finished run, nor of one that nobody is writing to: `quiet` waits for somebody to.
 *
 * @throws {ResultsError} for what is no run folder, or is damaged, or is of another version
 */
export async function watchRun(path: string, settings: LookSettings): Promise<LookOutcome> {
  const { isLive, quiet } = settings;
  const run = await readRun(path);
  const stored = storedCells(run);
  const say = (text: string) => void process.stderr.write(`${wrappedLine(text, process.stderr)}\n`);
  if (!isLive && run.status === 'finished') {
    if (!quiet) say(`${visiblePath(path)}: finished; begun ${begun(run)}`);
    return 'finished';
  }
  if (isLive || quiet || (await writerOf(path)) !== null) return follow(run, stored, settings);
  // Finished, perhaps, since it was read.
  if (await isFinished(path)) return watchRun(path, settings);
  say(`${visiblePath(path)}: stopped; begun ${begun(run)}, ${await shareDone(run, stored)}; ${remedy}`);
  return 'stopped';
}

const remedy = 'the same `norm-growth run` command goes on from there, and there is a summary when it is finished';

async function follow(run: StoredRun, stored: StoredCells, settings: LookSettings): Promise<LookOutcome> {
  const { cells, facts, loadJudge } = stored;
  const leaving = new AbortController();
  const interruption = abortOnSignals(() => leaving.abort());
  const control = { canPause: false, stays: true, interrupt: () => leaving.abort() };
  const watch = await openWatch({ facts, cells: cells.length, loadJudge, notices: [], control }, settings);
  try {
    await tellWriter(run, watch);
    for await (const event of followRun(run, stored, leaving.signal)) watch.see(event);
    if (leaving.signal.aborted) return 'left';
    watch.turn('finished');
    await watch.left();
    return 'finished';
  } finally {
    watch.close();
    interruption.stopListening();
  }
}

/** Says who is writing, if anybody is. */
async function tellWriter(run: StoredRun, watch: RunWatch): Promise<void> {
  const path = visiblePath(run.path);
  if (run.status === 'finished') return watch.say(`${path}: finished; begun ${begun(run)}`);
  const writer = await writerOf(run.path);
  if (writer !== null) return watch.say(`${path}: ${writer} is writing to this folder`);
  watch.say(`${path}: stopped; begun ${begun(run)}, nobody is writing to it; ${remedy}`, 'warning');
}

/** When a run was begun, to the minute: `2026-03-01 12:34 UTC`; the manifest may hold anything. */
function begun({ manifest: { created } }: StoredRun): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(created) ?? [];
  return day === undefined ? 'at a time that is not known' : `${day} ${minute} UTC`;
}

/** `12,000 of at most 100,000 pairs are done`. */
async function shareDone(run: StoredRun, { cells, facts }: StoredCells): Promise<string> {
  let done = 0;
  for await (const { cell, block } of run.records()) {
    const of = cells.at(cell);
    if (of === undefined || block >= chunkCount(of)) {
      throw misfit(run.path, new RangeError(`it has chunk ${block} of cell ${cell}, which are not planned`));
    }
    done += chunkAt(of, block).replicates;
  }
  if (facts === null) return `${formatCount(done)} replicates are done`;
  const all = facts.cells.reduce((sum, { replicates }) => sum + replicates, 0);
  return `${formatCount(done)} of at most ${formatCount(all)} ${facts.replicatesAre} are done`;
}
