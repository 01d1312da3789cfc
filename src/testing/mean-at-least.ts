import { openGenerator } from '../random/generators/index.ts';
import { streamKey } from '../random/stream-address.ts';
import { formatCount, formatEstimate, formatSignificant } from '../report/format-number.ts';
import { shownNumber } from '../scenarios/shown-value.ts';
import { atLeastPValue } from '../statistics/hypothesis-tests/z-test.ts';
import { jointMoments } from '../statistics/joint-moments.ts';
import { differenceEstimate, type Estimate, meanEstimate } from '../statistics/pair-estimates.ts';
import { bettingPValue } from './betting-test.ts';
import { pairFailure, pValueText, sampleFailure } from './failure.ts';
import { falseAlarmRateOf, type RateOptions } from './false-alarm-rate.ts';
import { firstBrokenPair } from './find-pair.ts';
import { isReversed, shrunkText } from './order-kept.ts';
import type { State } from './path.ts';
import { requireNumbers, type Sample } from './sample.ts';
import type { LawOptions } from './stochastic-dominance.ts';
import { isPair, type SimulatedPair, simulatePair, type TestedPair } from './tested-pair.ts';

/** How a claim about the mean of a sample is tested. */
export interface MeanOptions extends RateOptions {
  /** The least and the greatest value that a draw can have, known beforehand and not read off the sample. */
  readonly range?: readonly [number, number];
}

/** With fewer draws the mean of a skewed law is not yet normal as far out as a false-alarm rate of 1e-6 looks. */
const fewestDraws = 1000;

/**
 * Asserts that the mean of the sample's law is at least a bound, or that E‖q″‖ − E‖q′‖ is, at the end of a pair's training
 * (10,000 pairs unless said).
 *
 * With a `range` by betting against the claim, whose false-alarm rate holds for every law and number of draws. Without
 * one, and for a pair, whose norms have no bound beforehand, by a z-test: no test holds for every unbounded law, and that
 * of z holds as far as the mean is normal, for which it wants 1,000 draws or more and a finite variance.
 *
 * @throws {AssertionError} when the draws lie farther below the bound than chance takes them
 * @throws {RangeError} for fewer than 1,000 draws without a range, and for draws outside of it
 */
export function assertMeanAtLeast(sample: Sample, bound: number, options?: MeanOptions): void;
export function assertMeanAtLeast(pair: TestedPair, bound: number, options?: LawOptions): Promise<void>;
export function assertMeanAtLeast(
  tested: Sample | TestedPair,
  bound: number,
  options: MeanOptions | LawOptions = {},
): void | Promise<void> {
  if (!Number.isFinite(bound)) throw new RangeError(`bound: expected a finite number, got ${bound}`);
  if (isPair(tested)) return meanOfPair(tested, bound, options);
  requireNumbers('sample', tested);
  meanOfSample(tested, bound, options);
}

async function meanOfPair(pair: TestedPair, bound: number, options: LawOptions): Promise<void> {
  const rate = falseAlarmRateOf(options);
  const simulated = await simulatePair(pair, options);
  const { norm } = simulated.summary;
  const judged = judgedByZ(differenceEstimate(norm), bound, norm.count, rate);
  if (judged === null) return;
  const failure = { operator, claim: `E‖q″‖ − E‖q′‖ ≥ ${bound}`, ...judged };
  const { replicate, counterexample } = pairBelow(simulated, bound);
  throw pairFailure({ ...failure, counterexample }, simulated, { replicate });
}

const operator = 'assertMeanAtLeast';

function meanOfSample(sample: Sample, bound: number, options: MeanOptions): void {
  const rate = falseAlarmRateOf(options);
  const moments = jointMoments(sample, sample);
  const estimate = meanEstimate(moments, 0);
  const judged =
    options.range === undefined
      ? judgedByZ(estimate, bound, sample.length, rate)
      : judgedByBetting(sample, estimate, bound, options.range, rate);
  if (judged === null) return;
  const least = Array.from(sample).reduce((low, draw) => Math.min(low, draw));
  const counterexample = `the sample as it is: its least draw is ${least}`;
  throw sampleFailure({ operator, claim: `E X ≥ ${bound}`, ...judged, counterexample });
}

/** What a test says of the claim where it rejects it. */
interface Judged {
  readonly measured: string;
  readonly expected: string;
  readonly falseAlarm: string;
}

function judgedByZ(estimate: Estimate, bound: number, draws: number, rate: number): Judged | null {
  if (draws < fewestDraws) {
    const remedy = 'a range of the draws known beforehand makes fewer do';
    throw new RangeError(`${operator}: expected at least ${fewestDraws} draws for a z-test, got ${draws}; ${remedy}`);
  }
  const error = estimate.standardError!;
  const gap = estimate.estimate - bound;
  // Draws that are all alike leave nothing to chance but what was never drawn.
  const pValue = error > 0 ? atLeastPValue(gap / error) : gap < 0 ? 0 : 1;
  if (pValue >= rate) return null;
  const basis = error > 0 ? `${shownNumber(rate)}, by the z-test` : 'unknown, because all draws are alike';
  return judged(estimate, bound, draws, pValue, basis);
}

function judgedByBetting(
  sample: Sample,
  estimate: Estimate,
  bound: number,
  range: readonly [number, number],
  rate: number,
): Judged | null {
  if (!(range[0] < range[1])) throw new RangeError(`range: expected [least, greatest], got [${range.join(', ')}]`);
  const pValue = bettingPValue(shuffled(sample), bound, range, rate);
  const basis = `${shownNumber(rate)}, by betting, for every law on [${range.join(', ')}] and number of draws`;
  return pValue >= rate ? null : judged(estimate, bound, sample.length, pValue, basis);
}

/** The draws in an order that does not depend on them: the bets would take a sorted sample for a drifting one. */
function shuffled(sample: Sample): Float64Array {
  const key = streamKey({ seed: 1, group: 'shuffled sample', purpose: 'claim', block: 0 });
  const uniform = openGenerator('sfc32', key)(0);
  const draws = Float64Array.from(sample);
  for (let last = draws.length - 1; last > 0; last--) {
    const chosen = Math.floor(uniform() * (last + 1));
    [draws[last], draws[chosen]] = [draws[chosen], draws[last]];
  }
  return draws;
}

function judged(estimate: Estimate, bound: number, draws: number, pValue: number, falseAlarm: string): Judged {
  const { estimate: mean, standardError } = estimate;
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
  return {
    measured: `${formatEstimate(mean, standardError)}${error} from ${formatCount(draws)} draws (${pValueText(pValue)})`,
    expected: `at least ${bound}`,
    falseAlarm,
  };
}

/** A pair whose own difference is below the bound, shrunk. A pair that never moves breaks a bound above 0: none is shown. */
function pairBelow(simulated: SimulatedPair, bound: number): { replicate: number; counterexample: string } {
  if (bound > 0) return { replicate: 0, counterexample: 'none on a single path: the claim is about the mean alone' };
  const isBelow = (end: State) => isReversed(end) && Math.sqrt(end.upper) - Math.sqrt(end.lower) < bound;
  const replicate = firstBrokenPair(simulated.cell, isBelow);
  if (replicate === null) return { replicate: 0, counterexample: 'none: no single pair ends below the bound' };
  const text = shrunkText(simulated, replicate, Infinity, isBelow);
  return { replicate, counterexample: `one pair that ends below the bound: ${text}` };
}
