/**
 * Lets tasks run side by side, but a suspect, which may end the whole process, by itself: then no other is blamed for it.
 */
export class Quarantine {
  readonly #running = new Set<Promise<unknown>>();
  #isTaken = false;

  /**
   * Runs a task: a suspect when all others have ended.
   *
   * @returns null, and the task is not run, while a suspect has the place to itself
   */
  async run<T>(isSuspect: boolean, task: () => Promise<T>): Promise<T | null> {
    if (this.#isTaken) return null;
    if (isSuspect) {
      this.#isTaken = true;
      await Promise.allSettled(this.#running);
    }
    const running = task();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      if (isSuspect) this.#isTaken = false;
    }
  }
}
