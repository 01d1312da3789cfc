import { chunkAt, chunkCount } from '../../engine/plan.ts';
import { parseAnswer } from './chunk-answer.ts';
import { jsonOf } from './json-text.ts';
import type { OpenedQueue } from './opened-queue.ts';
import { awaitedPrograms, plansKey, removePlan } from './plan-store.ts';

/** From the first to the last. */
const all = [0, -1] as const;

/** Removes from Redis what is no longer needed there: results that are durable, and at the end all that is left of the plan. */
export class QueueLeftovers {
  readonly #opened: OpenedQueue;
  #kept: string[] = [];
  #removal: Promise<void> = Promise.resolve();

  constructor(opened: OpenedQueue) {
    this.#opened = opened;
  }

  /** The journal has the result of a job. */
  kept(id: string): void {
    this.#kept.push(id);
  }

  /** Removes the results that the journal has, once they are durable. */
  removeKept(): void {
    if (this.#kept.length === 0) return;
    const ids = this.#kept;
    this.#kept = [];
    this.#removal = this.#removal.then(async () => {
      try {
        await this.#opened.run.journal.flush();
      } catch {
        // The results stay where they are. The journal throws the same at the next chunk, where it ends the run.
        return;
      }
      await this.#opened.trying(() => this.#opened.remove(ids));
    });
  }

  /** Removes what is left of the plan; results that came twice are held against the journal. */
  async clear(): Promise<void> {
    const { client, plan, queue, run } = this.#opened;
    this.removeKept();
    await this.#removal;
    await run.journal.flush();
    const isOurs = (id: string) => id.startsWith(`${plan.hash}-`);
    const finished = (await queue.getRanges(['completed'], ...all)).filter(isOurs);
    for (const id of finished) await this.#compare(id);
    await run.journal.flush();
    const others = (await queue.getRanges(['wait', 'delayed', 'prioritized', 'failed'], ...all)).filter(isOurs);
    await this.#opened.remove([...finished, ...others]);
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
