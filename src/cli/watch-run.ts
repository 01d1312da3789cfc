import { join } from 'node:path';
import type { Merged } from '../dashboard/snapshot.ts';
import type { FollowedChunk } from '../engine/engine-event.ts';
import { followCells } from '../engine/run-plan.ts';
import { hashOf } from '../random/canonical-json.ts';
import { followJournal } from '../results/follow-journal.ts';
import { writerOf } from '../results/lock.ts';
import { folderEntries, readRun, runFiles, type StoredRun } from '../results/read-run.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { abortOnSignals } from './interruption.ts';
import { openWatch, type RunWatch } from './run-watch.ts';
import { misfit, storedCells } from './stored-facts.ts';

/** What `norm-growth watch` was asked for. */
export interface LookSettings {
  readonly isLive: boolean;
  readonly quiet: boolean;
  readonly fps: number;
}

/**
 * Looks at a run of another process, or at a finished one, by following its journal; writes nothing.
 *
 * @returns whether the run is finished; it is not when the person at the keyboard has left before
 * @throws {ResultsError} for what is no run folder, or is damaged, or is of another version
 */
export async function watchRun(path: string, settings: LookSettings): Promise<boolean> {
  const run = await readRun(path);
  const { cells, kind, facts, shard, loadJudge } = storedCells(run);
  const leaving = new AbortController();
  const interruption = abortOnSignals(() => leaving.abort());
  const control = { canPause: false, stays: true, interrupt: () => leaving.abort() };
  const watch = await openWatch({ facts, cells: cells.length, loadJudge, notices: [], control }, settings);
  try {
    await tellWriter(run, watch);
    for await (const event of followCells(cells, kind, resultsOf(run, leaving.signal), shard)) {
      watch.see(event);
    }
    if (leaving.signal.aborted) return false;
    watch.turn('finished');
    await watch.left();
    return true;
  } catch (error) {
    if (error instanceof RangeError) throw misfit(path, error);
    throw error;
  } finally {
    watch.close();
    interruption.stopListening();
  }
}

async function* resultsOf({ path, manifest }: StoredRun, signal: AbortSignal) {
  const isOver = async () => (await folderEntries(path)).includes(runFiles.summary);
  for await (const { record, isOld } of followJournal(join(path, runFiles.journal), hashOf(manifest), {
    isOver,
    signal,
  })) {
    yield { ...record, isOld } as unknown as FollowedChunk<Merged>;
  }
}

/** Says who is writing, if anybody is. */
async function tellWriter({ path, status }: StoredRun, watch: RunWatch): Promise<void> {
  if (status === 'finished') return watch.say(`${visiblePath(path)}: finished`);
  const writer = await writerOf(path);
  if (writer !== null) return watch.say(`${visiblePath(path)}: ${writer} is writing to this folder`);
  watch.say(
    `${visiblePath(path)}: nobody is writing to it; \`norm-growth run\` with the same scenario goes on`,
    'warning',
  );
}
