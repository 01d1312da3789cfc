import fc from 'fast-check';
import { canonicalJson } from '../../../../src/random/canonical-json.ts';
import { binomialMixtureInterval } from '../../../../src/statistics/confidence-sequences/binomial-mixture.ts';
import { mixtureHalfWidth } from '../../../../src/statistics/confidence-sequences/normal-mixture.ts';
import { pearson, spearman } from '../../../../src/statistics/correlation.ts';
import {
  FloatHistogramCounter,
  histogramQuantiles,
  mergeFloatHistograms,
} from '../../../../src/statistics/float-histogram.ts';
import { equalPValue } from '../../../../src/statistics/hypothesis-tests/binomial-test.ts';
import { jointMoments, mergeJointMoments } from '../../../../src/statistics/joint-moments.ts';
import {
  differenceEstimate,
  meanEstimate,
  meanSquareEstimate,
  varianceReductionEstimate,
  zScore,
} from '../../../../src/statistics/pair-estimates.ts';
import { shareInterval } from '../../../../src/statistics/share-interval.ts';
import type { Ordeal } from '../../ordeal.ts';
import { isClose } from './known-gains.ts';

/** Squared norms as runs may have them: up to 10⁶⁰, and down to the least starts. */
const squaredNorms = fc.constantFrom(1e-100, 1e-33, 1e-30, 1 - 2 ** -53, 1, 1 + 2 ** -52, 1e15, 1e30, 1e60);
const samples = fc.oneof(
  fc.array(fc.tuple(squaredNorms, squaredNorms), { minLength: 1, maxLength: 20 }),
  // All equal.
  fc
    .tuple(squaredNorms, fc.integer({ min: 1, max: 20 }))
    .map(([s, count]) => Array.from({ length: count }, () => [s, s] as [number, number])),
);
const trials = fc.constantFrom(1, 2, 3, 100, 1e6, 1e10);
const counted = fc
  .tuple(trials, fc.constantFrom(0, 1e-12, 0.3, 0.5, 1 - 1e-12, 1))
  .map(([n, share]) => ({ n, k: Math.round(n * share) }));
const probabilities = fc.constantFrom(0, 5e-324, 1e-300, 1e-17, 0.3, 0.5, 1 - 2 ** -53, 1);
const alphas = fc.constantFrom(1e-12, 0.05, 0.5, 0.999);

interface Checked {
  readonly name: string;
  readonly check: fc.IProperty<unknown>;
}

const checks: readonly Checked[] = [
  {
    name: 'estimates of pairs',
    check: fc.property(samples, (sample) => {
      const [xs, ys] = [sample.map(([x]) => x), sample.map(([, y]) => y)];
      const moments = jointMoments(xs, ys);
      const estimates = [
        meanEstimate(moments, 0),
        meanEstimate(moments, 1),
        meanSquareEstimate(moments, 0),
        differenceEstimate(moments),
        varianceReductionEstimate(moments),
      ];
      canonicalJson(estimates);
      // The greatest number is of the size of the sum: nothing else need be right of the mean.
      const exact = ys.reduce((sum, y) => sum + y / ys.length, 0);
      if (!isClose(moments.mean[1], exact)) return false;
      const isSingle = sample.length === 1;
      if (estimates.slice(0, 4).some((of) => (of!.standardError === null) !== isSingle)) return false;
      const isEqual = ys.every((y) => y === ys[0]);
      return !isEqual || (moments.mean[1] === ys[0] && (isSingle || estimates[1]!.standardError === 0));
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'moments of parts',
    check: fc.property(samples, samples, (one, other) => {
      const of = (sample: readonly (readonly [number, number])[]) =>
        jointMoments(
          sample.map(([x]) => x),
          sample.map(([, y]) => y),
        );
      const merged = mergeJointMoments(of(one), of(other));
      canonicalJson(merged);
      return isClose(merged.mean[0], of([...one, ...other]).mean[0]) && merged.central[0] >= 0;
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'histograms',
    check: fc.property(samples, samples, (one, other) => {
      const of = (sample: readonly (readonly [number, number])[]) => {
        const counter = new FloatHistogramCounter(10);
        for (const [x] of sample) counter.add(x);
        return counter.toHistogram();
      };
      const merged = mergeFloatHistograms(of(one), of(other));
      const values = [...one, ...other].map(([x]) => x).sort((a, b) => a - b);
      const quantiles = histogramQuantiles(merged, [0, 0.25, 0.5, 1]);
      const isRising = quantiles.every((value, at) => at === 0 || value >= quantiles[at - 1]);
      return isRising && quantiles[0] >= values[0] && quantiles[3] <= values[values.length - 1];
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'intervals of shares',
    check: fc.property(counted, alphas, ({ n, k }, alpha) => {
      const { share, low, high } = shareInterval(k, n);
      const { lower, upper } = binomialMixtureInterval(k, n, alpha);
      const isInside =
        [low, lower].every((end) => end >= 0 && end <= share) && [high, upper].every((end) => end <= 1 && end >= share);
      const hasEnds = (k > 0 || (low === 0 && lower === 0)) && (k < n || (high === 1 && upper === 1));
      // 0 of n is no proof of 0: both have a width.
      return isInside && hasEnds && low < high && lower < upper;
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'binomial tests',
    check: fc.property(counted, probabilities, ({ n, k }, p) => {
      const pValue = equalPValue(k, n, p);
      const isPossible = (p > 0 || k === 0) && (p < 1 || k === n);
      return pValue >= 0 && pValue <= 1 && (isPossible || pValue === 0) && (pValue > 0.99 || !(k === n * p));
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'z-scores',
    check: fc.property(
      squaredNorms,
      squaredNorms,
      fc.constantFrom(0, 1e-300, 1, 1e120),
      trials,
      (estimate, mean, variance, n) => {
        const z = zScore(estimate, { mean, variance }, n);
        return Number.isFinite(z) && (estimate !== mean || z === 0);
      },
    ) as fc.IProperty<unknown>,
  },
  {
    name: 'confidence sequences of means',
    check: fc.property(trials, fc.constantFrom(0, 1e-300, 1, 1e60), alphas, (n, deviation, alpha) => {
      const halfWidth = mixtureHalfWidth(n, deviation, alpha);
      return halfWidth > 0 && (Number.isFinite(halfWidth) || n < 100 || deviation === 0);
    }) as fc.IProperty<unknown>,
  },
  {
    name: 'correlations',
    check: fc.property(samples, (sample) => {
      const [xs, ys] = [sample.map(([x]) => x), sample.map(([, y]) => y)];
      const isRight = (of: ReturnType<typeof pearson>) =>
        of === null || (Math.abs(of.coefficient) <= 1 && of.pValue >= 0 && of.pValue <= 1);
      return isRight(pearson(xs, ys)) && isRight(spearman(xs, ys));
    }) as fc.IProperty<unknown>,
  },
];

export const extremeStatistics: Ordeal = {
  name: 'extreme-statistics',
  promise: 'moments, intervals, tests and correlations of extreme samples are finite, and what they must be',
  async endure(trial) {
    const runs = trial.isBounded ? 200 : 2000;
    for (const { name, check } of checks) {
      trial.say(name);
      try {
        fc.assert(check, { seed: trial.seed, numRuns: runs });
      } catch (error) {
        throw new Error(`${name}, seed ${trial.seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    return { statistics: checks.length, samples: checks.length * runs };
  },
};
