import { type ChunkTask, isTakenUp } from './chunk-task.ts';

/** A task that is watched. */
interface Watched {
  readonly task: ChunkTask<unknown>;
  readonly controller: AbortController;
  /** When it was first seen under way. */
  sinceMs: number | null;
}

/**
 * Aborts tasks that are under way for too long. It looks at all of them now and then: a timer for each, and word from its
 * thread, would cost more than a short chunk. A task is given up to an eighth of its time more.
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
    const watched: Watched = { task, controller: new AbortController(), sinceMs: null };
    this.#watched.add(watched);
    if (Number.isFinite(this.#limitMs)) this.#timer ??= setInterval(() => this.#look(), this.#limitMs / 8).unref();
    return { signal: watched.controller.signal, end: () => void this.#watched.delete(watched) };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = performance.now();
    for (const watched of this.#watched) {
      if (watched.sinceMs !== null && nowMs - watched.sinceMs > this.#limitMs) watched.controller.abort();
      else if (isTakenUp(watched.task)) watched.sinceMs ??= nowMs;
    }
  }
}
