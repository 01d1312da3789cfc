import { visibleText } from '../../scenarios/visible-text.ts';
import type { AwaitedChunk, AwaitedChunks } from './awaited-chunks.ts';
import { parseAnswer } from './chunk-answer.ts';
import type { OpenedQueue } from './opened-queue.ts';

/** Takes what workers answer. Nothing of it is believed before it is checked. */
export class AnswerListener {
  readonly #opened: OpenedQueue;
  readonly #awaited: AwaitedChunks;
  readonly #workers = new Map<string, number>();

  constructor(opened: OpenedQueue, awaited: AwaitedChunks) {
    this.#opened = opened;
    this.#awaited = awaited;
    const { events } = opened;
    events.on('completed', ({ jobId, returnvalue }) => this.seeAnswer(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => this.seeFailure(jobId, failedReason));
    this.#listen();
  }

  /** An event that is no JSON, as only a stranger would write, ends the listening: it begins again after that event. */
  async #listen(): Promise<void> {
    const { events, settings } = this.#opened;
    while (!this.#opened.isClosed) {
      try {
        await events.run();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, settings.topUpMs / 2));
      }
    }
  }

  /** What a worker has sent back for a job. */
  seeAnswer(id: string, value: unknown): void {
    const awaited = this.#awaited.get(id);
    if (awaited === undefined) return;
    const answer = parseAnswer(value, awaited.cell, awaited.chunk);
    if (answer === null) {
      this.#opened.trying(() => this.#refuse(id, awaited));
      return;
    }
    const { by, ...outcome } = answer;
    this.#awaited.answer(id, { ...outcome, worker: this.#workerNumber(by) });
  }

  /** Why a job was set aside. */
  seeFailure(id: string, reason: string): void {
    if (this.#awaited.get(id) === undefined) return;
    const isStalled = reason.startsWith('job stalled more than');
    const deaths = this.#opened.settings.mostDeaths + 1;
    const why = isStalled ? `its worker died or fell silent ${deaths} times` : visibleText(reason, 200);
    this.#opened.trying(() => this.#setAside(id, why));
  }

  /** The workers are numbered in the order of their first answers. */
  #workerNumber(by: string): number {
    const known = this.#workers.get(by) ?? this.#workers.size + 1;
    this.#workers.set(by, known);
    return known;
  }

  /** What was no answer is thrown away, and the chunk sent again. */
  async #refuse(id: string, awaited: AwaitedChunk): Promise<void> {
    awaited.refused += 1;
    const { settings, plan } = this.#opened;
    if (awaited.refused >= settings.attempts) {
      await this.#setAside(id, `its answer was no summary of it, ${settings.attempts} times`);
      return;
    }
    const { cell, block } = awaited.chunk;
    await this.#opened.sendAnew([{ plan: plan.hash, cell, block }]);
  }

  async #setAside(id: string, why: string): Promise<void> {
    // First, because the server may refuse the rest.
    this.#awaited.answer(id, { setAside: why });
    await this.#opened.remove([id]);
  }
}
