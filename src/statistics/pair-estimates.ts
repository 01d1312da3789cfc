import { centralMoment, centralSum, type JointMoments } from './joint-moments.ts';

/** A number from draws, and its uncertainty; the standard error is null for fewer than two replicates. */
export interface Estimate {
  readonly estimate: number;
  readonly standardError: number | null;
}

/** The mean of the lower (axis 0) or the upper (axis 1) run. */
export function meanEstimate(moments: JointMoments, axis: 0 | 1): Estimate {
  const squares = axis === 0 ? centralSum(moments, 2, 0) : centralSum(moments, 0, 2);
  return { estimate: moments.mean[axis], standardError: standardErrorOfMean(squares, moments.count) };
}

/** The mean square of the lower (axis 0) or the upper (axis 1) run; the standard error from moments up to the fourth. */
export function meanSquareEstimate(moments: JointMoments, axis: 0 | 1): Estimate {
  const central = (order: number) => (axis === 0 ? centralMoment(moments, order, 0) : centralMoment(moments, 0, order));
  const mean = moments.mean[axis];
  // The variance of (mean + d)².
  const variance = 4 * mean * mean * central(2) + 4 * mean * central(3) + central(4) - central(2) ** 2;
  const standardError = moments.count < 2 ? null : Math.sqrt(Math.max(0, variance) / moments.count);
  return { estimate: mean * mean + central(2), standardError };
}

/** The mean of upper − lower, from the pairs: its standard error feels the coupling. */
export function differenceEstimate(moments: JointMoments): Estimate {
  const standardError = standardErrorOfMean(differenceSquares(moments), moments.count);
  return { estimate: moments.mean[1] - moments.mean[0], standardError };
}

/** The kurtosis of the lower (axis 0) or the upper (axis 1) run, 3 for normal draws; null where they do not vary. */
export function runKurtosis(moments: JointMoments, axis: 0 | 1): number | null {
  const central = (order: number) => (axis === 0 ? centralMoment(moments, order, 0) : centralMoment(moments, 0, order));
  const variance = central(2);
  return variance > 0 ? central(4) / (variance * variance) : null;
}

/** The kurtosis of upper − lower, E (d − d̄)⁴ / (E (d − d̄)²)², 3 for normal differences; null where they do not vary. */
export function differenceKurtosis(moments: JointMoments): number | null {
  const variance = differenceSquares(moments) / moments.count;
  return variance > 0 ? differenceFourth(moments) / (variance * variance) : null;
}

/**
 * The variance-reduction factor of the pairing, (Var lower + Var upper) / Var(upper − lower): how many times more
 * independent replicates would give the same precision. Its standard error is the delta method's.
 *
 * @returns null where the difference does not vary
 */
export function varianceReductionEstimate(moments: JointMoments): Estimate | null {
  const { count } = moments;
  const difference = differenceSquares(moments) / count;
  if (count < 2 || difference <= 0) return null;
  const at = (j: number, k: number) => centralMoment(moments, j, k);
  const apart = at(2, 0) + at(0, 2);
  const ratio = apart / difference;
  // A = x² + y² and D = (y − x)² of the centred pair; the ratio's influence is (A − ratio·D) / E D.
  const meanAA = at(4, 0) + 2 * at(2, 2) + at(0, 4);
  const meanAD = at(4, 0) - 2 * at(3, 1) + 2 * at(2, 2) - 2 * at(1, 3) + at(0, 4);
  const meanDD = differenceFourth(moments);
  const variance = meanAA - 2 * ratio * meanAD + ratio * ratio * meanDD;
  return { estimate: ratio, standardError: Math.sqrt(Math.max(0, variance) / count) / difference };
}

/**
 * (estimate − exact) in standard errors of the exact law.
 *
 * Where the exact variance is 0 the estimate must equal the exact value up to rounding: 0 then, ±Number.MAX_VALUE
 * otherwise.
 */
export function zScore(estimate: number, exact: { mean: number; variance: number }, count: number): number {
  const deviation = estimate - exact.mean;
  // Sums of `count` numbers of this size are not told apart below this.
  if (Math.abs(deviation) <= 1e-14 * Math.abs(exact.mean)) return 0;
  if (exact.variance === 0) return Math.sign(deviation) * Number.MAX_VALUE;
  return deviation / Math.sqrt(exact.variance / count);
}

function differenceSquares(moments: JointMoments): number {
  return centralSum(moments, 2, 0) - 2 * centralSum(moments, 1, 1) + centralSum(moments, 0, 2);
}

/** E (d − d̄)⁴ of the differences. */
function differenceFourth(moments: JointMoments): number {
  const at = (j: number, k: number) => centralMoment(moments, j, k);
  return at(4, 0) - 4 * at(3, 1) + 6 * at(2, 2) - 4 * at(1, 3) + at(0, 4);
}

function standardErrorOfMean(squares: number, count: number): number | null {
  return count < 2 ? null : Math.sqrt(Math.max(0, squares) / (count - 1) / count);
}
