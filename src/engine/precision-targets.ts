import { hasEnoughDraws, mixtureHalfWidth } from '../statistics/confidence-sequences/normal-mixture.ts';
import type { JointMoments } from '../statistics/joint-moments.ts';
import {
  differenceEstimate,
  differenceKurtosis,
  type Estimate,
  meanEstimate,
  runKurtosis,
} from '../statistics/pair-estimates.ts';

/** The means that a cell can be asked to know well. */
export const meanQuantities = [
  'norm.lower',
  'norm.upper',
  'norm.difference',
  'squaredNorm.lower',
  'squaredNorm.upper',
  'squaredNorm.difference',
] as const;

/** The name of a mean that a cell can be asked to know well. */
export type MeanQuantity = (typeof meanQuantities)[number];

/** How well a mean is to be known. */
export type Target =
  | {
      /** Half the width of its confidence sequence, at most. */
      readonly halfWidth: number;
    }
  | {
      /**
       * In (0, 1]: half the width of its confidence sequence as a share of the mean, at most. The mean is taken at the end
       * of the sequence that is nearer to 0, so that |estimate − mean| ≤ share · |mean| whenever the sequence holds the mean.
       * A mean of 0 is never known so well.
       */
      readonly relativeHalfWidth: number;
    };

/** Until every one of some means is known well. */
export type PrecisionRule = { readonly [Quantity in MeanQuantity]?: Target | undefined } & {
  /** Of the paired difference of the norms: short for a target of `norm.difference`. */
  readonly halfWidth?: number | undefined;
  /** Probability that the sequences of all targets hold their means at every look at once. */
  readonly level: number;
};

/** What the replicates so far say of a target. */
export interface TargetState {
  readonly quantity: MeanQuantity;
  readonly target: Target;
  readonly isReached: boolean;
  /** Of the confidence sequence; null, as its ends, while there are too few different draws for a first look. */
  readonly halfWidth: number | null;
  /** The half width over the size of the end that is nearer to 0; null, too, while 0 is in the sequence. */
  readonly relativeHalfWidth: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Looks at each target of a rule, in the order of `meanQuantities`. Each has an equal part of the probability of error:
 * that some sequence ever misses its mean is no more likely than all parts together, however the means depend on each other.
 */
export function targetStates(
  rule: PrecisionRule,
  moments: { readonly norm: JointMoments; readonly squaredNorm: JointMoments },
): TargetState[] {
  const targets = targetsOf(rule);
  const alpha = errorOfTarget(rule, targets.length);
  return targets.map(({ quantity, target }) => {
    const sequence = sequenceOf(drawsOf(quantity, moments), alpha);
    return { quantity, target, isReached: isWithin(target, sequence), ...sequence };
  });
}

/** The part of a rule's probability of error that each of its targets has. */
export function errorOfTarget({ level }: PrecisionRule, targets: number): number {
  return (1 - level) / targets;
}

/** The targets of a rule, one a quantity. */
export function targetsOf(rule: PrecisionRule): { readonly quantity: MeanQuantity; readonly target: Target }[] {
  const { halfWidth } = rule;
  const all = halfWidth === undefined ? rule : { ...rule, 'norm.difference': { halfWidth } };
  return meanQuantities.flatMap((quantity) => {
    const target = all[quantity];
    return target === undefined ? [] : [{ quantity, target }];
  });
}

type Sequence = Pick<TargetState, 'halfWidth' | 'relativeHalfWidth' | 'lower' | 'upper'>;

function isWithin(target: Target, { halfWidth, relativeHalfWidth }: Sequence): boolean {
  if ('halfWidth' in target) return halfWidth !== null && halfWidth <= target.halfWidth;
  return relativeHalfWidth !== null && relativeHalfWidth <= target.relativeHalfWidth;
}

export interface Draws extends Estimate {
  readonly count: number;
  readonly kurtosis: number | null;
}

/** The confidence sequence for a mean where it stands now. */
function sequenceOf({ estimate, standardError, count, kurtosis }: Draws, alpha: number): Sequence {
  if (standardError === null || !hasEnoughDraws(count, kurtosis)) {
    return { halfWidth: null, relativeHalfWidth: null, lower: null, upper: null };
  }
  const halfWidth = mixtureHalfWidth(count, standardError * Math.sqrt(count), alpha);
  const [lower, upper] = [estimate - halfWidth, estimate + halfWidth];
  const isSigned = lower > 0 || upper < 0;
  const relativeHalfWidth = isSigned ? halfWidth / Math.min(Math.abs(lower), Math.abs(upper)) : null;
  return { halfWidth, relativeHalfWidth, lower, upper };
}

export function drawsOf(quantity: MeanQuantity, moments: Parameters<typeof targetStates>[1]): Draws {
  const [measure, run] = quantity.split('.') as ['norm' | 'squaredNorm', 'lower' | 'upper' | 'difference'];
  const of = moments[measure];
  const { count } = of;
  if (run === 'difference') return { ...differenceEstimate(of), count, kurtosis: differenceKurtosis(of) };
  const axis = run === 'lower' ? 0 : 1;
  return { ...meanEstimate(of, axis), count, kurtosis: runKurtosis(of, axis) };
}
