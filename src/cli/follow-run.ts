import { join } from 'node:path';
import type { Merged } from '../dashboard/snapshot.ts';
import type { EngineEvent, FollowedChunk } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import { followCells } from '../engine/run-plan.ts';
import { hashOf } from '../random/canonical-json.ts';
import { followJournal } from '../results/follow-journal.ts';
import { folderEntries, runFiles, type StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { misfit, type StoredCells } from './stored-facts.ts';

/**
 * What comes of a run, as its journal tells, until it is finished or the signal comes.
 *
 * @throws {ResultsError} for a journal that is damaged, is of another plan, or lacks chunks of a run that is finished
 */
export async function* followRun(
  run: StoredRun,
  { cells, kind, shard }: StoredCells,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent<ChunkedCell, Merged>> {
  let ended = 0;
  try {
    for await (const event of followCells(cells, kind, resultsOf(run, signal), shard)) {
      if (event.type === 'cell' || event.type === 'failure') ended += 1;
      yield event;
    }
  } catch (error) {
    if (error instanceof RangeError) throw misfit(run.path, error);
    throw error;
  }
  // Of a shard no cell may be whole.
  if (signal.aborted || shard !== undefined || ended === cells.length) return;
  const lacking = cells.length - ended;
  throw new ResultsError(
    `${visiblePath(run.path)}: is finished, but its journal lacks chunks of ${lacking} of ${cells.length} cells; restore it`,
  );
}

async function* resultsOf({ path, manifest }: StoredRun, signal: AbortSignal) {
  const isOver = () => isFinished(path);
  for await (const { record, isOld } of followJournal(join(path, runFiles.journal), hashOf(manifest), {
    isOver,
    signal,
  })) {
    yield { ...record, isOld } as unknown as FollowedChunk<Merged>;
  }
}

/** Whether a run has its summary. */
export async function isFinished(path: string): Promise<boolean> {
  return (await folderEntries(path)).includes(runFiles.summary);
}
