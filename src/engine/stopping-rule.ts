import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { hasEnoughDraws, mixtureHalfWidth } from '../statistics/confidence-sequences/normal-mixture.ts';
import type { JointMoments } from '../statistics/joint-moments.ts';
import { differenceEstimate, differenceKurtosis } from '../statistics/pair-estimates.ts';
import { decideRate, type SequentialDecision } from '../statistics/sprt.ts';

/** Until the paired difference of the norms is known this well. */
interface PrecisionRule {
  /** Of a confidence sequence for E‖q″‖ − E‖q′‖. */
  readonly halfWidth: number;
  /** Probability that the sequence holds the true difference at every look at once. */
  readonly level: number;
}

/** Until it is decided which of two rates the share of the pairs that are violated at some step has. */
interface RateRule {
  readonly violationRate: { readonly atMost: number; readonly atLeast: number };
  readonly level: number;
}

/**
 * When a cell needs no more replicates. Valid however often one looks: both rules rest on martingales, not on repeated
 * z-tests.
 */
export type StoppingRule = PrecisionRule | RateRule;

/** What a cell's replicates so far say of its stopping rule. */
export type StoppingState =
  | {
      readonly rule: 'precision';
      readonly isReached: boolean;
      readonly level: number;
      /** Of the confidence sequence, and its ends; null while too few pairs differ for a first look. */
      readonly halfWidth: number | null;
      readonly lower: number | null;
      readonly upper: number | null;
    }
  | {
      readonly rule: 'rate';
      readonly isReached: boolean;
      readonly level: number;
      readonly decision: SequentialDecision;
    };

/** Looks at the merged replicates of a cell. */
export function stoppingState(
  rule: StoppingRule,
  { norm, order }: Pick<ChunkSummary, 'norm' | 'order'>,
): StoppingState {
  const { level } = rule;
  if ('violationRate' in rule) {
    const hypotheses = {
      lowerRate: rule.violationRate.atMost,
      higherRate: rule.violationRate.atLeast,
      errorProbability: 1 - level,
    };
    const decision = decideRate(order.pairsViolatedAtSomeStep, order.pairs, hypotheses);
    return { rule: 'rate', isReached: decision !== 'undecided', level, decision };
  }
  return precisionState(rule, norm);
}

function precisionState({ halfWidth: target, level }: PrecisionRule, norm: JointMoments): StoppingState {
  const { estimate, standardError } = differenceEstimate(norm);
  if (standardError === null || !hasEnoughDraws(norm.count, differenceKurtosis(norm))) {
    return { rule: 'precision', isReached: false, level, halfWidth: null, lower: null, upper: null };
  }
  const halfWidth = mixtureHalfWidth(norm.count, standardError * Math.sqrt(norm.count), 1 - level);
  return {
    rule: 'precision',
    isReached: halfWidth <= target,
    level,
    halfWidth,
    lower: estimate - halfWidth,
    upper: estimate + halfWidth,
  };
}
