import { formatCount, formatSignificant } from '../report/format-number.ts';
import { shownNumber } from '../scenarios/shown-value.ts';
import { largestExcess } from '../statistics/histogram-distance.ts';
import { dominancePValue } from '../statistics/hypothesis-tests/dkw.ts';
import { pairFailure, pValueText, sampleFailure } from './failure.ts';
import { falseAlarmRateOf, type RateOptions } from './false-alarm-rate.ts';
import { firstBrokenPair } from './find-pair.ts';
import { isReversed, shrunkText } from './order-kept.ts';
import { rounderNumbers } from './rounding.ts';
import { type Sample, shareAtMost, sortedSample } from './sample.ts';
import { isPair, type SimulationOptions, simulatePair, type TestedPair } from './tested-pair.ts';

/** How a claim about the laws of a pair is tested. */
export interface LawOptions extends SimulationOptions, RateOptions {}

const claim = 'the upper law stochastically dominates the lower one: F″ ≤ F′ everywhere';
const operator = 'assertStochasticDominance';

/**
 * Asserts that the law of the upper sample dominates that of the lower one, or that the law of s″ at the end of a
 * training dominates that of s′ (100,000 pairs unless said).
 *
 * By the one-sided inequality of Dvoretzky, Kiefer and Wolfowitz for each sample, with Massart's constant: the false-alarm
 * rate holds for every law, every number of draws, and samples that depend on each other. Draws within a sample must be
 * independent.
 *
 * @throws {AssertionError} when F̂″ rises above F̂′ by more than chance does at the false-alarm rate
 */
export function assertStochasticDominance(upper: Sample, lower: Sample, options?: RateOptions): void;
export function assertStochasticDominance(pair: TestedPair, options?: LawOptions): Promise<void>;
export function assertStochasticDominance(
  upper: Sample | TestedPair,
  lower: Sample | LawOptions = {},
  options: RateOptions = {},
): void | Promise<void> {
  if (isPair(upper)) return dominanceOfPair(upper, lower as LawOptions);
  dominanceOfSamples(sortedSample('upper', upper), sortedSample('lower', lower as Sample), options);
}

async function dominanceOfPair(pair: TestedPair, options: LawOptions): Promise<void> {
  const rate = falseAlarmRateOf(options);
  const simulated = await simulatePair(pair, { replicates: 100_000, ...options });
  const { histograms, order } = simulated.summary;
  const excess = largestExcess(histograms!.upper, histograms!.lower);
  const pValue = dominancePValue(order.pairs, excess);
  if (pValue >= rate) return;
  // F̂″ above F̂′ somewhere: then some pair ends reversed.
  const replicate = firstBrokenPair(simulated.cell, isReversed) ?? 0;
  const counterexample = `one pair that ends reversed: ${shrunkText(simulated, replicate, Infinity, isReversed)}`;
  const draws = { upper: order.pairs, lower: order.pairs };
  throw pairFailure({ ...verdict(excess, pValue, draws, rate), counterexample }, simulated, { replicate });
}

function dominanceOfSamples(upper: Float64Array, lower: Float64Array, options: RateOptions): void {
  const rate = falseAlarmRateOf(options);
  const { excess, at } = greatestExcess(upper, lower);
  const draws = { upper: upper.length, lower: lower.length };
  const pValue = Math.min(1, 2 * Math.exp(-2 * effectiveDraws(draws) * excess ** 2));
  if (pValue >= rate) return;
  const shares = (x: number) => [shareAtMost(upper, x), shareAtMost(lower, x)];
  const isBeyond = ([upper, lower]: number[]) => upper - lower > criticalExcess(draws, rate);
  const x = rounderNumbers(at).find((candidate) => isBeyond(shares(candidate))) ?? at;
  const [ofUpper, ofLower] = shares(x).map((share) => formatSignificant(share, 4));
  const counterexample = `x = ${x}: a share ${ofUpper} of the upper sample is at most x, ${ofLower} of the lower`;
  throw sampleFailure({ ...verdict(excess, pValue, draws, rate), counterexample });
}

/**
 * nm/(√n + √m)²: an excess D means that F̂″ strays by tD or F̂′ by (1 − t)D, for any t that the draws do not choose; with
 * t = √m/(√n + √m) both bounds are exp(−2D²nm/(√n + √m)²).
 */
function effectiveDraws({ upper, lower }: Draws): number {
  return (upper * lower) / (Math.sqrt(upper) + Math.sqrt(lower)) ** 2;
}

/** The excess from which on the p-value is below the rate. */
function criticalExcess(draws: Draws, rate: number): number {
  return Math.sqrt(Math.log(2 / rate) / (2 * effectiveDraws(draws)));
}

interface Draws {
  readonly upper: number;
  readonly lower: number;
}

/** sup (F̂″ − F̂′), at least 0, and a draw of the upper sample where it is reached. */
function greatestExcess(upper: Float64Array, lower: Float64Array): { excess: number; at: number } {
  let [excess, at] = [0, upper[0]];
  for (let index = 0; index < upper.length; index++) {
    if (upper[index] === upper[index + 1]) continue;
    const here = (index + 1) / upper.length - shareAtMost(lower, upper[index]);
    if (here > excess) [excess, at] = [here, upper[index]];
  }
  return { excess, at };
}

function verdict(excess: number, pValue: number, draws: Draws, rate: number) {
  return {
    operator,
    claim,
    measured: `sup (F̂″ − F̂′) = ${formatSignificant(excess, 4)} (${pValueText(pValue)})`,
    expected: `at most ${formatSignificant(criticalExcess(draws, rate), 4)} with ${formatCount(draws.upper)} and ${formatCount(draws.lower)} draws`,
    falseAlarm: `${shownNumber(rate)}, by the DKW inequality, for every law and number of draws`,
  };
}
