import type { ChunkedCell } from '../engine/plan.ts';
import type { EngineEvent } from '../engine/run-plan.ts';

/** Shows on stderr how many of a run's replicates are done. */
export async function openCellProgress(
  cells: readonly ChunkedCell[],
  unit: string,
  isShown: boolean,
): Promise<{ see(event: EngineEvent<unknown, unknown>): void; close(): void }> {
  if (!isShown) return { see: () => {}, close: () => {} };
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    format: `{percentage} %, {value} of {total} ${unit} done, {eta_formatted} left`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: null,
  });
  bar.start(
    cells.reduce((sum, { replicates }) => sum + replicates, 0),
    0,
  );
  return {
    see: (event) => {
      if (event.type === 'chunk') bar.increment(event.chunk.replicates);
    },
    close: () => bar.stop(),
  };
}
