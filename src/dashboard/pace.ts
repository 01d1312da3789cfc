import type { CellView, Snapshot } from './snapshot.ts';

/** How fast a run goes, and when it will be done if it goes on so. */
export interface Pace {
  /** Steps of replicates (pair-steps) a second, over the last seconds; 0 before the first chunk. */
  readonly stepsPerSecond: number;
  /** Infinity while nothing can be said. */
  readonly secondsLeft: number;
}

/** The pace of the whole run, judged by what it did itself: what an earlier run had left took no time. */
export function paceOf({ facts, cells, recent, workers }: Snapshot): Pace {
  const [first, last] = [recent[0], recent[recent.length - 1]];
  const seconds = (last.atMs - first.atMs) / 1000;
  const stepsDone = last.steps - first.steps;
  if (seconds <= 0 || workers.length === 0 || stepsDone === 0) {
    return { stepsPerSecond: 0, secondsLeft: Number.POSITIVE_INFINITY };
  }
  const stepsLeft = cells.reduce(
    (sum, cell, index) => sum + replicatesLeft(cell, facts.cells[index].replicates) * facts.cells[index].steps,
    0,
  );
  const stepsPerSecond = stepsDone / seconds;
  return { stepsPerSecond, secondsLeft: stepsLeft / stepsPerSecond };
}

/** Seconds until a running cell is done, by its own pace so far; Infinity while nothing can be said. */
export function secondsLeftOf(cell: CellView, replicates: number, nowMs: number): number {
  const own = cell.replicatesDone - cell.replicatesReused;
  if (cell.startedMs === null || own === 0 || nowMs <= cell.startedMs) return Number.POSITIVE_INFINITY;
  return (replicatesLeft(cell, replicates) * (nowMs - cell.startedMs)) / 1000 / own;
}

function replicatesLeft({ status, replicatesDone }: CellView, replicates: number): number {
  return status === 'done' ? 0 : Math.max(0, replicates - replicatesDone);
}
