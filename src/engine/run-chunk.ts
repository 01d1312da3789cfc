import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { DrawPair } from '../coupling/coupling.ts';
import { couplingNamed } from '../coupling/index.ts';
import { openWalk } from '../coupling/open-walk.ts';
import { mergeOrderCounts, noOrderCounts } from '../coupling/order-counts.ts';
import { type Observer, PathRecord } from '../coupling/path-record.ts';
import { drawInitialSquaredNorm } from '../coupling/start.ts';
import { finalBits } from '../kernels/finals.ts';
import { runKernel } from '../kernels/index.ts';
import type { KernelRun } from '../kernels/kernel-run.ts';
import { isOrderViolated } from '../process/order.ts';
import { streamKey } from '../random/stream-address.ts';
import { replicateStreams } from '../random/streams.ts';
import { FloatHistogramCounter } from '../statistics/float-histogram.ts';
import { jointMoments } from '../statistics/joint-moments.ts';
import { TrajectoryCounter } from '../statistics/trajectory-moments.ts';
import { type Cell, type Chunk, streamGroup } from './plan.ts';
import { pairFailure } from './simulation-error.ts';

/**
 * Simulates the replicates of one chunk: a pure function of its arguments.
 *
 * @throws {SimulationError} with the address of the replicate, when a state stops being a finite positive number
 */
export function runChunk(cell: Cell, chunk: Chunk): ChunkSummary {
  const summary = cell.kernel === 'simd' ? drawByKernel(cell, chunk) : drawPlainly(cell, chunk);
  if (!summary.squaredNorm.central.every(Number.isFinite)) {
    throw pairFailure(cell, chunk.first, `the fourth moments of the squared norms from here on overflow`);
  }
  return summary;
}

function drawPlainly(cell: Cell, chunk: Chunk): ChunkSummary {
  const simulator = new PairSimulator(cell);
  const { record } = simulator;
  const lower = new Float64Array(chunk.replicates);
  const upper = new Float64Array(chunk.replicates);
  const lowerTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  const upperTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  const pairsViolated = cell.recordedSteps.map(() => 0);
  let order = noOrderCounts;
  for (let index = 0; index < chunk.replicates; index++) {
    const replicate = chunk.first + index;
    simulator.draw(replicate);
    lower[index] = record.lower;
    upper[index] = record.upper;
    lowerTrajectory.add(record.recordedLower);
    upperTrajectory.add(record.recordedUpper);
    for (let point = 0; point < pairsViolated.length; point++) {
      if (isOrderViolated(record.recordedLower[point], record.recordedUpper[point])) pairsViolated[point] += 1;
    }
    order = mergeOrderCounts(order, record.orderCounts(replicate));
  }
  const isRecorded = cell.recordedSteps.length > 0;
  return {
    norm: jointMoments(lower.map(Math.sqrt), upper.map(Math.sqrt)),
    squaredNorm: jointMoments(lower, upper),
    histograms: { lower: histogramOf(lower), upper: histogramOf(upper) },
    order,
    trajectory: isRecorded
      ? { lower: lowerTrajectory.toMoments(), upper: upperTrajectory.toMoments(), pairsViolated }
      : null,
  };
}

function drawByKernel(cell: Cell, chunk: Chunk): ChunkSummary {
  const { summary, finals } = runCellKernel(cell, chunk);
  // Without histograms some final state is unsound.
  for (let index = 0; summary.histograms === null && finals !== null && index < chunk.replicates; index++) {
    requireSound(cell, chunk.first + index, finals[2 * index], finals[2 * index + 1]);
  }
  return summary;
}

/** Runs a chunk on its cell's kernel; `traced`, a pair counted within the chunk, is watched step by step. */
export function runCellKernel(cell: Cell, chunk: Chunk, traced?: number): KernelRun {
  const { pair, recordedSteps, seed, coupling } = cell;
  const { first, replicates, block } = chunk;
  const key = streamKey({ seed, group: streamGroup(cell), purpose: 'kernel', block });
  const request = { pair, recordedSteps, key, first, replicates, starts: startsOf(cell, chunk) };
  return runKernel(coupling, traced === undefined ? request : { ...request, traced });
}

/** The initial squared norm of the chunk's pairs, or of each of them. */
export function startsOf(cell: Cell, chunk: Chunk): number | Float64Array {
  const { initialSquaredNorm } = cell.pair;
  if (typeof initialSquaredNorm === 'number') return initialSquaredNorm;
  const streams = replicateStreams(cell.seed, streamGroup(cell), cell.generator);
  return Float64Array.from({ length: chunk.replicates }, (_, index) => {
    return drawInitialSquaredNorm(initialSquaredNorm, () => streams(chunk.first + index)('start'));
  });
}

/** Draws single pairs of a cell, by replicate number; what `replay` uses with an observer. */
export class PairSimulator {
  readonly record: PathRecord;
  readonly #cell: Cell;
  readonly #walk: ReturnType<typeof openWalk>;
  readonly #drawPair: DrawPair;
  readonly #streams: ReturnType<typeof replicateStreams>;

  constructor(cell: Cell, observer: Observer | null = null) {
    this.#cell = cell;
    this.record = new PathRecord(cell.recordedSteps, observer);
    this.#walk = openWalk(cell.pair, this.record, { isIndependent: cell.coupling === 'independent' });
    this.#drawPair = couplingNamed(cell.coupling).prepare(cell.pair);
    this.#streams = replicateStreams(cell.seed, streamGroup(cell), cell.generator);
  }

  draw(replicate: number): void {
    const open = this.#streams(replicate);
    this.#walk.begin(open);
    this.#drawPair(open, this.#walk);
    requireSound(this.#cell, replicate, this.record.lower, this.record.upper);
  }
}

function requireSound(cell: Cell, replicate: number, lower: number, upper: number): void {
  if (!(lower > 0 && upper > 0 && Number.isFinite(lower) && Number.isFinite(upper))) {
    throw pairFailure(cell, replicate, `the squared norms became ${lower} and ${upper}`);
  }
}

function histogramOf(values: Float64Array) {
  const counter = new FloatHistogramCounter(finalBits);
  for (const value of values) counter.add(value);
  return counter.toHistogram();
}
