import { AssertionError } from 'node:assert';
import type { RateOptions } from './false-alarm-rate.ts';
import { assertLawEquals, type Law } from './law-equals.ts';
import { assertMeanAtLeast, type MeanOptions } from './mean-at-least.ts';
import { assertOrderViolatedOnlyWherePredicted } from './order-foretold.ts';
import { assertOrderKept } from './order-kept.ts';
import type { Sample } from './sample.ts';
import { assertStochasticDominance, type LawOptions } from './stochastic-dominance.ts';
import type { SimulationOptions, TestedPair } from './tested-pair.ts';

/** What vitest and jest want of a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  /** Shown where `pass` is not what was hoped for. */
  message(): string;
}

/**
 * The assertions as matchers, for `expect.extend` of vitest and of jest. Those that simulate are asynchronous:
 * `await expect(pair).toKeepOrder()`. After `.not` the claim must be refuted; whether a false one is depends on the number
 * of draws, and no rate bounds that.
 */
export const normGrowthMatchers = {
  toKeepOrder: (pair: TestedPair, options?: SimulationOptions) =>
    outcomeLater(assertOrderKept(pair, options), 'the order to be violated'),

  toViolateOrderOnlyWherePredicted: (pair: TestedPair, options?: SimulationOptions) =>
    outcomeLater(
      assertOrderViolatedOnlyWherePredicted(pair, options),
      'a violation that the criterion does not predict',
    ),

  toDominate: (upper: Sample | TestedPair, lower?: Sample | LawOptions, options?: RateOptions) =>
    outcome(() => assertStochasticDominance(upper as Sample, lower as Sample, options), 'no dominance'),

  toHaveLaw: (sample: Sample, law: Law, options?: RateOptions) =>
    outcome(() => assertLawEquals(sample, law, options), 'another law'),

  toHaveMeanAtLeast: (tested: Sample | TestedPair, bound: number, options?: MeanOptions | LawOptions) =>
    outcome(() => assertMeanAtLeast(tested as Sample, bound, options), `a mean below ${bound}`),
};

/** The outcome of an assertion, at once or later as it comes. */
function outcome(assertion: () => unknown, opposite: string): MatcherResult | Promise<MatcherResult> {
  try {
    const pending = assertion();
    return pending instanceof Promise ? outcomeLater(pending, opposite) : passed(opposite);
  } catch (error) {
    return failedBy(error);
  }
}

function outcomeLater(assertion: Promise<unknown>, opposite: string): Promise<MatcherResult> {
  return assertion.then(() => passed(opposite), failedBy);
}

function passed(opposite: string): MatcherResult {
  return { pass: true, message: () => `expected ${opposite}, and found nothing of the kind` };
}

/** A claim that failed. @throws whatever else went wrong */
function failedBy(error: unknown): MatcherResult {
  if (!(error instanceof AssertionError)) throw error;
  const { message } = error;
  return { pass: false, message: () => message };
}
