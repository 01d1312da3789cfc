import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { binOf, floatHistogram } from '../statistics/float-histogram.ts';
import type { JointMoments } from '../statistics/joint-moments.ts';
import type { KernelModule } from './kernel-module.ts';

/**
 * Bins of final squared norms 2⁻¹⁰ of an octave wide: quantiles of the norm good to 0.05 percent or better. `BIN_SHIFT` in
 * `assembly/finals.ts` is 52 less this: change both, and build the kernels.
 */
export const finalBits = 10;

const [meanFloats, momentFloats] = [8, 24];

/** The moments and histograms of the final states, f64 [replicates][2] in the kernel's memory. */
export function summariseFinals(
  kernel: KernelModule,
  finals: number,
  replicates: number,
): Pick<ChunkSummary, 'norm' | 'squaredNorm' | 'histograms'> {
  const means = kernel.allocate(8 * meanFloats);
  const moments = kernel.allocate(8 * momentFloats);
  kernel.exports.meansOfFinals(finals, replicates, means);
  kernel.exports.momentsOfFinals(finals, replicates, means, moments);
  const mean = [...kernel.floats(means, meanFloats)];
  const central = [...kernel.floats(moments, momentFloats)];
  const of = (quantity: 0 | 1): JointMoments => ({
    count: replicates,
    mean: [mean[2 * quantity], mean[2 * quantity + 1]],
    // JSON has no −0.
    central: central.filter((_, index) => index % 2 === quantity).map((moment) => moment + 0),
  });
  const histogramOf = (run: 0 | 1) => {
    const [minimum, maximum] = [mean[4 + run], mean[6 + run]];
    const firstBin = binOf(minimum, finalBits);
    const bins = binOf(maximum, finalBits) - firstBin + 1;
    const counts = kernel.allocateZeros(4 * bins);
    kernel.exports.countFinals(finals + 8 * run, replicates, counts, firstBin);
    return floatHistogram(finalBits, firstBin, kernel.words(counts, bins), minimum, maximum);
  };
  const isSound = mean.every((value) => value > 0 && Number.isFinite(value));
  return {
    norm: of(0),
    squaredNorm: of(1),
    histograms: isSound ? { lower: histogramOf(0), upper: histogramOf(1) } : null,
  };
}
