import { type KernelModule, ownKernels } from './kernel-module.ts';

/** The numbers that a kernel computes with: doubles, or singles at twice the lanes and half the memory. */
export type Precision = 'double' | 'single';

/** Two tables and the largest batch of pairs that is taken from them. */
export interface InfoNceShape {
  readonly precision: Precision;
  /** Rows of each table. */
  readonly users: number;
  readonly items: number;
  /** d. */
  readonly dimension: number;
  /** B, at most. */
  readonly batch: number;
}

/** A table in the kernels' memory. */
interface Table {
  readonly at: number;
  readonly values: Float64Array | Float32Array;
  readonly indices: Int32Array;
}

/** Addresses beyond are negative numbers to WebAssembly's callers. */
const mostBytes = 2 ** 31;

/** Whether the tables and buffers of a training find room in the kernels' memory. */
export function hasRoom({ precision, users, items, dimension, batch }: InfoNceShape): boolean {
  const padded = batch + 8;
  // Eight matrices of a batch's rows, and 32 rows of scores: see `layOut` in assembly/info-nce.ts.
  const entries = (users + items) * dimension + 8 * padded * (dimension + 4) + 40 * padded;
  return entries * bytesOf(precision) + 2 ** 20 < mostBytes;
}

function bytesOf(precision: Precision): number {
  return precision === 'single' ? 4 : 8;
}

/**
 * InfoNCE with in-batch negatives on two embedding tables: loss and gradient in one pass, and plain SGD of the rows that
 * appeared. The compiled twin of `trainer/losses/info-nce.ts`; it holds the tables.
 */
export class InfoNceKernel {
  readonly #module: KernelModule = ownKernels();
  readonly #shape: InfoNceShape;
  readonly #users: Table;
  readonly #items: Table;

  /** @throws {RangeError} for more than the kernels' memory holds */
  constructor(shape: InfoNceShape) {
    if (!hasRoom(shape)) throw new RangeError('InfoNceKernel: the tables need more than 2 GiB');
    this.#shape = shape;
    const module = this.#module;
    const { users, items, dimension, batch, precision } = shape;
    const bytes = bytesOf(precision);
    const at = {
      users: module.allocate(users * dimension * bytes),
      items: module.allocate(items * dimension * bytes),
      userIndices: module.allocate(batch * 4),
      itemIndices: module.allocate(batch * 4),
    };
    const buffers = module.allocate(0);
    module.allocate(module.exports.openInfoNce(precision === 'single', batch, dimension, buffers) - buffers);
    // The memory does not grow any more: views stay.
    const { buffer } = module.exports.memory;
    const Values = precision === 'single' ? Float32Array : Float64Array;
    const tableAt = (address: number, rows: number, indices: number): Table => ({
      at: address,
      values: new Values(buffer, address, rows * dimension),
      indices: new Int32Array(buffer, indices, batch),
    });
    this.#users = tableAt(at.users, users, at.userIndices);
    this.#items = tableAt(at.items, items, at.itemIndices);
  }

  /** The table of the users, shape [users, d]: a view, to fill and to read. */
  get users(): Float64Array | Float32Array {
    return this.#users.values;
  }

  /** The table of the items, shape [items, d]. */
  get items(): Float64Array | Float32Array {
    return this.#items.values;
  }

  /**
   * The mean loss of a batch, nothing moved; the gradients are kept until the next call.
   *
   * @param users row of each pair's user
   * @param items row of each pair's item
   * @param isCosine whether the scores are cosines, else dot products
   */
  loss(users: readonly number[], items: readonly number[], temperature: number, isCosine: boolean): number {
    const { batch, precision } = this.#shape;
    if (users.length > batch)
      throw new RangeError(`InfoNceKernel: expected at most ${batch} pairs, got ${users.length}`);
    this.#users.indices.set(users);
    this.#items.indices.set(items);
    const { infoNceSingle, infoNceDouble } = this.#module.exports;
    const infoNce = precision === 'single' ? infoNceSingle : infoNceDouble;
    const [user, item] = [this.#users, this.#items];
    return infoNce(
      users.length,
      user.at,
      user.indices.byteOffset,
      item.at,
      item.indices.byteOffset,
      temperature,
      isCosine,
    );
  }

  /** Copies the gradients of the last batch, shape [B, d] each. */
  copyGradients(users: Float64Array, items: Float64Array): void {
    const { userGradientsAt, itemGradientsAt } = this.#module.exports;
    this.#copyRows(userGradientsAt(), users);
    this.#copyRows(itemGradientsAt(), items);
  }

  /** θ ← θ − ηg for the rows of the last batch. */
  descend(userRate: number, itemRate: number): void {
    const { descendSingle, descendDouble, userGradientsAt, itemGradientsAt } = this.#module.exports;
    const descend = this.#shape.precision === 'single' ? descendSingle : descendDouble;
    descend(this.#users.at, this.#users.indices.byteOffset, userGradientsAt(), userRate);
    descend(this.#items.at, this.#items.indices.byteOffset, itemGradientsAt(), itemRate);
  }

  #copyRows(address: number, to: Float64Array): void {
    const { dimension, precision } = this.#shape;
    const isSingle = precision === 'single';
    // The kernels pad rows to whole vectors.
    const lanes = isSingle ? 4 : 2;
    const width = Math.ceil(dimension / lanes) * lanes;
    const rows = to.length / dimension;
    const Values = isSingle ? Float32Array : Float64Array;
    const from = new Values(this.#module.exports.memory.buffer, address, rows * width);
    for (let row = 0; row < rows; row++) {
      to.set(from.subarray(row * width, row * width + dimension), row * dimension);
    }
  }
}
