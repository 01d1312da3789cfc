import type { Cells } from './cell-list.ts';
import { type Cell, nominalNanoseconds } from './plan.ts';
import { chunkCountInShard, replicatesInShard, type Shard } from './shard.ts';

/** What of a cell is to be done here, and what it probably costs. */
export interface CellSize {
  /** The cell's place in the plan. */
  readonly index: number;
  /** The place of the cell's member in `members`. */
  readonly member: number;
  readonly nominalNanoseconds: number;
  readonly replicates: number;
  readonly chunks: number;
  readonly chunkSize: number;
  readonly hasRule: boolean;
}

/** What simulates some of the cells. */
export type Member = Pick<Cell, 'coupling' | 'kernel'>;

const fields = ['index', 'member', 'nominalNanoseconds', 'replicates', 'chunks', 'chunkSize', 'hasRule'] as const;

/**
 * The sizes of all cells of a plan that have anything to be done here, in the order of the plan. Each cell is made once and
 * forgotten: 56 bytes are kept of it, so that a plan of a million cells fits.
 */
export class PlanSizes {
  readonly members: Member[] = [];
  /** Pair-steps of all of them. */
  readonly steps: number;
  readonly length: number;
  readonly #columns: Readonly<Record<(typeof fields)[number], Float64Array>>;

  /** @param shard the part to be done; all of every cell where it is missing */
  constructor(cells: Cells<Cell>, shard?: Shard) {
    const columns = Object.fromEntries(fields.map((name) => [name, new Float64Array(cells.length)]));
    this.#columns = columns as Record<(typeof fields)[number], Float64Array>;
    const placeOf = new Map<string, number>();
    let [length, steps] = [0, 0];
    for (const cell of cells) {
      const { replicates, chunks } = partOf(cell, shard);
      if (replicates === 0) continue;
      const { index, coupling, kernel, chunkSize } = cell;
      const name = `${coupling} ${kernel}`;
      const member = placeOf.get(name) ?? this.members.push({ coupling, kernel }) - 1;
      placeOf.set(name, member);
      const nominal = nominalNanoseconds(cell);
      const values = [index, member, nominal, replicates, chunks, chunkSize, cell.until === undefined ? 0 : 1];
      fields.forEach((field, place) => {
        this.#columns[field][length] = values[place];
      });
      length += 1;
      steps += replicates * cell.pair.steps;
    }
    this.length = length;
    this.steps = steps;
  }

  /** @param place in these sizes, which is not the cell's in the plan where a shard has none of some cells */
  at(place: number): CellSize {
    const columns = this.#columns;
    return {
      index: columns.index[place],
      member: columns.member[place],
      nominalNanoseconds: columns.nominalNanoseconds[place],
      replicates: columns.replicates[place],
      chunks: columns.chunks[place],
      chunkSize: columns.chunkSize[place],
      hasRule: columns.hasRule[place] === 1,
    };
  }

  *[Symbol.iterator](): Generator<CellSize> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }

  sum(of: (size: CellSize) => number): number {
    let total = 0;
    for (const size of this) total += of(size);
    return total;
  }

  /** The places of every member's cells, by the order of the members, the cheapest first. */
  byCost(): Uint32Array[] {
    const { member, nominalNanoseconds: cost } = this.#columns;
    return this.members.map((_, wanted) => {
      const places = Uint32Array.from({ length: this.length }, (_, place) => place).filter(
        (place) => member[place] === wanted,
      );
      return places.sort((a, b) => cost[a] - cost[b] || a - b);
    });
  }
}

function partOf(cell: Cell, shard: Shard | undefined): Pick<CellSize, 'replicates' | 'chunks'> {
  return { replicates: replicatesInShard(shard, cell), chunks: chunkCountInShard(shard, cell) };
}
