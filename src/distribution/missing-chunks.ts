import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cells } from '../engine/cell-list.ts';
import { type FollowedChunk, isFailure } from '../engine/engine-event.ts';
import { type Cell, chunkCount } from '../engine/plan.ts';
import { coupledPairs, followCells } from '../engine/run-plan.ts';
import { isInShard, isSharedOut } from '../engine/shard.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { type PlannedScenario, shardOf } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { listed, shardsText } from './shard-folder.ts';

/** So many cells and folders are named. */
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
  const divisions = [...new Set(runs.flatMap(({ manifest }) => shardOf(manifest)?.of ?? []))];
  const missing = missingCells(
    cells,
    (cell) => (isSharedOut(cell) ? there.missing(cell) : stopped.missing(cell)),
    divisions,
  );
  if (missing.chunks > 0) throw gap(missing, runs, divisions);
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

/** What is missing. */
interface Missing {
  readonly chunks: number;
  /** How many cells miss some; the first of them are named, with the shards that have these chunks. */
  readonly cells: number;
  readonly named: readonly string[];
}

function missingCells(
  cells: Cells<Cell>,
  missingOf: (cell: Cell) => Iterable<number>,
  divisions: readonly number[],
): Missing {
  const named: string[] = [];
  let [chunks, cellCount] = [0, 0];
  for (const cell of cells) {
    const owners = new Set<number>();
    const before = chunks;
    for (const block of missingOf(cell)) {
      chunks += 1;
      if (divisions.length === 1 && cellCount < mostNamed) owners.add(ownerOf(divisions[0], cell, block));
    }
    if (chunks === before) continue;
    cellCount += 1;
    const of = owners.size === 0 ? '' : ` (${shardsText(owners, divisions[0])})`;
    if (cellCount <= mostNamed) named.push(`cell ${cell.index}${of}`);
  }
  return { chunks, cells: cellCount, named };
}

function gap(
  { chunks, cells, named }: Missing,
  runs: readonly StoredRun[],
  divisions: readonly number[],
): ResultsError {
  const are = chunks === 1 ? '1 chunk is' : `${chunks} chunks are`;
  const reasons = [...absentText(runs, divisions), ...unfinishedText(runs)].map((reason) => `; ${reason}`).join('');
  return new ResultsError(`cannot merge: ${are} missing, of ${listed(named, cells)}${reasons}; ${remedy}`);
}

const remedy = 'name the folders that are left out, run with the same commands what is not finished, and merge then';

/** The shard that a chunk belongs to. */
function ownerOf(of: number, cell: Cell, block: number): number {
  const numbers = Array.from({ length: of }, (_, index) => index + 1);
  return numbers.find((number) => isInShard({ number, of }, cell, block))!;
}

function absentText(runs: readonly StoredRun[], divisions: readonly number[]): string[] {
  if (divisions.length > 1) return [`the folders are shards of different divisions, into ${divisions.join(' and ')}`];
  const [of] = divisions;
  if (of === undefined) return [];
  const there = new Set(runs.flatMap(({ manifest }) => shardOf(manifest)?.number ?? []));
  const absent = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !there.has(number));
  return absent.length === 0 ? [] : [`not among the folders: ${shardsText(absent, of)}`];
}

function unfinishedText(runs: readonly StoredRun[]): string[] {
  const paths = runs.filter(({ status }) => status === 'unfinished').map(({ path }) => visiblePath(path));
  return paths.length === 0 ? [] : [`not finished: ${listed(paths.slice(0, mostNamed), paths.length)}`];
}
