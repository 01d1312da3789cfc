import type { OrderCounts } from '../coupling/order-counts.ts';

/** How the order of a cell's pairs fared as they came in: a bounded number of moments, evenly thinned. */
export interface OrderHistory {
  readonly moments: readonly OrderMoment[];
  /** Only every so many-th change becomes a moment. */
  readonly stride: number;
  readonly changes: number;
}

export interface OrderMoment {
  readonly pairs: number;
  readonly violatedAtSomeStep: number;
  readonly violatedAtEnd: number;
}

export const noHistory: OrderHistory = { moments: [], stride: 1, changes: 0 };

/** As many moments as a wide screen has columns for. */
const mostMoments = 400;

export function withMoment(history: OrderHistory, order: OrderCounts): OrderHistory {
  const changes = history.changes + 1;
  if (changes % history.stride !== 0) return { ...history, changes };
  const moments = [...history.moments, momentOf(order)];
  if (moments.length < mostMoments) return { ...history, changes, moments };
  return { changes, stride: 2 * history.stride, moments: moments.filter((_, index) => index % 2 === 1) };
}

function momentOf({ pairs, pairsViolatedAtSomeStep, pairsViolatedAtEnd }: OrderCounts): OrderMoment {
  return { pairs, violatedAtSomeStep: pairsViolatedAtSomeStep, violatedAtEnd: pairsViolatedAtEnd };
}
