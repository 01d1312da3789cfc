import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { mixtureHalfWidth } from '../statistics/confidence-sequences/normal-mixture.ts';
import { differenceEstimate } from '../statistics/pair-estimates.ts';
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
      readonly halfWidth: number | null;
    }
  | {
      readonly rule: 'rate';
      readonly isReached: boolean;
      readonly level: number;
      readonly decision: SequentialDecision;
    };

/** Looks at the merged replicates of a cell. */
export function stoppingState(rule: StoppingRule, { norm, order }: ChunkSummary): StoppingState {
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
  const halfWidth = differenceHalfWidth(norm, level);
  return {
    rule: 'precision',
    isReached: halfWidth <= rule.halfWidth,
    level,
    halfWidth: Number.isFinite(halfWidth) ? halfWidth : null,
  };
}

function differenceHalfWidth(norm: ChunkSummary['norm'], level: number): number {
  const { standardError } = differenceEstimate(norm);
  if (standardError === null) return Number.POSITIVE_INFINITY;
  return mixtureHalfWidth(norm.count, standardError * Math.sqrt(norm.count), 1 - level);
}
