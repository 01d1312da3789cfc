import { type Executor, inProcess } from './executor.ts';
import { chunkCount, isShort, type Plan } from './plan.ts';

/** Threads are worth their start only when there are chunks to share. */
export async function executorFor(plan: Plan, workers: number | undefined): Promise<Executor> {
  if (workers === 0 || (workers === undefined && isShort(plan))) return inProcess();
  const chunks = plan.cells.reduce((sum, cell) => sum + chunkCount(cell), 0);
  const { defaultWorkers, workerPool } = await import('./pool.ts');
  return workerPool(Math.min(workers ?? defaultWorkers(), chunks));
}
