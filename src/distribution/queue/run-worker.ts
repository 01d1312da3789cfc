import { randomBytes } from 'node:crypto';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Executor } from '../../engine/executor.ts';
import { chunkAt, chunkCount } from '../../engine/plan.ts';
import type { PlannedScenario } from '../../results/stored-plan.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import type { SentAnswer } from './chunk-answer.ts';
import { connectionOptions, keyPrefix, openConnection } from './connection.ts';
import { type ChunkJob, parseJob } from './job.ts';
import { awaitedPrograms, fetchPlan } from './plan-store.ts';
import { ownProgram, programDifference, programText, type QueueProgram, queueName } from './program.ts';
import { Quarantine } from './quarantine.ts';
import type { QueueAddress } from './queue-address.ts';
import { QueueError } from './queue-error.ts';
import { type QueueSettings, queueSettings } from './settings.ts';

/** How often a worker looks whether plans wait for another program. */
const lookEveryMs = 5000;

/** What a worker is to do. */
interface WorkerRequest {
  readonly address: QueueAddress;
  /** What computes, on other threads than this one: whoever is silent for long is taken for dead. Is closed at the end. */
  readonly pool: Executor;
  /** When it is aborted, the chunks under way are finished, and the worker ends. */
  readonly signal: AbortSignal;
  say(text: string): void;
}

/**
 * Takes chunks from a queue, computes them and sends back what became of them, until it is told to end.
 *
 * @returns how many chunks it has computed
 * @throws {QueueError} when the server cannot be reached at the start, is too old, or refuses what a worker does; one that
 *   goes away later is waited for
 */
export async function runWorker(request: WorkerRequest, settings: QueueSettings = queueSettings): Promise<number> {
  const { address, pool, say } = request;
  try {
    const client = await openConnection(address, settings.patienceMs, say);
    try {
      return await serve(client, request, settings);
    } finally {
      client.disconnect();
    }
  } finally {
    await pool.close();
  }
}

async function serve(
  client: Redis,
  { address, pool, signal, say }: WorkerRequest,
  settings: QueueSettings,
): Promise<number> {
  const program = await ownProgram();
  const compute = new ChunkComputer(client, pool, settings);
  const worker = new Worker(queueName(program), (job, token) => compute.answer(job, token), {
    connection: connectionOptions(address),
    prefix: keyPrefix,
    skipVersionCheck: true,
    concurrency: pool.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledMs,
    maxStalledCount: settings.mostDeaths,
  });
  const { promise: refused, reject: refuse } = Promise.withResolvers<never>();
  let lastSaid = '';
  worker.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    const text = visibleText(message, 200);
    if (refusals.test(message)) refuse(new QueueError(`the queue at ${address.shown} refuses: ${text}`));
    // Of the server's absence the connection that is watched tells; BullMQ repeats itself without a pause.
    else if (client.status === 'ready' && code === undefined && text !== lastSaid) say(`queue: ${text}`);
    lastSaid = text;
  });
  say(`serving the queue at ${address.shown}: ${programText(program)}`);
  const strangers = new StrangePlans(client, program, say);
  const timer = setInterval(() => strangers.look(), lookEveryMs);
  try {
    await strangers.look();
    await Promise.race([aborted(signal), refused]);
  } finally {
    clearInterval(timer);
    await worker.close();
  }
  return compute.done;
}

/** What a server answers to who lacks a permission, and a copy to who would write: trying again does not help. */
const refusals = /^(NOPERM|READONLY)\b/;

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

/** From so many deaths of its workers on a chunk runs alone: until then it may have died with another. */
const deathsOfSuspects = 2;

/** For how long a chunk goes back to the queue that came while another ran alone. */
const givenBackMs = 200;

/** A chunk whose plan is not there is asked for again after at most so many times the usual pause. */
const mostPauses = 60;

/** Plans that are kept expanded. */
const mostPlans = 4;

/** Answers jobs. Nothing of a job is believed before it is checked: anyone may write to the queue. */
class ChunkComputer {
  done = 0;
  readonly #client: Redis;
  readonly #pool: Executor;
  readonly #quarantine = new Quarantine();
  readonly #by = randomBytes(4).toString('hex');
  readonly #retryMs: number;
  readonly #plans = new Map<string, Promise<PlannedScenario | null>>();

  constructor(client: Redis, pool: Executor, { retryMs }: QueueSettings) {
    this.#client = client;
    this.#pool = pool;
    this.#retryMs = retryMs;
  }

  /**
   * A chunk that has outlived workers runs alone; what comes meanwhile goes back to the queue, not begun. So does a chunk
   * whose plan is not there: its sender may be about to put it back.
   */
  async answer(job: Job, token: string | undefined): Promise<SentAnswer> {
    const isSuspect = job.stalledCounter >= deathsOfSuspects;
    const answer = await this.#quarantine.run(isSuspect, () => this.#compute(job));
    if (answer !== null && answer !== 'no plan') return answer;
    const pauseMs = answer === null ? givenBackMs : this.#retryMs * Math.min(mostPauses, job.attemptsStarted);
    // That is no attempt.
    await job.moveToDelayed(Date.now() + pauseMs, token);
    throw new DelayedError();
  }

  async #compute({ data, id }: Job): Promise<SentAnswer | 'no plan'> {
    const { plan: hash, cell: index, block } = wellFormed(data, id);
    const planned = await this.#plan(hash);
    if (planned === null) return 'no plan';
    const { cells } = planned.plan;
    const cell = cells.at(index);
    if (cell === undefined || block >= chunkCount(cell)) throw new UnrecoverableError('the plan has no such chunk');
    const answer = await this.#pool.run(cell, chunkAt(cell, block));
    if (answer === null) throw new Error('the pool has left the chunk out');
    // Another machine may have the memory or the time.
    if ('setAside' in answer) throw new Error(answer.setAside);
    this.done += 1;
    const { worker: _thread, ...outcome } = answer;
    return { ...outcome, by: this.#by };
  }

  async #plan(hash: string): Promise<PlannedScenario | null> {
    const known = this.#plans.get(hash);
    if (known !== undefined) return known;
    const [oldest] = this.#plans.keys();
    if (this.#plans.size >= mostPlans) this.#plans.delete(oldest);
    const fetched = fetchPlan(this.#client, hash);
    this.#plans.set(hash, fetched);
    const isThere = await fetched.then(
      (planned) => planned !== null,
      () => false,
    );
    // Asked for again the next time.
    if (!isThere) this.#plans.delete(hash);
    return fetched;
  }
}

/** @throws {UnrecoverableError} for a job that no worker can do */
function wellFormed(data: unknown, id: string | undefined): ChunkJob {
  try {
    return parseJob(data, id);
  } catch (error) {
    throw new UnrecoverableError((error as Error).message);
  }
}

/** Says, once for each, that plans wait for another program than this one. */
class StrangePlans {
  readonly #client: Redis;
  readonly #own: QueueProgram;
  readonly #say: (text: string) => void;
  readonly #told = new Set<string>();

  constructor(client: Redis, own: QueueProgram, say: (text: string) => void) {
    this.#client = client;
    this.#own = own;
    this.#say = say;
  }

  async look(): Promise<void> {
    if (this.#client.status !== 'ready') return;
    // A server that goes away meanwhile is asked again the next time.
    const awaited = await awaitedPrograms(this.#client).catch(
      () => new Map() as Awaited<ReturnType<typeof awaitedPrograms>>,
    );
    for (const { program, plans } of awaited.values()) {
      const { fingerprint } = program;
      if (fingerprint === this.#own.fingerprint || this.#told.has(fingerprint)) continue;
      this.#told.add(fingerprint);
      this.#say(
        `refused: ${plans === 1 ? '1 plan waits' : `${plans} plans wait`} for another program, whose numbers may differ ` +
          `(${programDifference(program, this.#own)}); start a worker of ${programText(program)}`,
      );
    }
  }
}
