import type { OrderCounts } from '../coupling/order-counts.ts';
import type { ObservedStep } from '../coupling/path-record.ts';
import { isOrderViolated } from '../process/order.ts';
import type { Cell } from './plan.ts';
import { PairSimulator } from './run-chunk.ts';

/** The path of one pair around the first violation of its order, or its beginning where there is none. */
export interface Replay {
  readonly initial: { readonly lower: number; readonly upper: number };
  /** The state before the first violation, the initial one where there is none. */
  readonly before: { readonly lower: number; readonly upper: number };
  /** Steps at which something changed, increasing; at most 2·around + 1 of them. */
  readonly path: readonly ObservedStep[];
  readonly final: { readonly lower: number; readonly upper: number };
  readonly order: OrderCounts;
}

/** Repeats one pair from its address: the same draws, the same path, the same numbers. */
export function replayPair(cell: Cell, replicate: number, around: number): Replay {
  const window: ObservedStep[] = [];
  let sinceViolation: number | null = null;
  let before: Replay['before'] | null = null;
  const simulator = new PairSimulator(cell, (observed) => {
    const isFirst = sinceViolation === null && isOrderViolated(observed.lower, observed.upper);
    if (isFirst) sinceViolation = 0;
    if (sinceViolation === null) {
      before = { lower: observed.lower, upper: observed.upper };
      window.push(observed);
      // Without a violation yet, only the steps just before one would be of interest.
      if (window.length > around) window.shift();
    } else if (sinceViolation <= around) {
      window.push(observed);
      sinceViolation += 1;
    }
  });
  simulator.draw(replicate);
  const { record } = simulator;
  return {
    initial: record.initial,
    before: before ?? record.initial,
    path: window,
    final: { lower: record.lower, upper: record.upper },
    order: record.orderCounts(replicate),
  };
}
