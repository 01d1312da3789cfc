import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { binOf, floatHistogram } from '../statistics/float-histogram.ts';
import { type TrajectoryMoments, trajectoryBits } from '../statistics/trajectory-moments.ts';
import type { KernelModule } from './kernel-module.ts';

/** Rows of recorded states: one for each lane, with or without a pair; eight that wait to be folded; one to spare. */
const rows = 64 + 1 + 8;
/**
 * Of an accumulator: what is subtracted from the norms, their sum and sum of squares then, least and greatest s, for both
 * runs; and the number of pairs out of order, a whole number, with a place of no meaning beside it.
 */
const accumulatorFloats = 12;
const violatedAt = 10;

/** What the kernel folds the recorded states into. */
export class TrajectoryMemory {
  readonly #kernel: KernelModule;
  readonly #points: number;
  readonly #firstBin: number;
  readonly #bins: number;
  readonly #accumulators: number;
  readonly #histograms: number;

  /** @param octaves of s, from the least start on, that the histograms have room for */
  constructor(
    kernel: KernelModule,
    recordedSteps: readonly number[],
    steps: number,
    leastStart: number,
    octaves: number,
  ) {
    this.#kernel = kernel;
    this.#points = recordedSteps.length;
    const isRecorded = this.#points > 0;
    this.#firstBin = isRecorded ? binOf(leastStart, trajectoryBits) : 0;
    // An odd number of cache lines each, so that the histograms do not all lie on the same lines of the cache.
    this.#bins = isRecorded ? octaves * 2 ** trajectoryBits + 16 : 0;
    const slots = kernel.place(slotOfSteps(recordedSteps, isRecorded ? steps : 0));
    const rowBytes = isRecorded ? rows * 16 * (this.#points + 2) : 0;
    this.#accumulators = kernel.allocateZeros(8 * accumulatorFloats * this.#points);
    this.#histograms = kernel.allocateZeros(4 * 2 * this.#bins * this.#points);
    const rowsAt = kernel.allocateZeros(rowBytes);
    kernel.floats(this.#accumulators, accumulatorFloats * this.#points).forEach((_, index, floats) => {
      if (index % accumulatorFloats === 6 || index % accumulatorFloats === 7) floats[index] = Number.POSITIVE_INFINITY;
    });
    kernel.exports.openTrajectories(
      this.#points,
      slots,
      rowsAt,
      this.#accumulators,
      this.#histograms,
      this.#firstBin,
      this.#bins,
    );
  }

  /** Whether every recorded state had a bin of its own. */
  hasRoom(): boolean {
    const firstBin = this.#firstBin;
    return Array.from({ length: this.#points }, (_, point) => this.#accumulator(point)).every((accumulator) => {
      return [accumulator[8], accumulator[9]].every((greatest) => {
        return !Number.isFinite(greatest) || binOf(greatest, trajectoryBits) - firstBin < this.#bins;
      });
    });
  }

  moments(replicates: number): ChunkSummary['trajectory'] {
    if (this.#points === 0) return null;
    const pairsViolated = Array.from({ length: this.#points }, (_, point) => {
      const [violated] = this.#kernel.longs(this.#addressOf(point) + 8 * violatedAt, 1);
      return Number(violated);
    });
    return { lower: this.#ofRun(0, replicates), upper: this.#ofRun(1, replicates), pairsViolated };
  }

  #ofRun(run: 0 | 1, count: number): TrajectoryMoments {
    const accumulators = Array.from({ length: this.#points }, (_, point) => this.#accumulator(point));
    return {
      count,
      mean: accumulators.map((at) => at[run] + at[2 + run] / count),
      squares: accumulators.map((at) => Math.max(0, at[4 + run] - (at[2 + run] * at[2 + run]) / count)),
      histograms: accumulators.map((at, point) => {
        const counts = this.#kernel.words(this.#histograms + 4 * this.#bins * (2 * point + run), this.#bins);
        return floatHistogram(trajectoryBits, this.#firstBin, counts, at[6 + run], at[8 + run]);
      }),
    };
  }

  #accumulator(point: number): Float64Array {
    return this.#kernel.floats(this.#addressOf(point), accumulatorFloats);
  }

  #addressOf(point: number): number {
    return this.#accumulators + 8 * accumulatorFloats * point;
  }
}

/** At index t the number of recorded steps before t. */
function slotOfSteps(recordedSteps: readonly number[], steps: number): Uint16Array {
  const slotOf = new Uint16Array(steps + 1);
  let slot = 0;
  for (let step = 0; step < slotOf.length; step++) {
    while (slot < recordedSteps.length && recordedSteps[slot] < step) slot += 1;
    slotOf[step] = slot;
  }
  return slotOf;
}
