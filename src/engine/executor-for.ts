import { type Executor, inProcess } from './executor.ts';
import { chunkCount, isShort, type Plan } from './plan.ts';

/** Threads are worth their start only when there are chunks to share. */
export async function executorFor(plan: Plan, workers: number | undefined, chunkTimeoutMs?: number): Promise<Executor> {
  if (workers === 0 || (workers === undefined && isShort(plan))) return inProcess();
  const { defaultWorkers, workerPool } = await import('./pool.ts');
  return workerPool(
    chunksUpTo(workers ?? defaultWorkers(), plan),
    chunkTimeoutMs === undefined ? {} : { chunkTimeoutMs },
  );
}

/** How many chunks a plan has, or the limit where it has more. */
function chunksUpTo(limit: number, { cells }: Plan): number {
  let chunks = 0;
  for (const cell of cells) {
    chunks += chunkCount(cell);
    if (chunks >= limit) return limit;
  }
  return chunks;
}
