/** Lets a person hold a run: while it is paused no new chunk starts. */
export class Pause {
  #resume: (() => void) | null = null;
  #resumed = Promise.resolve();

  get isPaused(): boolean {
    return this.#resume !== null;
  }

  /** Settles when the run may go on. */
  get resumed(): Promise<void> {
    return this.#resumed;
  }

  pause(): void {
    if (this.#resume !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#resumed = promise;
    this.#resume = resolve;
  }

  resume(): void {
    this.#resume?.();
    this.#resume = null;
  }
}
