import type { OrderCounts } from '../coupling/order-counts.ts';
import type { Snapshot } from './snapshot.ts';

/** The address of a cell's first violated pair, as far as the cell has come; null where there is none. */
export function firstViolationOf({ cells }: Snapshot, index: number): OrderCounts['firstViolation'] {
  const merged = cells[index]?.merged ?? null;
  return merged !== null && 'order' in merged ? merged.order.firstViolation : null;
}
