/** Cells by their number: an array, or a list that makes each when it is asked for. */
export interface Cells<C> extends Iterable<C> {
  readonly length: number;
  at(index: number): C | undefined;
}

/** More than are in use at a time. */
const mostKept = 256;

/**
 * Cells that are made when they are asked for: a plan of a million of them is not a million objects.
 *
 * The last 256 that were made are kept, and asked for again they are the same objects; of more, the one that was made first is
 * forgotten, however often it was asked for, and made anew the next time, equal but another object. So what is worked out of a cell
 * and kept by its identity may be worked out again, and no number depends on it.
 */
export class CellList<C> implements Cells<C> {
  readonly length: number;
  readonly #make: (index: number) => C;
  readonly #kept = new Map<number, C>();

  /** @param make a pure function of a cell's number, from 0 to length − 1 */
  constructor(length: number, make: (index: number) => C) {
    this.length = length;
    this.#make = make;
  }

  at(index: number): C | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const cell = this.#make(index);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept) this.#kept.delete(oldest);
    this.#kept.set(index, cell);
    return cell;
  }

  /** The list of what becomes of each cell. */
  map<D>(change: (cell: C, index: number) => D): CellList<D> {
    return new CellList(this.length, (index) => change(this.at(index)!, index));
  }

  *[Symbol.iterator](): Generator<C> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
