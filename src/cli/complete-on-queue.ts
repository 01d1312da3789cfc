import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { parseQueueAddress } from '../distribution/queue/queue-address.ts';
import { openQueueExecutor, type QueueExecutor } from '../distribution/queue/queue-executor.ts';
import type { Cell, Chunk } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { RunEnd } from '../results/run-summary.ts';
import type { PlannedScenario } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { completeRun, type RunMeans } from './complete-run.ts';

/** Lets the workers of a queue run the chunks that a run folder lacks. */
export async function completeOnQueue(
  planned: PlannedScenario,
  queue: string,
  means: Omit<RunMeans<Cell, ChunkSummary>, 'executor' | 'shard'>,
): Promise<RunEnd> {
  const { folder, watch } = means;
  let leftOut = 0;
  const executor = await openQueueExecutor(parseQueueAddress(queue), {
    planned,
    journal: folder,
    say: (text, level) => watch.say(text, level),
    leftOut: (chunk, why) => {
      leftOut += 1;
      watch.say(`set aside: ${chunkText(chunk)}: ${why}; norm-growth replay ${replayWords(folder, chunk)}`, 'error');
    },
  });
  const { cells } = planned.plan;
  const end = await completeRun(cells, coupledPairs, { ...means, folder: telling(folder, executor), executor });
  return leftOut > 0 && end.stopped === null ? { ...end, stopped: 'incomplete' } : end;
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

function chunkText({ cell, block, first, replicates }: Chunk): string {
  return `cell ${cell}, chunk ${block} (pairs ${first} to ${first + replicates - 1})`;
}

function replayWords({ path }: RunFolder, { cell, first }: Chunk): string {
  return `${visiblePath(path)} --cell ${cell} --pair ${first}`;
}
