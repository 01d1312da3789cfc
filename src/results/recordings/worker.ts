import { threadId } from 'node:worker_threads';
import { workerData } from 'piscina';
import { answerOf } from '../../engine/executor.ts';
import type { Chunk } from '../../engine/plan.ts';
import type { WorkerAnswer } from '../../engine/pool.ts';
import type { FidelityCell, FidelitySummary } from '../../fidelity/fidelity-cell.ts';
import { openEpochChannel, tellEpoch } from '../../trainer/epoch-channel.ts';
import type { ToldEpoch } from '../../trainer/training-summary.ts';
import { ResultsError } from '../results-error.ts';
import { type RecordingSetting, runRecorded } from './recording-executor.ts';

const channel = openEpochChannel();

/** What a pool worker does with a message. The recording is written here; the rest is data in, data out. */
export function work({ cell, chunk }: { cell: FidelityCell; chunk: Chunk }): WorkerAnswer<FidelitySummary> {
  const tell = (told: ToldEpoch) => tellEpoch(channel, chunk, told);
  try {
    return answerOf(threadId, () => runRecorded(cell, chunk, workerData as RecordingSetting, tell));
  } catch (error) {
    // An error's class does not survive the way between threads.
    if (error instanceof ResultsError) return { stop: error.message };
    throw error;
  }
}
