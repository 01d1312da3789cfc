import type { AnswerListener } from './answer-listener.ts';
import type { AwaitedChunk, AwaitedChunks } from './awaited-chunks.ts';
import { type ChunkJob, jobId } from './job.ts';
import { jsonOf } from './json-text.ts';
import type { OpenedQueue } from './opened-queue.ts';
import { programText } from './program.ts';

/** Wherever BullMQ may have a job that somebody will look at again: there is no other place. */
const places = ['wait', 'prioritized', 'delayed', 'active', 'waiting-children', 'completed', 'failed'] as const;

/** Sends chunks, sees to it that Redis has those that are awaited, and takes them back. */
export class ChunkSender {
  readonly #opened: OpenedQueue;
  readonly #awaited: AwaitedChunks;
  readonly #listener: AnswerListener;
  #unsent: ChunkJob[] = [];
  /** Chunks that were in no list at the last look. */
  #strays: ReadonlySet<string> = new Set();
  #hasAsked = false;
  #isStopping = false;

  constructor(opened: OpenedQueue, awaited: AwaitedChunks, listener: AnswerListener) {
    this.#opened = opened;
    this.#awaited = awaited;
    this.#listener = listener;
    // What came while the server was away has no event.
    opened.client.on('ready', () => opened.trying(() => this.#look()));
  }

  /** Sends a chunk, together with the others that are asked for at the same time. */
  send(job: ChunkJob): void {
    if (this.#unsent.length === 0) setImmediate(() => this.#opened.trying(() => this.#sendAll()));
    this.#unsent.push(job);
  }

  async #sendAll(): Promise<void> {
    const jobs = this.#unsent;
    this.#unsent = [];
    if (jobs.length === 0) return;
    await this.#opened.send(jobs);
    // A chunk that was there already may have been answered before anyone listened.
    if (this.#opened.isTakenOver) await this.#look(jobs.map(jobId));
  }

  /** When nothing has come for a while, Redis is asked what became of the chunks. */
  async topUp(): Promise<void> {
    const { isReady, settings } = this.#opened;
    const { size, idleMs } = this.#awaited;
    if (idleMs < settings.topUpMs) this.#strays = new Set();
    const isTooLate = idleMs > settings.lockMs + settings.stalledMs;
    if (this.#isStopping && (!isReady || isTooLate)) return this.#awaited.abandon();
    if (size === 0 || idleMs < settings.topUpMs || !isReady) return;
    if (!this.#awaited.hasAnswers && idleMs > 2 * settings.topUpMs) this.#askForWorkers();
    await this.#opened.putPlan();
    await this.#look();
    await this.#recoverStrays();
  }

  #askForWorkers(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    const { run, program } = this.#opened;
    run.say(
      `no answers yet; workers of this program are wanted: norm-growth worker --queue … (${programText(program)})`,
    );
  }

  /** Takes answers that are there, and sends again what is not there. */
  async #look(ids: readonly string[] = this.#awaited.ids): Promise<void> {
    const { client, queue } = this.#opened;
    if (ids.length === 0 || this.#opened.isClosed) return;
    const question = client.pipeline();
    for (const id of ids) question.hmget(queue.toKey(id), 'data', 'finishedOn', 'returnvalue', 'failedReason');
    const found = (await question.exec()) ?? [];
    const missing: ChunkJob[] = [];
    for (const [index, [error, fields]] of found.entries()) {
      const awaited = this.#awaited.get(ids[index]);
      if (error !== null || awaited === undefined) continue;
      const [data, finishedOn, returned, failed] = fields as (string | null)[];
      if (data === null && this.#isStopping) this.#awaited.abandon([ids[index]]);
      else if (data === null) missing.push(this.#jobOf(awaited));
      else if (finishedOn !== null && failed !== null && returned === null)
        this.#listener.seeFailure(ids[index], failed);
      else if (finishedOn !== null) this.#listener.seeAnswer(ids[index], jsonOf(returned));
    }
    if (missing.length > 0) await this.#opened.sendAnew(missing);
  }

  /**
   * Sends chunks anew that are stored but in no list, where no worker will ever find them: what deleted the lists has left
   * them. A chunk is moved from list to list in one step, so that none is missed between two; that it is in none at two looks
   * in a row rules out that it was just being sent again. One that a worker has is locked, and is not removed.
   */
  async #recoverStrays(): Promise<void> {
    const listed = new Set(await this.#opened.queue.getRanges([...places], 0, -1));
    const strays = new Set(this.#awaited.ids.filter((id) => !listed.has(id)));
    const twice = [...strays].filter((id) => this.#strays.has(id)).flatMap((id) => this.#awaited.get(id) ?? []);
    this.#strays = strays;
    if (twice.length > 0 && !this.#isStopping)
      await this.#opened.sendAnew(twice.map((awaited) => this.#jobOf(awaited)));
  }

  /** Takes back what no worker has begun; what is under way is waited for. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#unsent = [];
    if (!this.#opened.isReady) return this.#awaited.abandon();
    const { ids } = this.#awaited;
    await this.#look(ids);
    await Promise.all(
      ids.map(async (id) => {
        // A chunk that a worker has is locked, and stays.
        if (this.#awaited.get(id) !== undefined && (await this.#opened.queue.remove(id)) === 1)
          this.#awaited.abandon([id]);
      }),
    );
  }

  #jobOf({ chunk: { cell, block } }: AwaitedChunk): ChunkJob {
    return { plan: this.#opened.plan.hash, cell, block };
  }
}
