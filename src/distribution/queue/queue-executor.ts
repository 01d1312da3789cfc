import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkAnswer, ChunkFailure, Executor } from '../../engine/executor.ts';
import { type Cell, type Chunk, chunkAt, chunkCount } from '../../engine/plan.ts';
import type { PlannedScenario } from '../../results/stored-plan.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import { parseAnswer } from './chunk-answer.ts';
import { connectionOptions, keyPrefix, openConnection } from './connection.ts';
import { type ChunkJob, jobId } from './job.ts';
import { awaitedPrograms, plansKey, putPlan, removePlan, type SentPlan, sentPlan } from './plan-store.ts';
import { ownProgram, programText, type QueueProgram, queueName } from './program.ts';
import type { QueueAddress } from './queue-address.ts';
import { QueueError } from './queue-error.ts';
import { serverWarnings } from './server-check.ts';
import { type QueueSettings, queueSettings } from './settings.ts';

/** So many chunks are sent ahead: enough for 128 threads, wherever they are, to have another one waiting for each. */
const sentAhead = 256;

/** How often results that the journal has are removed from Redis. */
const removeEveryMs = 250;

/** From the first to the last. */
const all = [0, -1] as const;

/** Events that Redis keeps for a sender that is away; each holds a summary. */
const keptEvents = 1000;

/** What of a run the queue needs. */
export interface QueuedRun {
  readonly planned: PlannedScenario;
  readonly journal: QueueJournal;
  /** Tells a person something about the queue. */
  say(text: string, level?: 'warning' | 'error'): void;
  /** A chunk was given up in this run, and why. */
  leftOut(chunk: Chunk, why: string): void;
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
    return new RunQueue({ client, queue, events, plan, program, run, settings, isTakenOver });
  } catch (error) {
    for (const close of closers) await within(closingMs, close());
    client.disconnect();
    throw new QueueError(`the queue at ${address.shown} refuses: ${visibleText((error as Error).message, 200)}`);
  }
}

interface Opened {
  readonly client: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly plan: SentPlan;
  readonly program: QueueProgram;
  readonly run: QueuedRun;
  readonly settings: QueueSettings;
  /** Whether an earlier sender of this plan may have left chunks and results. */
  readonly isTakenOver: boolean;
}

/** A chunk that was asked for and has not come back. */
interface Awaited {
  readonly cell: Cell;
  readonly chunk: Chunk;
  readonly answer: (answer: ChunkAnswer<ChunkSummary> | null) => void;
  /** Answers to it that were none. */
  refused: number;
}

class RunQueue implements QueueExecutor {
  readonly concurrency = sentAhead;
  readonly #opened: Opened;
  readonly #awaited = new Map<string, Awaited>();
  readonly #workers = new Map<string, number>();
  readonly #timers: NodeJS.Timeout[];
  #unsent: ChunkJob[] = [];
  #kept: string[] = [];
  #removal: Promise<void> = Promise.resolve();
  #lastAnswerMs = performance.now();
  #hasAnswers = false;
  #lastRefusal = '';
  #heeded: AbortSignal | undefined;
  #isStopping = false;
  #isClosed = false;

  constructor(opened: Opened) {
    const { client, events, settings } = opened;
    this.#opened = opened;
    events.on('completed', ({ jobId, returnvalue }) => this.#seeAnswer(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => this.#seeFailure(jobId, failedReason));
    // What came while the server was away has no event.
    client.on('ready', () => this.#trying(() => this.#look()));
    this.#timers = [
      setInterval(() => this.#trying(() => this.#topUp()), settings.topUpMs / 2),
      setInterval(() => this.#removeKept(), removeEveryMs),
    ];
    this.#listen();
  }

  run(cell: Cell, chunk: Chunk, signal?: AbortSignal): Promise<ChunkAnswer<ChunkSummary> | null> {
    const job = { plan: this.#opened.plan.hash, cell: chunk.cell, block: chunk.block };
    const { promise, resolve } = Promise.withResolvers<ChunkAnswer<ChunkSummary> | null>();
    if (this.#awaited.size === 0) this.#lastAnswerMs = performance.now();
    this.#awaited.set(jobId(job), { cell, chunk, answer: resolve, refused: 0 });
    if (this.#unsent.length === 0) setImmediate(() => this.#trying(() => this.#send()));
    this.#unsent.push(job);
    this.#heed(signal);
    return promise;
  }

  kept({ cell, block }: { readonly cell: number; readonly block: number }): void {
    this.#kept.push(jobId({ plan: this.#opened.plan.hash, cell, block }));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { client, queue, events } = this.#opened;
    for (const timer of this.#timers) clearInterval(timer);
    await within(closingMs, events.close());
    try {
      // A server that is away keeps what it has for the next run of this plan.
      if (client.status === 'ready') await this.#clear();
    } finally {
      await within(closingMs, queue.close());
      client.disconnect();
    }
  }

  /** An event that is no JSON, as only a stranger would write, ends the listening: it begins again after that event. */
  async #listen(): Promise<void> {
    const { events, settings } = this.#opened;
    while (!this.#isClosed) {
      try {
        await events.run();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, settings.topUpMs / 2));
      }
    }
  }

  /** Sends what was asked for since the last time, all at once. */
  async #send(): Promise<void> {
    const jobs = this.#unsent;
    this.#unsent = [];
    if (jobs.length === 0) return;
    await this.#add(jobs);
    // A chunk that was there already may have been answered before anyone listened.
    if (this.#opened.isTakenOver) await this.#look(jobs.map(jobId));
  }

  async #add(jobs: readonly ChunkJob[]): Promise<void> {
    const { client, plan, program, settings } = this.#opened;
    const { attempts, retryMs } = settings;
    // The server may have lost it, or another sender of the same plan may have been done with it.
    await putPlan(client, plan, program);
    const backoff = { type: 'fixed', delay: retryMs };
    await this.#opened.queue.addBulk(
      jobs.map((data) => ({
        name: 'chunk',
        data,
        opts: { jobId: jobId(data), attempts, backoff, removeOnComplete: false, removeOnFail: false },
      })),
    );
  }

  #seeAnswer(id: string, value: unknown): void {
    const awaited = this.#awaited.get(id);
    if (awaited === undefined) return;
    const answer = parseAnswer(value, awaited.cell, awaited.chunk);
    if (answer === null) {
      this.#trying(() => this.#refuse(id, awaited));
      return;
    }
    const { by, ...outcome } = answer;
    this.#seen();
    this.#awaited.delete(id);
    awaited.answer({ ...outcome, worker: this.#workerNumber(by) });
  }

  /** The workers are numbered in the order of their first answers. */
  #workerNumber(by: string): number {
    const known = this.#workers.get(by) ?? this.#workers.size + 1;
    this.#workers.set(by, known);
    return known;
  }

  #seeFailure(id: string, reason: string): void {
    const awaited = this.#awaited.get(id);
    if (awaited === undefined) return;
    const isStalled = reason.startsWith('job stalled more than');
    const deaths = this.#opened.settings.mostDeaths + 1;
    const why = isStalled ? `its worker died or fell silent ${deaths} times` : visibleText(reason, 200);
    this.#trying(() => this.#leaveOut(id, awaited, why));
  }

  /** What was no answer is thrown away, and the chunk sent again. */
  async #refuse(id: string, awaited: Awaited): Promise<void> {
    awaited.refused += 1;
    const { attempts } = this.#opened.settings;
    if (awaited.refused >= attempts) {
      await this.#leaveOut(id, awaited, `its answer was no summary of it, ${attempts} times`);
      return;
    }
    await this.#opened.queue.remove(id);
    await this.#add([this.#jobOf(awaited)]);
  }

  async #leaveOut(id: string, awaited: Awaited, why: string): Promise<void> {
    this.#seen();
    this.#awaited.delete(id);
    this.#opened.run.leftOut(awaited.chunk, why);
    // First, because the server may refuse the rest.
    awaited.answer(null);
    await this.#opened.queue.remove(id);
  }

  #seen(): void {
    this.#lastAnswerMs = performance.now();
    this.#hasAnswers = true;
  }

  #jobOf({ chunk: { cell, block } }: Awaited): ChunkJob {
    return { plan: this.#opened.plan.hash, cell, block };
  }

  /** When nothing has come for a while, Redis is asked what became of the chunks. */
  async #topUp(): Promise<void> {
    const { client, plan, program, settings, run } = this.#opened;
    const idleMs = performance.now() - this.#lastAnswerMs;
    if (this.#isStopping && client.status !== 'ready') {
      for (const id of [...this.#awaited.keys()]) this.#abandon(id);
      return;
    }
    if (this.#awaited.size === 0 || idleMs < settings.topUpMs || client.status !== 'ready') return;
    if (!this.#hasAnswers && idleMs > 2 * settings.topUpMs) {
      this.#hasAnswers = true;
      run.say(
        `no answers yet; workers of this program are wanted: norm-growth worker --queue … (${programText(program)})`,
      );
    }
    if (this.#isStopping && idleMs > settings.lockMs + settings.stalledMs) {
      for (const id of [...this.#awaited.keys()]) this.#abandon(id);
      return;
    }
    await putPlan(client, plan, program);
    await this.#look();
  }

  /** Takes answers that are there, and sends again what is not there. */
  async #look(ids: readonly string[] = [...this.#awaited.keys()]): Promise<void> {
    const { client, queue } = this.#opened;
    if (ids.length === 0 || this.#isClosed) return;
    const question = client.pipeline();
    for (const id of ids) question.hmget(queue.toKey(id), 'data', 'finishedOn', 'returnvalue', 'failedReason');
    const found = (await question.exec()) ?? [];
    const missing: ChunkJob[] = [];
    for (const [index, [error, fields]] of found.entries()) {
      const awaited = this.#awaited.get(ids[index]);
      if (error !== null || awaited === undefined) continue;
      const [data, finishedOn, returned, failed] = fields as (string | null)[];
      if (data === null && this.#isStopping) this.#abandon(ids[index]);
      else if (data === null) missing.push(this.#jobOf(awaited));
      else if (finishedOn !== null && failed !== null && returned === null) this.#seeFailure(ids[index], failed);
      else if (finishedOn !== null) this.#seeAnswer(ids[index], jsonOf(returned));
    }
    if (missing.length > 0) await this.#add(missing);
  }

  /** What the server refuses, for lack of memory or disk, the next top-up tries again. */
  async #trying(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const { client, run } = this.#opened;
      const text = `the queue refuses: ${visibleText((error as Error).message, 200)}; it is tried again`;
      // Of its absence the connection tells.
      if (!this.#isClosed && client.status === 'ready' && text !== this.#lastRefusal) run.say(text, 'warning');
      this.#lastRefusal = text;
    }
  }

  #heed(signal: AbortSignal | undefined): void {
    if (signal === undefined || this.#heeded === signal) return;
    this.#heeded = signal;
    signal.addEventListener('abort', () => this.#trying(() => this.#stop()), { once: true });
  }

  /** Takes back what no worker has begun; what is under way is waited for. */
  async #stop(): Promise<void> {
    const { client, queue } = this.#opened;
    this.#isStopping = true;
    this.#unsent = [];
    const ids = [...this.#awaited.keys()];
    if (client.status !== 'ready') {
      for (const id of ids) this.#abandon(id);
      return;
    }
    await this.#look(ids);
    await Promise.all(
      ids.map(async (id) => {
        // A chunk that a worker has is locked, and stays.
        if (this.#awaited.has(id) && (await queue.remove(id)) === 1) this.#abandon(id);
      }),
    );
  }

  #abandon(id: string): void {
    const awaited = this.#awaited.get(id);
    this.#awaited.delete(id);
    awaited?.answer(null);
  }

  /** Removes the results that the journal has, once they are durable. */
  #removeKept(): void {
    if (this.#kept.length === 0) return;
    const ids = this.#kept;
    this.#kept = [];
    this.#removal = this.#removal.then(async () => {
      const { run, queue } = this.#opened;
      try {
        await run.journal.flush();
      } catch {
        // The results stay where they are. The journal throws the same at the next chunk, where it ends the run.
        return;
      }
      await this.#trying(async () => void (await Promise.all(ids.map((id) => queue.remove(id)))));
    });
  }

  /** Removes what is left of the plan; results that came twice are held against the journal. */
  async #clear(): Promise<void> {
    const { client, plan, queue, run } = this.#opened;
    this.#removeKept();
    await this.#removal;
    await run.journal.flush();
    const isOurs = (id: string) => id.startsWith(`${plan.hash}-`);
    const finished = (await queue.getRanges(['completed'], ...all)).filter(isOurs);
    for (const id of finished) await this.#compare(id);
    await run.journal.flush();
    const others = (await queue.getRanges(['wait', 'delayed', 'prioritized', 'failed'], ...all)).filter(isOurs);
    await Promise.all([...finished, ...others].map((id) => queue.remove(id)));
    await removePlan(client, plan);
    await this.#removeQueue();
  }

  /** @throws {ResultsError} when the journal has the chunk otherwise */
  async #compare(id: string): Promise<void> {
    const { client, plan, queue, run } = this.#opened;
    const [cellIndex, block] = id
      .slice(plan.hash.length + 1)
      .split('-')
      .map(Number);
    const cell = run.planned.plan.cells.at(cellIndex);
    if (cell === undefined || !(block < chunkCount(cell))) return;
    const answer = parseAnswer(jsonOf(await client.hget(queue.toKey(id), 'returnvalue')), cell, chunkAt(cell, block));
    if (answer === null) return;
    const { by: _by, ...outcome } = answer;
    run.journal.append({ cell: cellIndex, block, summary: 'summary' in outcome ? outcome.summary : outcome });
  }

  /** Removes the queue itself when no other plan uses it. */
  async #removeQueue(): Promise<void> {
    const { client, queue, program } = this.#opened;
    const { active, ...keys } = queue.keys;
    // Another sender may come in between: it writes its plan first, and then nothing is removed.
    await client.watch(plansKey, active);
    const isUsed = (await awaitedPrograms(client)).has(program.fingerprint) || (await client.llen(active)) > 0;
    if (isUsed) await client.unwatch();
    else
      await client
        .multi()
        .del(...Object.values(keys))
        .exec();
  }
}

/** BullMQ's own closing waits for a server that is away. */
const closingMs = 2000;

/** Settles when a promise has, or so many milliseconds later. */
function within(milliseconds: number, promise: Promise<unknown>): Promise<unknown> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What a text says; undefined where it is not JSON. */
function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
