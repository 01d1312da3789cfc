import { type AppearanceLaw, appearanceLaw, appearanceWindow } from './appearance-law.ts';
import { decayFactor } from './decay.ts';
import { enumerate, mostEnumeratedSteps } from './enumeration.ts';
import { gainModel } from './gains/index.ts';
import { growthTable, longestGrowth } from './growth-table.ts';
import { jointMoments } from './joint-law.ts';
import { type NormLaw, normLaw, runMoments } from './norm-law.ts';
import type { PairParameters } from './pair-parameters.ts';
import { presenceGap, presenceProbability } from './presence.ts';
import type { RunMoments } from './run-moments.ts';
import { stepIndependentGain } from './step-independent-gain.ts';

/** The exact moments of the two runs' norms, or squared norms, and of how they differ. */
export interface PairMoments {
  readonly lower: RunMoments;
  readonly upper: RunMoments;
  /** Of upper − lower; null where the joint law has too many terms to sum. */
  readonly difference: RunMoments | null;
  /**
   * (Var lower + Var upper)/Var(upper − lower): how many times more replicates independent runs would need for the same
   * standard error. Null where the difference is unknown, or has no variance.
   */
  readonly varianceReduction: number | null;
}

/** What is known exactly about a pair after some step. */
export interface ExactPairLaw {
  readonly norm: PairMoments;
  readonly squaredNorm: PairMoments;
  /** Whether the law comes from binomial numbers of appearances, or from all presence patterns of a short training. */
  readonly source: 'binomial' | 'enumeration';
}

/**
 * The exact law of a pair after a step, where one is known; else null.
 *
 * Known without momentum and from a fixed start, (binomial) for a step-independent gain with no weight decay or a lazy
 * one, and (enumeration) for any deterministic gain and any weight decay over at most 10 steps. Costs up to a second.
 *
 * @param step after which step to look, an integer in 0 … pair.steps; schedules still see the whole training
 * @throws {RangeError} when step is outside that range
 * @see theory, claim A10
 */
export function exactPairLaw(pair: PairParameters, step: number = pair.steps): ExactPairLaw | null {
  requireStep('exactPairLaw', pair, step);
  const binomial = binomialSetting(pair, step);
  if (binomial !== null) return binomialPairLaw(pair, binomial, step);
  if (!isEnumerable(pair, step)) return null;
  const { norm, squaredNorm } = enumerate(pair, step);
  return { norm: withReduction(norm), squaredNorm: withReduction(squaredNorm), source: 'enumeration' };
}

/**
 * The exact mean norms of both runs after each of some steps, where they are known (as for `exactPairLaw`) at all of
 * them; else null. The growth table is shared between the steps, so that trajectories are cheap.
 *
 * @param steps integers in 0 … pair.steps
 * @throws {RangeError} when one is outside that range
 */
export function exactMeanNorms(
  pair: PairParameters,
  steps: readonly number[],
): { lower: number[]; upper: number[] } | null {
  for (const step of steps) requireStep('exactMeanNorms', pair, step);
  const longest = steps.reduce((most, step) => Math.max(most, step), 0);
  const binomial = binomialSetting(pair, longest);
  if (binomial !== null) {
    const meanNorm = (presence: number) => (step: number) => {
      return runMoments(appearanceLaw(step, presence), binomial.growth).mean;
    };
    return { lower: steps.map(meanNorm(binomial.lower)), upper: steps.map(meanNorm(binomial.upper)) };
  }
  if (!isEnumerable(pair, longest)) return null;
  const norms = steps.map((step) => enumerate(pair, step).norm);
  return { lower: norms.map(({ lower }) => lower.mean), upper: norms.map(({ upper }) => upper.mean) };
}

/** The exact laws of both runs' squared norms at the end, where the numbers of appearances give them; else null. */
export function exactSquaredNormLaws(pair: PairParameters): { lower: NormLaw; upper: NormLaw } | null {
  const binomial = binomialSetting(pair, pair.steps);
  if (binomial === null) return null;
  const law = (presence: number) => {
    return normLaw(appearanceLaw(pair.steps, presence), binomial.growth, (squaredNorm) => squaredNorm);
  };
  return { lower: law(binomial.lower), upper: law(binomial.upper) };
}

/** The two presences, and a growth table as far as the upper run can get. */
interface BinomialSetting {
  readonly lower: number;
  readonly upper: number;
  readonly growth: Float64Array;
}

function binomialSetting(pair: PairParameters, step: number): BinomialSetting | null {
  const { popularity, batchSize, initialSquaredNorm, weightDecay, momentum } = pair;
  const gain = stepIndependentGain(pair);
  const hasDenseDecay = weightDecay.rate > 0 && weightDecay.applies === 'dense';
  if (gain === null || hasDenseDecay || typeof initialSquaredNorm !== 'number' || momentum.beta !== 0) return null;
  const lower = presenceProbability(popularity.lower, batchSize);
  const upper = presenceProbability(popularity.upper, batchSize);
  const { last } = appearanceWindow(step, upper);
  if (last > longestGrowth) return null;
  return { lower, upper, growth: growthTable(initialSquaredNorm, gain, last, decayFactor(pair)(1)) };
}

function binomialPairLaw(pair: PairParameters, binomial: BinomialSetting, step: number): ExactPairLaw {
  const { growth } = binomial;
  const lower = appearanceLaw(step, binomial.lower);
  const upper = appearanceLaw(step, binomial.upper);
  const norm = marginals(lower, upper, growth, Math.sqrt);
  const squaredNorm = marginals(lower, upper, growth, (value) => value);
  const gap = presenceGap(pair.popularity.lower, pair.popularity.upper, pair.batchSize);
  const joint = jointMoments({
    upper,
    missing: gap === 0 ? 0 : Math.min(1, gap / binomial.upper),
    growth,
    means: {
      norm: { lower: norm.lower.mean, upper: norm.upper.mean },
      squaredNorm: { lower: squaredNorm.lower.mean, upper: squaredNorm.upper.mean },
    },
  });
  return {
    norm: withReduction({ ...norm, difference: joint?.norm.difference ?? null }),
    squaredNorm: withReduction({ ...squaredNorm, difference: joint?.squaredNorm.difference ?? null }),
    source: 'binomial',
  };
}

function marginals(
  lower: AppearanceLaw,
  upper: AppearanceLaw,
  growth: Float64Array,
  measure: (squaredNorm: number) => number,
): { lower: RunMoments; upper: RunMoments } {
  return { lower: runMoments(lower, growth, measure), upper: runMoments(upper, growth, measure) };
}

function withReduction(moments: Omit<PairMoments, 'varianceReduction'>): PairMoments {
  const { lower, upper, difference } = moments;
  const hasVariance = difference !== null && difference.variance > 0;
  return {
    ...moments,
    varianceReduction: hasVariance ? (lower.variance + upper.variance) / difference.variance : null,
  };
}

function isEnumerable(pair: PairParameters, step: number): boolean {
  return (
    step <= mostEnumeratedSteps &&
    pair.momentum.beta === 0 &&
    typeof pair.initialSquaredNorm === 'number' &&
    gainModel(pair, 'lower').isDeterministic
  );
}

function requireStep(door: string, pair: PairParameters, step: number): void {
  if (!Number.isSafeInteger(step) || step < 0 || step > pair.steps) {
    throw new RangeError(`${door}: step must be an integer in 0 … ${pair.steps}, got ${step}`);
  }
}
