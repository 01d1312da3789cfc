import type { PairParameters } from '../../process/pair-parameters.ts';
import { presenceProbability } from '../../process/presence.ts';
import type { Problem } from '../problem.ts';
import { shownNumber } from '../shown-value.ts';
import { greatestGain, greatestRateFactor, initialRange } from './gain-range.ts';

/** Fourth powers of squared norms, summed over 10¹⁰ replicates, stay below the greatest double, 1.8e308. */
const greatestSquaredNorm = 1e60;

/** A squared norm that falls this low would soon be 0, where c/s has no value. */
const leastSquaredNorm = 1e-100;

/** A stretch without the item is as good as never longer than this many mean stretches: e^−50. */
const longestStretch = 50;

/** What is wrong with a pair whose fields are sound one by one: relations between fields, and numbers out of range. */
export function pairProblems(pair: PairParameters): Problem[] {
  const checks = [popularityOrder, cycleOrder, traceLength, decayRate, growthRange, decayRange];
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

function growthRange(pair: PairParameters): Problem | undefined {
  const { least, greatest } = initialRange(pair);
  // Momentum adds the same step up to 1/(1 − β) times.
  const reach = greatest + greatestGain(pair) / (1 - pair.momentum.beta) ** 2 / least;
  if (reach <= greatestSquaredNorm) return undefined;
  const limit = `one appearance to leave s at most ${shownNumber(greatestSquaredNorm)}`;
  const message = `expected ${limit}, so that fourth moments are finite, got up to ${reach.toExponential(1)}`;
  return { path: ['initialSquaredNorm'], message };
}

function decayRange(pair: PairParameters): Problem | undefined {
  const { weightDecay, steps, popularity, batchSize } = pair;
  if (greatestShrinkage(pair) >= 1) return undefined;
  const presence = presenceProbability(popularity.lower, batchSize);
  // Without a gain, nothing makes up for what the appearances themselves decay.
  const isDecayAlone = greatestGain(pair) === 0;
  const between = isDecayAlone ? steps : Math.min(steps, longestStretch / presence);
  const stretch = weightDecay.applies === 'dense' ? between : isDecayAlone ? steps : 1;
  const logLeast = Math.log(initialRange(pair).least) + 2 * stretch * Math.log1p(-greatestShrinkage(pair));
  if (weightDecay.rate === 0 || logLeast >= Math.log(leastSquaredNorm)) return undefined;
  const limit = `s to stay above ${shownNumber(leastSquaredNorm)} over a long stretch without the item`;
  const message = `expected ${limit}, got e^${Math.round(logLeast)} after ${Math.round(stretch)} steps`;
  return { path: ['weightDecay', 'rate'], message };
}

function greatestShrinkage({ learningRate, weightDecay, gain, steps }: PairParameters): number {
  const factor = gain.model === 'schedule' ? greatestRateFactor(gain.schedule, steps) : 1;
  return learningRate * factor * weightDecay.rate;
}
