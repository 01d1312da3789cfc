import type { AppearanceLaw } from './appearance-law.ts';
import { discreteMoments, type RunMoments } from './run-moments.ts';

/** One value of a law and its probability. */
interface Atom {
  readonly value: number;
  readonly probability: number;
}

/** The exact law of one run's norm, or squared norm. */
export interface NormLaw extends RunMoments {
  /** The values in increasing order; probabilities that sum to less than 1e-18 are left out. */
  readonly atoms: readonly Atom[];
  /** Probability of a value ≤ x. */
  cdf(x: number): number;
  /**
   * The least value whose cdf reaches q.
   *
   * @param q in [0, 1]
   * @throws {RangeError} outside that range
   */
  quantile(q: number): number;
}

/**
 * The exact law of S_N or of √S_N, up to rounding.
 *
 * @param appearances the law of N
 * @param growth S_0 … S_n, at least as far as the law reaches; need not increase (lazy decay makes it fall)
 * @param measure what to look at: √ for the norm, the identity for the squared norm
 */
export function normLaw(
  appearances: AppearanceLaw,
  growth: Float64Array,
  measure: (squaredNorm: number) => number = Math.sqrt,
): NormLaw {
  const { first, last } = appearances;
  const atoms = Array.from({ length: last - first + 1 }, (_, index) => {
    return { value: measure(growth[first + index]), probability: appearances.probability(first + index) };
  }).sort((a, b) => a.value - b.value);
  const cumulative = cumulativeSums(atoms);
  const atOrBelow = (x: number) => bisect(atoms.length, (index) => atoms[index].value > x);
  return {
    ...runMoments(appearances, growth, measure),
    atoms,
    cdf: (x) => (atOrBelow(x) === 0 ? 0 : cumulative[atOrBelow(x) - 1]),
    quantile(q) {
      if (!(q >= 0 && q <= 1)) throw new RangeError(`normLaw: quantile's q must be in [0, 1], got ${q}`);
      const index = bisect(atoms.length, (index) => cumulative[index] >= q);
      return atoms[Math.min(index, atoms.length - 1)].value;
    },
  };
}

/** Mean and variance of `measure(S_N)`, without the rest of the law. */
export function runMoments(
  { first, last, probability }: AppearanceLaw,
  growth: Float64Array,
  measure: (squaredNorm: number) => number = Math.sqrt,
): RunMoments {
  return discreteMoments(
    last - first + 1,
    (index) => probability(first + index),
    (index) => measure(growth[first + index]),
  );
}

/** Running sums, scaled to end at 1: quantile(1) then exists whatever the rounding. */
function cumulativeSums(atoms: readonly Atom[]): Float64Array {
  const sums = new Float64Array(atoms.length);
  let sum = 0;
  let lost = 0;
  atoms.forEach(({ probability }, index) => {
    const next = sum + probability;
    lost += sum >= probability ? sum - next + probability : probability - next + sum;
    sum = next;
    sums[index] = sum + lost;
  });
  const total = sums[atoms.length - 1];
  return sums.map((value) => value / total);
}

/** The first index that satisfies a condition which, once true, stays true; `count` if none does. */
function bisect(count: number, isReached: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
