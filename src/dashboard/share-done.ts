import type { Snapshot } from './snapshot.ts';

/** Share of the run that is done, in [0, 1]: in steps, and a training under way counts by its epochs. */
export function shareDone(snapshot: Snapshot): number {
  let [done, all] = [0, 0];
  const underWay = epochsUnderWay(snapshot);
  for (const [index, { replicates, steps }] of snapshot.facts.cells.entries()) {
    all += replicates * steps;
    done += replicates * steps * shareOf(snapshot, index, underWay);
  }
  return all > 0 ? done / all : 1;
}

/** Share of one cell that is done: 1 where a stopping rule had enough before the last replicate. */
export function shareDoneOf(snapshot: Snapshot, index: number): number {
  return shareOf(snapshot, index, epochsUnderWay(snapshot));
}

function shareOf({ facts, cells }: Snapshot, index: number, underWay: ReadonlyMap<number, number>): number {
  const { status, replicatesDone } = cells[index];
  const { replicates, epochs } = facts.cells[index];
  if (status === 'done' || replicates === 0) return 1;
  const part = epochs === null ? 0 : (underWay.get(index) ?? 0) / epochs;
  return Math.min(1, (replicatesDone + part) / replicates);
}

/** Epochs done of trainings that have not ended, by cell. */
function epochsUnderWay({ trainings }: Snapshot): Map<number, number> {
  const epochs = new Map<number, number>();
  for (const { cell, epoch, isDone } of trainings) if (!isDone) epochs.set(cell, (epochs.get(cell) ?? 0) + epoch);
  return epochs;
}
