import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkFailure } from '../../engine/executor.ts';
import type { PlannedScenario } from '../../results/stored-plan.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import { connectionOptions, keyPrefix, openConnection } from './connection.ts';
import { type ChunkJob, jobId } from './job.ts';
import { putPlan, type SentPlan, sentPlan } from './plan-store.ts';
import { ownProgram, type QueueProgram, queueName } from './program.ts';
import type { QueueAddress } from './queue-address.ts';
import { QueueError } from './queue-error.ts';
import { serverWarnings } from './server-check.ts';
import type { QueueSettings } from './settings.ts';

/** Events that Redis keeps for a sender that is away; each holds a summary. */
const keptEvents = 1000;

/** BullMQ's own closing waits for a server that is away. */
const closingMs = 2000;

/** What of a run the queue needs. */
export interface QueuedRun {
  readonly planned: PlannedScenario;
  readonly journal: QueueJournal;
  /** Tells a person something about the queue. */
  say(text: string, level?: 'warning' | 'error'): void;
}

/** The journal of the run: see RunFolder. */
interface QueueJournal {
  append(record: KeptRecord): void;
  flush(): Promise<void>;
}

interface KeptRecord {
  readonly cell: number;
  readonly block: number;
  readonly summary: ChunkSummary | ChunkFailure;
}

/** What the sender of a run's chunks has open, and the run. */
export class OpenedQueue {
  readonly client: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly plan: SentPlan;
  readonly program: QueueProgram;
  readonly run: QueuedRun;
  readonly settings: QueueSettings;
  /** Whether an earlier sender of this plan may have left chunks and results. */
  readonly isTakenOver: boolean;
  isClosed = false;
  #lastRefusal = '';

  private constructor(parts: Parts) {
    this.client = parts.client;
    this.queue = parts.queue;
    this.events = parts.events;
    this.plan = parts.plan;
    this.program = parts.program;
    this.run = parts.run;
    this.settings = parts.settings;
    this.isTakenOver = parts.isTakenOver;
  }

  /** @throws {QueueError} when the server cannot be reached, or refuses what a queue needs */
  static async open(address: QueueAddress, run: QueuedRun, settings: QueueSettings): Promise<OpenedQueue> {
    const client = await openConnection(address, settings.patienceMs, run.say);
    const closers: (() => Promise<unknown>)[] = [];
    try {
      const program = await ownProgram();
      for (const warning of await serverWarnings(client, address.shown)) run.say(warning, 'warning');
      const connection = connectionOptions(address);
      const options = { connection, prefix: keyPrefix, skipVersionCheck: true };
      const queue = new Queue(queueName(program), {
        ...options,
        // What is asked for at once is written at once.
        connection: { ...connection, enableAutoPipelining: true },
        streams: { events: { maxLen: keptEvents } },
      });
      closers.push(() => queue.close());
      const events = new QueueEvents(queueName(program), { ...options, autorun: false });
      closers.push(() => events.close());
      // The connection that is watched says it for all of them.
      queue.on('error', () => {});
      events.on('error', () => {});
      await queue.waitUntilReady();
      const plan = sentPlan(run.planned);
      const isTakenOver = await putPlan(client, plan, program);
      return new OpenedQueue({ client, queue, events, plan, program, run, settings, isTakenOver });
    } catch (error) {
      for (const close of closers) await within(closingMs, close());
      client.disconnect();
      throw new QueueError(`the queue at ${address.shown} refuses: ${visibleText((error as Error).message, 200)}`);
    }
  }

  get isReady(): boolean {
    return this.client.status === 'ready';
  }

  /** Sends chunks; one that is there already stays as it is. */
  async send(jobs: readonly ChunkJob[]): Promise<void> {
    const { attempts, retryMs } = this.settings;
    // The server may have lost it, or another sender of the same plan may have been done with it.
    await this.putPlan();
    const backoff = { type: 'fixed', delay: retryMs };
    await this.queue.addBulk(
      jobs.map((data) => ({
        name: 'chunk',
        data,
        opts: { jobId: jobId(data), attempts, backoff, removeOnComplete: false, removeOnFail: false },
      })),
    );
  }

  /** Sends chunks anew; what is left of earlier ones goes first, for under its name nothing new is taken. */
  async sendAnew(jobs: readonly ChunkJob[]): Promise<void> {
    await this.remove(jobs.map(jobId));
    await this.send(jobs);
  }

  async putPlan(): Promise<void> {
    await putPlan(this.client, this.plan, this.program);
  }

  /** Removes chunks; those that a worker has are locked, and stay. */
  async remove(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.queue.remove(id)));
  }

  /** What the server refuses, for lack of memory or disk, the next look tries again. */
  async trying(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const text = `the queue refuses: ${visibleText((error as Error).message, 200)}; it is tried again`;
      // Of its absence the connection tells.
      if (!this.isClosed && this.isReady && text !== this.#lastRefusal) this.run.say(text, 'warning');
      this.#lastRefusal = text;
    }
  }

  /** Ends the listening, lets what is left be cleared, and closes. */
  async close(clear: () => Promise<void>): Promise<void> {
    await within(closingMs, this.events.close());
    try {
      // A server that is away keeps what it has for the next run of this plan.
      if (this.isReady) await clear();
    } finally {
      await within(closingMs, this.queue.close());
      this.client.disconnect();
    }
  }
}

type Parts = Pick<OpenedQueue, 'client' | 'queue' | 'events' | 'plan' | 'program' | 'run' | 'settings' | 'isTakenOver'>;

/** Settles when a promise has, or so many milliseconds later. */
function within(milliseconds: number, promise: Promise<unknown>): Promise<unknown> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
