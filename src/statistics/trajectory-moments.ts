import { type FloatHistogram, FloatHistogramCounter, mergeFloatHistograms } from './float-histogram.ts';

/** The norms of one run at each recorded step, as moments and histograms; constant in the number of replicates. */
export interface TrajectoryMoments {
  readonly count: number;
  /** Mean norm at each recorded step. */
  readonly mean: readonly number[];
  /** Σ (‖q‖ − mean)² at each recorded step. */
  readonly squares: readonly number[];
  /** Squared norms at each recorded step. */
  readonly histograms: readonly FloatHistogram[];
}

/** Bins 1/64 of an octave of s wide: with interpolation, quantile bands good to about half a percent of the norm. */
export const trajectoryBits = 6;

/** Folds the recorded squared norms of one replicate after the other. */
export class TrajectoryCounter {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #histograms: FloatHistogramCounter[];
  #count = 0;

  constructor(recordedSteps: number) {
    this.#mean = new Float64Array(recordedSteps);
    this.#squares = new Float64Array(recordedSteps);
    this.#histograms = Array.from({ length: recordedSteps }, () => new FloatHistogramCounter(trajectoryBits));
  }

  /** Adds a replicate whose squared norms stand at `offset`, `offset + stride`, … */
  add(squaredNorms: Float64Array, offset = 0, stride = 1): void {
    this.#count += 1;
    const share = 1 / this.#count;
    for (let index = 0; index < this.#mean.length; index++) {
      const squaredNorm = squaredNorms[offset + stride * index];
      const norm = Math.sqrt(squaredNorm);
      const deviation = norm - this.#mean[index];
      this.#mean[index] += deviation * share;
      this.#squares[index] += deviation * (norm - this.#mean[index]);
      this.#histograms[index].add(squaredNorm);
    }
  }

  toMoments(): TrajectoryMoments {
    return {
      count: this.#count,
      mean: [...this.#mean],
      squares: [...this.#squares],
      histograms: this.#histograms.map((counter) => counter.toHistogram()),
    };
  }
}

export function mergeTrajectoryMoments(a: TrajectoryMoments, b: TrajectoryMoments): TrajectoryMoments {
  const count = a.count + b.count;
  return {
    count,
    mean: a.mean.map((mean, step) => mean + ((b.mean[step] - mean) * b.count) / count),
    squares: a.squares.map((squares, step) => {
      const apart = b.mean[step] - a.mean[step];
      return squares + b.squares[step] + (apart * apart * a.count * b.count) / count;
    }),
    histograms: a.histograms.map((histogram, step) => mergeFloatHistograms(histogram, b.histograms[step])),
  };
}
