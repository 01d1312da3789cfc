import { threadId } from 'node:worker_threads';
import { workerData } from 'piscina';
import { type ChunkTask, takeUp } from '../../engine/chunk-task.ts';
import type { WorkerAnswer } from '../../engine/executor.ts';
import type { FidelityCell, FidelitySummary } from '../../fidelity/fidelity-cell.ts';
import { openEpochChannel, tellEpoch } from '../../trainer/epoch-channel.ts';
import type { ToldEpoch } from '../../trainer/training-summary.ts';
import { type RecordingSetting, recordedAnswer, runRecorded } from './recording-executor.ts';

const channel = openEpochChannel();

/** What a pool worker does with a message. The recording is written here; the rest is data in, data out. */
export function work(task: ChunkTask<FidelityCell>): WorkerAnswer<FidelitySummary> {
  takeUp(task);
  const { cell, chunk } = task;
  const tell = (told: ToldEpoch) => tellEpoch(channel, chunk, told);
  return recordedAnswer(threadId, () => runRecorded(cell, chunk, workerData as RecordingSetting, tell));
}
