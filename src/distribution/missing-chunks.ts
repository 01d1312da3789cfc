import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cells } from '../engine/cell-list.ts';
import { type FollowedChunk, isFailure } from '../engine/engine-event.ts';
import { type Cell, chunkCount } from '../engine/plan.ts';
import { coupledPairs, followCells } from '../engine/run-plan.ts';
import { isInShard, isSharedOut } from '../engine/shard.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { type PlannedScenario, shardOf } from '../results/stored-plan.ts';
import { shardText } from './shard-folder.ts';

const mostNamed = 5;

/**
 * Looks whether the parts of a run have all of its chunks.
 *
 * Only the addresses are held: a bit for each chunk. A cell with a stopping rule is folded, because its fold says how many
 * chunks it needs; it is wholly one part's, which has them in order.
 *
 * @param records of all parts
 * @throws {ResultsError} when chunks are missing, naming them
 * @throws {RangeError} for a chunk that the plan does not have
 */
export async function refuseGaps(
  { plan: { cells } }: PlannedScenario,
  runs: readonly StoredRun[],
  records: AsyncIterable<FollowedChunk<ChunkSummary>>,
): Promise<void> {
  const there = new SharedOutChunks(cells);
  const stopped = new StoppedCells();
  async function* ofStoppedCells() {
    for await (const record of records) {
      const cell = cells.at(record.cell);
      if (cell !== undefined && isSharedOut(cell)) there.add(cell, record);
      else yield record;
    }
  }
  for await (const event of followCells(cells, coupledPairs, ofStoppedCells())) {
    if (event.type === 'chunk') stopped.add(event.chunk);
    if (event.type === 'cell' || event.type === 'failure') stopped.end(event.cell.index);
  }
  const missing = missingCells(
    cells,
    (cell) => (isSharedOut(cell) ? there.missing(cell) : stopped.missing(cell)),
    runs,
  );
  if (missing.chunks > 0) throw gap(missing, runs);
}

/** Which chunks there are of cells whose chunks are dealt out: a bit each. */
class SharedOutChunks {
  /** Where the bits of each cell begin. */
  readonly #begin: Float64Array;
  readonly #bits: Uint8Array;
  /** The first chunk of a cell that failed: those after it are not needed. */
  readonly #failed = new Map<number, number>();

  constructor(cells: Cells<Cell>) {
    this.#begin = new Float64Array(cells.length);
    let bits = 0;
    for (const cell of cells) {
      this.#begin[cell.index] = bits;
      if (isSharedOut(cell)) bits += chunkCount(cell);
    }
    this.#bits = new Uint8Array(Math.ceil(bits / 8));
  }

  add(cell: Cell, { block, summary }: FollowedChunk<ChunkSummary>): void {
    if (block >= chunkCount(cell)) throw new RangeError(`chunk ${block} of cell ${cell.index} is not in the plan`);
    const bit = this.#begin[cell.index] + block;
    this.#bits[Math.floor(bit / 8)] |= 1 << (bit % 8);
    if (isFailure(summary)) this.#failed.set(cell.index, Math.min(block, this.#failed.get(cell.index) ?? block));
  }

  *missing(cell: Cell): Generator<number> {
    const needed = this.#failed.get(cell.index) ?? chunkCount(cell);
    for (let block = 0; block < needed; block++) {
      const bit = this.#begin[cell.index] + block;
      if ((this.#bits[Math.floor(bit / 8)] & (1 << (bit % 8))) === 0) yield block;
    }
  }
}

/** Which chunks there are of cells with a stopping rule, while they are not at their end. */
class StoppedCells {
  readonly #blocks = new Map<number, Set<number>>();
  readonly #ended = new Set<number>();

  add({ cell, block }: { readonly cell: number; readonly block: number }): void {
    const blocks = this.#blocks.get(cell) ?? new Set();
    this.#blocks.set(cell, blocks.add(block));
  }

  end(cell: number): void {
    this.#blocks.delete(cell);
    this.#ended.add(cell);
  }

  *missing(cell: Cell): Generator<number> {
    if (this.#ended.has(cell.index)) return;
    const blocks = this.#blocks.get(cell.index);
    for (let block = 0; block < chunkCount(cell); block++) if (!blocks?.has(block)) yield block;
  }
}

interface Missing {
  readonly chunks: number;
  /** The first cells that miss some, and the shards that have these. */
  readonly named: readonly string[];
}

function missingCells(
  cells: Cells<Cell>,
  missingOf: (cell: Cell) => Iterable<number>,
  runs: readonly StoredRun[],
): Missing {
  const named: string[] = [];
  let chunks = 0;
  for (const cell of cells) {
    const shards = new Set<string>();
    const before = chunks;
    for (const block of missingOf(cell)) {
      chunks += 1;
      const owner = named.length < mostNamed ? ownerOf(runs, cell, block) : null;
      if (owner !== null) shards.add(owner);
    }
    if (chunks === before || named.length === mostNamed) continue;
    named.push(`cell ${cell.index}${shards.size === 0 ? '' : ` (shards ${[...shards].join(', ')})`}`);
  }
  return { chunks, named };
}

function gap({ chunks, named }: Missing, runs: readonly StoredRun[]): ResultsError {
  const parts = absentShards(runs);
  const absent = parts.length === 0 ? '' : `; not among the folders: shards ${parts.join(', ')}`;
  const unfinished = runs.filter(({ status }) => status === 'unfinished').map(({ path }) => path);
  const open = unfinished.length === 0 ? '' : `; not finished: ${unfinished.join(', ')}`;
  return new ResultsError(
    `cannot merge: ${chunks} chunks are missing, of ${named.join(', ')}${absent}${open}; run those shards again, with the ` +
      'same command, and merge then',
  );
}

/** The shard that a chunk belongs to, by the shards that are there. */
function ownerOf(runs: readonly StoredRun[], cell: Cell, block: number): string | null {
  const of = runs.map(({ manifest }) => shardOf(manifest)?.of).find((count) => count !== undefined);
  if (of === undefined) return null;
  const number = Array.from({ length: of }, (_, index) => index + 1).find((candidate) =>
    isInShard({ number: candidate, of }, cell, block),
  );
  return shardText({ number: number!, of });
}

function absentShards(runs: readonly StoredRun[]): string[] {
  const shards = runs.flatMap(({ manifest }) => shardOf(manifest) ?? []);
  const of = shards[0]?.of;
  if (of === undefined) return [];
  const there = new Set(shards.filter((shard) => shard.of === of).map(({ number }) => number));
  return Array.from({ length: of }, (_, index) => index + 1)
    .filter((number) => !there.has(number))
    .map((number) => shardText({ number, of }));
}
