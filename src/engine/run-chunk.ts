import type { DrawPair } from '../coupling/coupling.ts';
import { couplingNamed } from '../coupling/index.ts';
import { openWalk } from '../coupling/open-walk.ts';
import { mergeOrderCounts, noOrderCounts, type OrderCounts } from '../coupling/order-counts.ts';
import { type Observer, PathRecord } from '../coupling/path-record.ts';
import { drawInitialSquaredNorm } from '../coupling/start.ts';
import { type KernelResult, runEventsKernel } from '../kernels/events-kernel.ts';
import { streamKey } from '../random/stream-address.ts';
import { replicateStreams } from '../random/streams.ts';
import { FloatHistogramCounter } from '../statistics/float-histogram.ts';
import { jointMoments } from '../statistics/joint-moments.ts';
import { TrajectoryCounter } from '../statistics/trajectory-moments.ts';
import type { ChunkSummary } from './chunk-summary.ts';
import { type Cell, type Chunk, streamGroup } from './plan.ts';
import { pairFailure } from './simulation-error.ts';

/** Bins of final squared norms 2⁻¹⁰ of an octave wide: quantiles of the norm good to 0.05 percent or better. */
const finalBits = 10;

/** What the pairs of a chunk ended in, before it is summed up. */
interface ChunkDraws {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly order: OrderCounts;
  readonly lowerTrajectory: TrajectoryCounter;
  readonly upperTrajectory: TrajectoryCounter;
}

/**
 * Simulates the replicates of one chunk: a pure function of its arguments.
 *
 * @throws {SimulationError} with the address of the replicate, when a state stops being a finite positive number
 */
export function runChunk(cell: Cell, chunk: Chunk): ChunkSummary {
  const draws = cell.kernel === 'simd' ? drawByKernel(cell, chunk) : drawPlainly(cell, chunk);
  const { lower, upper, order, lowerTrajectory, upperTrajectory } = draws;
  const squaredNorm = jointMoments(lower, upper);
  if (!squaredNorm.central.every(Number.isFinite)) {
    throw pairFailure(cell, chunk.first, `the fourth moments of the squared norms from here on overflow`);
  }
  return {
    norm: jointMoments(lower.map(Math.sqrt), upper.map(Math.sqrt)),
    squaredNorm,
    histograms: { lower: histogramOf(lower), upper: histogramOf(upper) },
    order,
    trajectory:
      cell.recordedSteps.length === 0
        ? null
        : { lower: lowerTrajectory.toMoments(), upper: upperTrajectory.toMoments() },
  };
}

function drawPlainly(cell: Cell, chunk: Chunk): ChunkDraws {
  const simulator = new PairSimulator(cell);
  const { record } = simulator;
  const lower = new Float64Array(chunk.replicates);
  const upper = new Float64Array(chunk.replicates);
  const lowerTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  const upperTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  let order = noOrderCounts;
  for (let index = 0; index < chunk.replicates; index++) {
    const replicate = chunk.first + index;
    simulator.draw(replicate);
    lower[index] = record.lower;
    upper[index] = record.upper;
    lowerTrajectory.add(record.recordedLower);
    upperTrajectory.add(record.recordedUpper);
    order = mergeOrderCounts(order, record.orderCounts(replicate));
  }
  return { lower, upper, order, lowerTrajectory, upperTrajectory };
}

function drawByKernel(cell: Cell, chunk: Chunk): ChunkDraws {
  const { finals, recorded, recordedStride, order } = runKernel(cell, chunk);
  const lower = new Float64Array(chunk.replicates);
  const upper = new Float64Array(chunk.replicates);
  const lowerTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  const upperTrajectory = new TrajectoryCounter(cell.recordedSteps.length);
  for (let index = 0; index < chunk.replicates; index++) {
    lower[index] = finals[2 * index];
    upper[index] = finals[2 * index + 1];
    requireSound(cell, chunk.first + index, lower[index], upper[index]);
    if (cell.recordedSteps.length === 0) continue;
    lowerTrajectory.add(recorded, index * recordedStride, 2);
    upperTrajectory.add(recorded, index * recordedStride + 1, 2);
  }
  return { lower, upper, order, lowerTrajectory, upperTrajectory };
}

/** Runs a chunk on the kernel; `traced`, a pair counted within the chunk, is watched step by step. */
export function runKernel(cell: Cell, chunk: Chunk, traced?: number): KernelResult & { starts: Float64Array } {
  const { pair, recordedSteps, seed } = cell;
  const streams = replicateStreams(seed, streamGroup(cell), cell.generator);
  const starts = Float64Array.from({ length: chunk.replicates }, (_, index) => {
    return drawInitialSquaredNorm(pair.initialSquaredNorm, () => streams(chunk.first + index)('start'));
  });
  const key = streamKey({ seed, group: streamGroup(cell), purpose: 'kernel', block: chunk.block });
  const request = { pair, recordedSteps, key, first: chunk.first, starts };
  return { ...runEventsKernel(traced === undefined ? request : { ...request, traced }), starts };
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
