import type { OrderCounts } from '../../coupling/order-counts.ts';
import { mergeOrderCounts, noOrderCounts } from '../../coupling/order-counts.ts';
import type { PathRecord } from '../../coupling/path-record.ts';
import { isOrderViolated } from '../../process/order.ts';
import { type JointMoments, jointMoments, mergeJointMoments, noPairs } from '../../statistics/joint-moments.ts';

/** Pairs of runs, walked together: how their order fared, and their norms at the recorded steps. */
export interface CoupledRuns {
  readonly order: OrderCounts;
  /** ‖q′‖ and ‖q″‖ after each recorded step; the last is the end. */
  readonly norms: readonly JointMoments[];
  /** Pairs with s″ < s′ after each recorded step. */
  readonly violated: readonly number[];
}

export function noRuns(recordedSteps: number): CoupledRuns {
  return {
    order: noOrderCounts,
    norms: Array.from({ length: recordedSteps }, () => noPairs),
    violated: Array.from({ length: recordedSteps }, () => 0),
  };
}

/** What a walked pair adds. */
export function runsOf(record: PathRecord, replicate: number): CoupledRuns {
  const norms = Array.from(record.recordedLower, (lower, index) => {
    return jointMoments([Math.sqrt(lower)], [Math.sqrt(record.recordedUpper[index])]);
  });
  const violated = Array.from(record.recordedLower, (lower, index) => {
    return isOrderViolated(lower, record.recordedUpper[index]) ? 1 : 0;
  });
  return { order: record.orderCounts(replicate), norms, violated };
}

/** Fold pairs in their order for the same bits every time. */
export function mergeRuns(a: CoupledRuns, b: CoupledRuns): CoupledRuns {
  return {
    order: mergeOrderCounts(a.order, b.order),
    norms: a.norms.map((moments, index) => mergeJointMoments(moments, b.norms[index])),
    violated: a.violated.map((pairs, index) => pairs + b.violated[index]),
  };
}
