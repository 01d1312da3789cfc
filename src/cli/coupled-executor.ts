import { type Executor, inProcess } from '../engine/executor.ts';
import { chunkCount, isShort, type Plan } from '../engine/plan.ts';

/** Threads are worth their start only when there are chunks to share. */
export async function executorFor(plan: Plan, workers: number | undefined): Promise<Executor> {
  if (workers === 0 || (workers === undefined && isShort(plan))) return inProcess();
  const chunks = plan.cells.reduce((sum, cell) => sum + chunkCount(cell), 0);
  const { defaultWorkers, workerPool } = await import('../engine/pool.ts');
  return workerPool(Math.min(workers ?? defaultWorkers(), chunks));
}
