import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkAnswer, Executor, SetAside } from '../../engine/executor.ts';
import type { Cell, Chunk } from '../../engine/plan.ts';
import { AnswerListener } from './answer-listener.ts';
import { AwaitedChunks } from './awaited-chunks.ts';
import { ChunkSender } from './chunk-sender.ts';
import { type ChunkJob, jobId } from './job.ts';
import { OpenedQueue, type QueuedRun } from './opened-queue.ts';
import type { QueueAddress } from './queue-address.ts';
import { QueueLeftovers } from './queue-leftovers.ts';
import { type QueueSettings, queueSettings } from './settings.ts';

/** So many chunks are sent ahead: enough for 128 threads, wherever they are, to have another one waiting for each. */
const sentAhead = 256;

/** How often results that the journal has are removed from Redis. */
const removeEveryMs = 250;

/** An executor whose chunks are run by workers that take them from a queue. */
export interface QueueExecutor extends Executor {
  /** The journal has a chunk: its result may be removed from Redis once it is durable. */
  kept(record: { readonly cell: number; readonly block: number }): void;
}

/**
 * Connects to a queue. The journal of the run is the truth and the queue a cache: a chunk is sent under its address, as
 * often as it takes; what an earlier sender has sent is taken over; what Redis has lost is sent again.
 *
 * @throws {QueueError} when the server cannot be reached, or refuses what a queue needs
 */
export async function openQueueExecutor(
  address: QueueAddress,
  run: QueuedRun,
  settings: QueueSettings = queueSettings,
): Promise<QueueExecutor> {
  return new RunQueue(await OpenedQueue.open(address, run, settings));
}

class RunQueue implements QueueExecutor {
  readonly concurrency = sentAhead;
  readonly #opened: OpenedQueue;
  readonly #awaited = new AwaitedChunks();
  readonly #sender: ChunkSender;
  readonly #leftovers: QueueLeftovers;
  readonly #timers: NodeJS.Timeout[];
  #heeded: AbortSignal | undefined;

  constructor(opened: OpenedQueue) {
    this.#opened = opened;
    this.#sender = new ChunkSender(opened, this.#awaited, new AnswerListener(opened, this.#awaited));
    this.#leftovers = new QueueLeftovers(opened);
    this.#timers = [
      setInterval(() => opened.trying(() => this.#sender.topUp()), opened.settings.topUpMs / 2),
      setInterval(() => this.#leftovers.removeKept(), removeEveryMs),
    ];
  }

  run(cell: Cell, chunk: Chunk, signal?: AbortSignal): Promise<ChunkAnswer<ChunkSummary> | SetAside | null> {
    const job = this.#jobOf(chunk);
    const answer = this.#awaited.add(jobId(job), cell, chunk);
    this.#sender.send(job);
    this.#heed(signal);
    return answer;
  }

  kept(record: { readonly cell: number; readonly block: number }): void {
    this.#leftovers.kept(jobId(this.#jobOf(record)));
  }

  async close(): Promise<void> {
    if (this.#opened.isClosed) return;
    this.#opened.isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#opened.close(() => this.#leftovers.clear());
  }

  #jobOf({ cell, block }: { readonly cell: number; readonly block: number }): ChunkJob {
    return { plan: this.#opened.plan.hash, cell, block };
  }

  #heed(signal: AbortSignal | undefined): void {
    if (signal === undefined || this.#heeded === signal) return;
    this.#heeded = signal;
    signal.addEventListener('abort', () => this.#opened.trying(() => this.#sender.stop()), { once: true });
  }
}
