import type { Merged } from '../dashboard/snapshot.ts';
import type { Cells } from '../engine/cell-list.ts';
import { type CellKind, type ChunkResult, type EngineEvent, isFailure } from '../engine/engine-event.ts';
import type { ChunkFailure, Executor } from '../engine/executor.ts';
import { type ChunkedCell, chunkAddress } from '../engine/plan.ts';
import { runCells } from '../engine/run-plan.ts';
import type { Shard } from '../engine/shard.ts';
import type { Json } from '../random/canonical-json.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { CellFailure, RunEnd, SetAsideChunk } from '../results/run-summary.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { abortOnSignals } from './interruption.ts';
import type { RunWatch } from './run-watch.ts';

/** What a run is done with. */
export interface RunMeans<C, S> {
  readonly folder: RunFolder;
  readonly executor: Executor<C, S>;
  readonly watch: RunWatch;
  /** Whether the first cell that fails ends the run. */
  readonly failFast: boolean;
  /** Which part of the chunks to run; all of them where it is missing. */
  readonly shard?: Shard | undefined;
  /** Takes the summary of a cell once it is whole; null of one that failed. */
  kept(index: number, summary: S | null): Promise<void>;
}

/** When none of so many chunks can be run, the next ones probably cannot either. */
const mostInARow = 32;

/** Runs the chunks that a run folder lacks, and keeps each when it is done. Closes the executor. */
export async function completeRun<C extends ChunkedCell, S extends Merged>(
  cells: Cells<C>,
  kind: CellKind<C, S>,
  { folder, executor, watch, failFast, shard, kept }: RunMeans<C, S>,
): Promise<RunEnd> {
  const stop = new AbortController();
  let isInterrupted = false;
  const interruption = abortOnSignals(() => {
    isInterrupted = true;
    stop.abort();
    watch.turn('stopping');
    watch.say('saving the chunks under way; once more stops at once', 'warning');
  });
  const failures: CellFailure[] = [];
  const setAside: SetAsideChunk[] = [];
  let inARow = 0;
  const putAside = ({ chunk, why }: SetAsideChunk) => {
    setAside.push({ chunk, why });
    watch.say(`set aside: ${visibleText(`${chunkAddress(chunk)}: ${why}`, 300)}`, 'error');
    inARow += 1;
    if (inARow < mostInARow) return;
    watch.say(`${mostInARow} chunks in a row are set aside: the run stops`, 'error');
    stop.abort();
  };
  const fail = (cell: number, { failure, replicate }: ChunkFailure) => {
    failures.push({ cell, replicate, message: failure });
    watch.say(`failed: ${visibleText(failure, 300)}`, 'error');
    if (failFast) stop.abort();
  };
  const keep = ({ chunk: { cell, block }, summary }: Extract<EngineEvent<C, S>, { type: 'chunk' }>) => {
    try {
      folder.append({ cell, block, summary: summary as unknown as Json });
    } catch (error) {
      // What waits for a worker elsewhere need not be waited for.
      stop.abort();
      throw error;
    }
  };
  try {
    const recovered = folder.records() as AsyncIterable<ChunkResult<S>>;
    const held = watch.pause === null ? {} : { pause: watch.pause };
    for await (const event of runCells(cells, kind, { executor, recovered, signal: stop.signal, shard, ...held })) {
      if (event.type === 'set aside') putAside(event);
      if (event.type === 'chunk') inARow = 0;
      if (event.type === 'chunk' && !event.isRecovered) keep(event);
      // A shard does not see its cells fail: others may have chunks before this one.
      if (shard !== undefined && event.type === 'chunk' && isFailure(event.summary))
        fail(event.chunk.cell, event.summary);
      if (event.type === 'cell') await kept(event.cell.index, event.summary);
      if (event.type === 'failure') {
        await kept(event.cell.index, null);
        if (shard === undefined) fail(event.cell.index, event);
      }
      watch.see(event);
    }
    await folder.flush();
  } finally {
    interruption.stopListening();
    await executor.close();
  }
  const inOrder = failures.toSorted((a, b) => a.cell - b.cell);
  const isFailed = failFast && failures.length > 0;
  const isIncomplete = setAside.length > 0;
  const stopped = isInterrupted ? 'interrupted' : isFailed ? 'failed' : isIncomplete ? 'incomplete' : null;
  return { failures: inOrder, setAside, stopped };
}
