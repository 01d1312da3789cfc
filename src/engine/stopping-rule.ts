import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { decideRate, type SequentialDecision } from '../statistics/sprt.ts';
import { type PrecisionRule, type TargetState, targetStates } from './precision-targets.ts';

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
      /** Whether every target is. */
      readonly isReached: boolean;
      /** Probability that all sequences hold what they are for, at every look at once. */
      readonly level: number;
      readonly targets: readonly TargetState[];
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
  summary: Pick<ChunkSummary, 'norm' | 'squaredNorm' | 'order'>,
): StoppingState {
  const { level } = rule;
  if (!('violationRate' in rule)) {
    const targets = targetStates(rule, summary);
    return { rule: 'precision', isReached: targets.every(({ isReached }) => isReached), level, targets };
  }
  const hypotheses = {
    lowerRate: rule.violationRate.atMost,
    higherRate: rule.violationRate.atLeast,
    errorProbability: 1 - level,
  };
  const { order } = summary;
  const decision = decideRate(order.pairsViolatedAtSomeStep, order.pairs, hypotheses);
  return { rule: 'rate', isReached: decision !== 'undecided', level, decision };
}
