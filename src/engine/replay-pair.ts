import type { OrderCounts } from '../coupling/order-counts.ts';
import { type ObservedStep, type Observer, PathRecord } from '../coupling/path-record.ts';
import { traceWidth } from '../kernels/kernel-run.ts';
import { isOrderViolated, predictsViolation } from '../process/order.ts';
import { orderDrop } from '../process/order-criterion.ts';
import { type Cell, chunkAt } from './plan.ts';
import { PairSimulator, runCellKernel, startsOf } from './run-chunk.ts';

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
  const record = watchPair(cell, replicate, (observed) => {
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
  return {
    initial: record.initial,
    before: before ?? record.initial,
    path: window,
    final: { lower: record.lower, upper: record.upper },
    order: record.orderCounts(replicate),
  };
}

/** Draws one pair again and tells the observer its steps; a kernel's pair by running its chunk with the trace on. */
export function watchPair(cell: Cell, replicate: number, observer: Observer): PathRecord {
  if (cell.kernel === 'plain') {
    const simulator = new PairSimulator(cell, observer);
    simulator.draw(replicate);
    return simulator.record;
  }
  const chunk = chunkAt(cell, Math.floor(replicate / cell.chunkSize));
  const index = replicate - chunk.first;
  const { trace } = runCellKernel(cell, chunk, index);
  const starts = startsOf(cell, chunk);
  const start = typeof starts === 'number' ? starts : starts[index];
  const record = new PathRecord(cell.recordedSteps, observer);
  record.begin(start, start);
  for (let at = 0; at < trace.length; at += traceWidth) {
    const [step, lowerGain, upperGain, lower, upper] = trace.subarray(at, at + traceWidth);
    record.hold(step - 1);
    const drop = orderDrop(record.lower, record.upper, lowerGain, upperGain, 1, 1);
    const isBreaking = !record.isViolated && predictsViolation(drop, lower, upper);
    record.move(lower, upper, isBreaking, lowerGain, upperGain);
  }
  record.hold(cell.pair.steps);
  return record;
}
