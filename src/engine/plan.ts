import { createHash } from 'node:crypto';
import type { CouplingName } from '../coupling/coupling.ts';
import { pairCost } from '../coupling/index.ts';
import { kernelCost } from '../kernels/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { GeneratorName } from '../random/generators/index.ts';
import { replicatesPerBlock } from '../random/stream-address.ts';
import type { CellList, Cells } from './cell-list.ts';
import { chooseMember, type KernelName, type KernelOption, plainOperation } from './choose-member.ts';
import type { StoppingRule } from './stopping-rule.ts';

/** What is asked of one point of a sweep. */
export interface CellRequest {
  readonly pair: PairParameters;
  readonly coupling: CouplingName | 'auto';
  readonly generator: GeneratorName;
  readonly seed: number;
  readonly replicates: number;
  /** Steps after which the states are kept, increasing, in 1…steps. */
  readonly recordedSteps: readonly number[];
  readonly until?: StoppingRule | undefined;
}

/** One point of a sweep, resolved: all that decides its numbers. Plain data, sent to workers as it is. */
export interface Cell extends CellRequest, ChunkedCell {
  readonly coupling: CouplingName;
  readonly kernel: KernelName;
  readonly replicates: number;
}

/** What is to be run: cells, in their order. */
export interface Plan<List extends Cells<Cell> = Cells<Cell>> {
  readonly cells: List;
}

/** What the engine must know of a cell to cut it into chunks. */
export interface ChunkedCell {
  /** Its place in the plan. */
  readonly index: number;
  readonly replicates: number;
  readonly chunkSize: number;
  /** When fewer replicates will do; all of them are simulated where it is missing. */
  readonly until?: StoppingRule | undefined;
}

/** The replicates that one worker handles at a time: `replicates` of them from number `first`. */
export interface Chunk {
  readonly cell: number;
  /** The chunk's number within its cell. */
  readonly block: number;
  readonly first: number;
  readonly replicates: number;
}

/** Operations of one chunk: a fraction of a second, so that progress, interruption and balance are fine-grained. */
const operationsPerChunk = 2 ** 22;

/**
 * Resolves the couplings and cuts the cells into chunks.
 *
 * @throws {RangeError} for a coupling that is not exact for its cell
 */
export function planCells(requests: readonly CellRequest[], option?: KernelOption): Plan<readonly Cell[]>;
export function planCells(requests: CellList<CellRequest>, option?: KernelOption): Plan<CellList<Cell>>;
export function planCells(
  requests: readonly CellRequest[] | CellList<CellRequest>,
  option: KernelOption = 'auto',
): Plan {
  return {
    cells: requests.map((request, index): Cell => {
      const { coupling, kernel } = chooseMember(request, option);
      return { ...request, index, coupling, kernel, chunkSize: sizeOfChunk(request, coupling, kernel) };
    }),
  };
}

export function chunkCount({ replicates, chunkSize }: ChunkedCell): number {
  return Math.ceil(replicates / chunkSize);
}

export function chunkAt(cell: ChunkedCell, block: number): Chunk {
  const first = block * cell.chunkSize;
  return { cell: cell.index, block, first, replicates: Math.min(cell.chunkSize, cell.replicates - first) };
}

/** What messages call a chunk. */
export function chunkAddress({ cell, block, first, replicates }: Chunk): string {
  const last = first + replicates - 1;
  return `cell ${cell}, chunk ${block} (${replicates === 1 ? `replicate ${first}` : `replicates ${first} to ${last}`})`;
}

export function* chunksOf(plan: Plan): Generator<Chunk> {
  for (const cell of plan.cells) {
    for (let block = 0; block < chunkCount(cell); block++) yield chunkAt(cell, block);
  }
}

/**
 * The group of a cell's streams: a hash of the parameters that the cells of a sweep do not share draws across. Cells
 * that differ only in the others (popularity, learning rate, gain, decay, …) are coupled too, so that a sweep compares
 * like with like, and adding a value to a sweep reseeds nothing.
 */
export function streamGroup({ coupling, kernel, chunkSize, generator, pair }: Cell): string {
  // The pairs of a kernel's chunk share its generators, so that the chunk is part of their address.
  const source = kernel === 'simd' ? [kernel, chunkSize] : [generator];
  const uncoupled = JSON.stringify([coupling, ...source, pair.batchSize, pair.steps]);
  return createHash('sha256').update(uncoupled).digest('hex');
}

/** About how many nanoseconds a pair of a cell takes, by constants: cells of one member compare better than they are timed. */
export function nominalNanoseconds(cell: Cell): number {
  const { coupling, kernel, pair, recordedSteps } = cell;
  return kernel === 'simd'
    ? kernelCost(coupling, pair, recordedSteps.length) + plainOperation * startingOperations(pair)
    : plainOperation * operationsPerPair(cell, coupling);
}

/** Expected operations of a whole cell. */
function operationsOf(cell: Cell): number {
  return (cell.replicates * nominalNanoseconds(cell)) / plainOperation;
}

/** Whether a plan is over before a pool of workers would have started. */
export function isShort({ cells }: Plan): boolean {
  let operations = 0;
  for (const cell of cells) {
    operations += operationsOf(cell);
    if (operations > operationsPerChunk) return false;
  }
  return true;
}

/** Nanoseconds of a kernel's chunk. */
const nanosecondsPerChunk = 2 ** 24;

/** A power of two that does not depend on the number of replicates: more replicates add chunks and change none. */
function sizeOfChunk(request: CellRequest, coupling: CouplingName, kernel: KernelName): number {
  const { pair, recordedSteps } = request;
  if (kernel === 'simd') {
    const cost = kernelCost(coupling, pair, recordedSteps.length) + 40 * startingOperations(pair);
    return powerOfTwoWithin(nanosecondsPerChunk / cost);
  }
  return Math.min(replicatesPerBlock, powerOfTwoWithin(operationsPerChunk / operationsPerPair(request, coupling)));
}

function powerOfTwoWithin(size: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(size)));
}

function operationsPerPair({ pair, recordedSteps }: CellRequest, coupling: CouplingName): number {
  return Math.max(1, pairCost(pair, coupling) + startingOperations(pair) + 4 * recordedSteps.length);
}

function startingOperations({ initialSquaredNorm }: PairParameters): number {
  return typeof initialSquaredNorm === 'number' ? 0 : initialSquaredNorm.dimension * 4;
}
