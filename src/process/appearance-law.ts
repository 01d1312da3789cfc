import { binomialPmf } from '../maths/binomial.ts';

/** The law of N, the number of steps whose batch holds the item: N ~ Bin(T, a). */
export interface AppearanceLaw {
  /** Outside first … last the probabilities sum to less than 1e-18. */
  readonly first: number;
  readonly last: number;
  /** P(N = n); 0 outside the window. */
  probability(appearances: number): number;
}

/**
 * The law of N after a number of steps. Every probability comes from Loader's formula, so none carries the rounding of
 * its neighbours: relative error below 1e-13. O(√(T·a)) probabilities are computed and kept.
 *
 * @param trials T, an integer ≥ 0
 * @param presence a, in [0, 1]
 * @throws {RangeError} outside those ranges
 */
export function appearanceLaw(trials: number, presence: number): AppearanceLaw {
  const { first, last } = appearanceWindow(trials, presence);
  const probabilities = Float64Array.from({ length: last - first + 1 }, (_, offset) => {
    return binomialPmf(first + offset, trials, presence);
  });
  return { first, last, probability: (appearances) => probabilities[appearances - first] ?? 0 };
}

/**
 * The appearances worth looking at. The binomial pmf is log-concave: past the edge of the window it falls at least as
 * fast as the geometric series with the ratio found there, so what is left out is below 1e-25/(1 − ratio). At ten
 * standard deviations from the mode 1 − ratio is about 10/sd: the rest is under 1e-18 for any T a computer can sweep.
 *
 * The neighbours of the mode are kept however improbable they are: where one appearance makes s 10⁶⁰ times as large, they
 * are what the mean is made of.
 */
export function appearanceWindow(trials: number, presence: number): { first: number; last: number } {
  const mode = Math.min(trials, Math.floor((trials + 1) * presence));
  const isNegligible = (appearances: number) => {
    const least = Math.abs(appearances - mode) <= neighbours ? Number.MIN_VALUE : 1e-25;
    return binomialPmf(appearances, trials, presence) < least;
  };
  // To the left of the mode the pmf rises and to its right it falls, so bisection finds the edges.
  return { first: edge(mode, -1, isNegligible), last: edge(mode, trials + 1, isNegligible) };
}

const neighbours = 2;

/** The last integer on the way from `inside` to `outside` that is not negligible; `outside` counts as negligible. */
function edge(inside: number, outside: number, isNegligible: (appearances: number) => boolean): number {
  let kept = inside;
  let dropped = outside;
  while (Math.abs(dropped - kept) > 1) {
    const middle = Math.floor((kept + dropped) / 2);
    if (isNegligible(middle)) dropped = middle;
    else kept = middle;
  }
  return kept;
}
