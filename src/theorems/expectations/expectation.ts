import type { MeanQuantity } from '../../engine/precision-targets.ts';

/** Shares of the pairs that a scenario may expect something of. */
export const shareQuantities = ['order.pairsViolatedAtSomeStep', 'order.pairsViolatedAtEnd', 'order.ties'] as const;

/** Bounds on a number; at least one of the two. */
export interface Bounds {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** One line of a scenario's `expect:`. */
export type Expectation =
  /** A mean: equal to the exact law's, or within bounds. */
  | { readonly quantity: MeanQuantity; readonly is: 'exact' | Bounds }
  /** The share of the pairs of which something is true, in [0, 1]. */
  | { readonly quantity: (typeof shareQuantities)[number]; readonly is: Bounds }
  /** As many new violations as the sharp criterion predicts. */
  | { readonly quantity: 'order.newViolations'; readonly is: 'predicted' };

/** A bound that a test can tell from the others: on one side, or on both at once. */
export interface Side {
  readonly bound: number;
  readonly side: 'atLeast' | 'atMost' | 'equal';
}

/** The sides of some bounds: one test each; two equal bounds are one two-sided test. */
export function sidesOf({ atLeast, atMost }: Bounds): Side[] {
  if (atLeast !== undefined && atLeast === atMost) return [{ bound: atLeast, side: 'equal' }];
  const lower: Side[] = atLeast === undefined ? [] : [{ bound: atLeast, side: 'atLeast' }];
  return atMost === undefined ? lower : [...lower, { bound: atMost, side: 'atMost' }];
}

/** The expectation as a scenario writes it: `norm.difference at least 0`. */
export function expectationText({ quantity, is }: Expectation): string {
  if (typeof is === 'string') return `${quantity} ${is}`;
  const { atLeast, atMost } = is;
  if (atLeast === atMost) return `${quantity} = ${atLeast}`;
  const bounds = [
    atLeast === undefined ? [] : [`at least ${atLeast}`],
    atMost === undefined ? [] : [`at most ${atMost}`],
  ];
  return `${quantity} ${bounds.flat().join(' and ')}`;
}
