import type { PairParameters } from '../../process/pair-parameters.ts';
import type { Problem } from '../problem.ts';
import { shownAbove, shownNumber } from '../shown-value.ts';
import { greatestGain, initialRange } from './gain-range.ts';
import { greatestShrinkage, longestDecay } from './longest-decay.ts';

/** Fourth powers of squared norms, summed over 10¹⁰ replicates, stay below the greatest double, 1.8e308. */
const greatestSquaredNorm = 1e60;

/** A squared norm that falls this low would soon be 0, where c/s has no value. */
const leastSquaredNorm = 1e-100;

/** What is wrong with a pair whose fields are sound one by one: relations between fields, and numbers out of range. */
export function pairProblems(pair: PairParameters): Problem[] {
  const checks = [popularityOrder, cycleOrder, traceLength, decayRate, squaredNormRange];
  return checks.flatMap((check) => check(pair) ?? []);
}

function popularityOrder({ popularity: { lower, upper } }: PairParameters): Problem | undefined {
  if (lower <= upper) return undefined;
  return { path: ['popularity', 'lower'], message: `expected at most popularity.upper (${upper}), got ${lower}` };
}

function cycleOrder({ gain }: PairParameters): Problem | undefined {
  if (gain.model !== 'schedule' || gain.schedule.shape !== 'cyclic' || gain.schedule.low <= gain.schedule.high) return;
  const { low, high } = gain.schedule;
  return { path: ['gain', 'schedule', 'low'], message: `expected at most gain.schedule.high (${high}), got ${low}` };
}

function traceLength({ gain, steps }: PairParameters): Problem[] {
  if (gain.model !== 'trace') return [];
  return (['values', 'upperValues'] as const).flatMap((name) => {
    const length = gain[name]?.length ?? steps;
    const message = `expected a value for each of the ${steps} steps, got ${length}`;
    return length >= steps ? [] : [{ path: ['gain', name], message }];
  });
}

function decayRate(pair: PairParameters): Problem | undefined {
  const shrinkage = greatestShrinkage(pair);
  if (shrinkage < 1) return undefined;
  const message = `expected learningRate · rate below 1 at every step, got ${shownNumber(shrinkage)}`;
  return { path: ['weightDecay', 'rate'], message };
}

function squaredNormRange(pair: PairParameters): Problem | undefined {
  if (greatestShrinkage(pair) >= 1) return undefined;
  return decayRange(pair) ?? growthRange(pair);
}

function decayRange(pair: PairParameters): Problem | undefined {
  const { logLeast, steps } = longestDecay(pair, pair.popularity.lower);
  if (pair.weightDecay.rate === 0 || logLeast >= Math.log(leastSquaredNorm)) return undefined;
  const limit = `s to stay above ${shownNumber(leastSquaredNorm)} over a long stretch without the item`;
  const message = `expected ${limit}, got e^${Math.round(logLeast)} after ${Math.round(steps)} steps`;
  return { path: ['weightDecay', 'rate'], message };
}

function growthRange(pair: PairParameters): Problem | undefined {
  const { lower, upper } = pair.popularity;
  // At popularity 0 the item never appears, however low s is by then.
  const { logLeast, steps } = longestDecay(pair, lower === 0 ? upper : lower);
  const { least, greatest } = initialRange(pair);
  // Momentum adds the same step up to 1/(1 − β) times.
  const gain = greatestGain(pair) / (1 - pair.momentum.beta) ** 2;
  const reach = greatest + gain / Math.exp(logLeast);
  if (reach <= greatestSquaredNorm) return undefined;
  const limit = `one appearance to leave s at most ${shownNumber(greatestSquaredNorm)}, so that fourth moments are finite`;
  const message = `expected ${limit}, got up to ${shownAbove(reach, greatestSquaredNorm)}`;
  if (steps === 0 || greatest + gain / least > greatestSquaredNorm) return { path: ['initialSquaredNorm'], message };
  const cause = `after ${Math.round(steps)} steps of decay to e^${Math.round(logLeast)}`;
  const remedy = 'lower the rate or the steps, or raise popularity.lower';
  return { path: ['weightDecay', 'rate'], message: `${message} ${cause}; ${remedy}` };
}
