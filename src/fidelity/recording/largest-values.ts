/** The largest of many positive values: a heap, its smallest value at the root. */
export class LargestValues {
  readonly #size: number;
  readonly #heap: number[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(value: number): void {
    if (this.#heap.length < this.#size) {
      this.#heap.push(value);
      this.#rise(this.#heap.length - 1);
    } else if (value > this.#heap[0]) {
      this.#heap[0] = value;
      this.#sink(0);
    }
  }

  /**
   * Hill's estimate of the tail index α, P(X > x) ~ x^−α: k/Σ log(x_i/x_(k+1)) over the k largest.
   *
   * @param most k, at most; null where that leaves fewer than ten, or where they do not differ
   */
  hillIndex(most: number): number | null {
    const sorted = this.#heap.toSorted((a, b) => b - a);
    const count = Math.min(sorted.length - 1, most);
    if (count < 10) return null;
    const excess = sorted.slice(0, count).reduce((sum, value) => sum + Math.log(value / sorted[count]), 0);
    return excess > 0 ? count / excess : null;
  }

  #rise(at: number): void {
    const parent = (at - 1) >> 1;
    if (at === 0 || this.#heap[parent] <= this.#heap[at]) return;
    this.#swap(at, parent);
    this.#rise(parent);
  }

  #sink(at: number): void {
    const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#heap.length);
    const least = children.reduce((best, child) => (this.#heap[child] < this.#heap[best] ? child : best), at);
    if (least === at) return;
    this.#swap(at, least);
    this.#sink(least);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
  }
}
