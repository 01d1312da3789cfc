import { type ChunkTask, isTakenUp } from './chunk-task.ts';

/** How often it looks while a task may be under way. */
const looksWithin = 8;

/** A task that is watched. */
interface Watched {
  readonly task: ChunkTask<unknown>;
  readonly controller: AbortController;
  /** At how many looks it was under way. */
  looks: number;
}

/**
 * Aborts tasks that are under way for too long. It looks at all of them now and then: a timer for each, and word from its
 * thread, would cost more than a short chunk. It counts its looks, so that the time that a machine sleeps is nobody's. A task
 * is given up to an eighth of its time more.
 */
export class Watchdog {
  readonly #limitMs: number;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  /** @param limitMs Infinity aborts nothing */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Watches a task from when a worker has taken it up, until `end` is called. */
  watch(task: ChunkTask<unknown>): { readonly signal: AbortSignal; end(): void } {
    const watched: Watched = { task, controller: new AbortController(), looks: 0 };
    this.#watched.add(watched);
    if (Number.isFinite(this.#limitMs))
      this.#timer ??= setInterval(() => this.#look(), this.#limitMs / looksWithin).unref();
    return { signal: watched.controller.signal, end: () => void this.#watched.delete(watched) };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const watched of this.#watched) {
      if (watched.looks > looksWithin) watched.controller.abort();
      else if (isTakenUp(watched.task)) watched.looks += 1;
    }
  }
}
