import type { Merged } from '../dashboard/snapshot.ts';
import type { Executor } from '../engine/executor.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import { type CellKind, type ChunkResult, runCells } from '../engine/run-plan.ts';
import type { Json } from '../random/canonical-json.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { abortOnSignals } from './interruption.ts';
import type { RunWatch } from './run-watch.ts';

/** What a run is done with. */
interface RunMeans<C, S> {
  readonly folder: RunFolder;
  readonly executor: Executor<C, S>;
  readonly watch: RunWatch;
}

/**
 * Runs the chunks that a run folder lacks, and keeps each when it is done. Closes the executor.
 *
 * @returns the summary of each cell, or null when interrupted
 */
export async function completeRun<C extends ChunkedCell, S extends Merged>(
  cells: readonly C[],
  kind: CellKind<C, S>,
  { folder, executor, watch }: RunMeans<C, S>,
): Promise<S[] | null> {
  const interruption = abortOnSignals(() => {
    watch.turn('stopping');
    watch.say('saving the chunks under way; once more stops at once', 'warning');
  });
  const summaries = new Map<number, S>();
  try {
    const recovered = folder.records() as AsyncIterable<ChunkResult<S>>;
    const held = watch.pause === null ? {} : { pause: watch.pause };
    for await (const event of runCells(cells, kind, { executor, recovered, signal: interruption.signal, ...held })) {
      if (event.type === 'chunk' && !event.isRecovered) {
        const { cell, block } = event.chunk;
        folder.append({ cell, block, summary: event.summary as unknown as Json });
      }
      if (event.type === 'cell') summaries.set(event.cell.index, event.summary);
      watch.see(event);
    }
    await folder.flush();
  } finally {
    interruption.stopListening();
    await executor.close();
  }
  if (summaries.size < cells.length) return null;
  return cells.map((_, index) => summaries.get(index)!);
}
