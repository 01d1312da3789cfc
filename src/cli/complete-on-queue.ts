import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { parseQueueAddress } from '../distribution/queue/queue-address.ts';
import { openQueueExecutor, type QueueExecutor } from '../distribution/queue/queue-executor.ts';
import type { Cell } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { RunEnd } from '../results/run-summary.ts';
import type { PlannedScenario } from '../results/stored-plan.ts';
import { completeRun, type RunMeans } from './complete-run.ts';

/** Lets the workers of a queue run the chunks that a run folder lacks. */
export async function completeOnQueue(
  planned: PlannedScenario,
  queue: string,
  means: Omit<RunMeans<Cell, ChunkSummary>, 'executor' | 'shard'>,
): Promise<RunEnd> {
  const { folder, watch } = means;
  const executor = await openQueueExecutor(parseQueueAddress(queue), {
    planned,
    journal: folder,
    say: (text, level) => watch.say(text, level),
  });
  const { cells } = planned.plan;
  return completeRun(cells, coupledPairs, { ...means, folder: telling(folder, executor), executor });
}

/** The folder; what it is given it tells the queue, too. */
function telling(folder: RunFolder, executor: QueueExecutor): RunFolder {
  return {
    ...folder,
    append: (record) => {
      folder.append(record);
      executor.kept(record);
    },
  };
}
