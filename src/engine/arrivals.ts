/** Promises in the order in which they settle; a race of them all, each time anew, costs as much as there are. */
export class Arrivals<T> {
  readonly #settled: Promise<T>[] = [];
  #wake = () => {};

  add(promise: Promise<T>): void {
    const arrive = () => {
      this.#settled.push(promise);
      this.#wake();
    };
    promise.then(arrive, arrive);
  }

  async next(): Promise<T> {
    if (this.#settled.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    return this.#settled.shift()!;
  }
}
