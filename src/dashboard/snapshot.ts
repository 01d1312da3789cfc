import type { Plan } from '../engine/plan.ts';
import type { EngineEvent } from '../engine/run-plan.ts';
import type { JointMoments } from '../statistics/joint-moments.ts';

/** What a view needs to know of a run: a fold of its events. */
export interface Snapshot {
  readonly cells: number;
  readonly cellsDone: number;
  readonly replicates: number;
  readonly replicatesDone: number;
  /** Of the replicates done, those that an earlier run had left. */
  readonly replicatesRecovered: number;
  /** Steps of pairs simulated by this run. */
  readonly pairSteps: number;
  /** The cell whose estimates last grew, and the moments of its final norms so far. */
  readonly latest: { readonly cell: number; readonly norm: JointMoments; readonly pairsViolated: number } | null;
}

export function emptySnapshot(plan: Plan): Snapshot {
  return {
    cells: plan.cells.length,
    cellsDone: 0,
    replicates: plan.cells.reduce((sum, { replicates }) => sum + replicates, 0),
    replicatesDone: 0,
    replicatesRecovered: 0,
    pairSteps: 0,
    latest: null,
  };
}

export function nextSnapshot(snapshot: Snapshot, plan: Plan, event: EngineEvent): Snapshot {
  switch (event.type) {
    case 'chunk': {
      const { replicates, cell } = event.chunk;
      const recovered = event.isRecovered ? replicates : 0;
      return {
        ...snapshot,
        replicatesDone: snapshot.replicatesDone + replicates,
        replicatesRecovered: snapshot.replicatesRecovered + recovered,
        pairSteps: snapshot.pairSteps + (replicates - recovered) * plan.cells[cell].pair.steps,
      };
    }
    case 'progress':
      return { ...snapshot, latest: latestOf(event.cell.index, event.merged) };
    case 'cell':
      return { ...snapshot, cellsDone: snapshot.cellsDone + 1, latest: latestOf(event.cell.index, event.summary) };
  }
}

function latestOf(cell: number, summary: Extract<EngineEvent, { type: 'cell' }>['summary']): Snapshot['latest'] {
  return { cell, norm: summary.norm, pairsViolated: summary.order.pairsViolatedAtSomeStep };
}

/** Pair-steps a second and the seconds left, judged by the replicates that this run itself has done. */
export function pace(snapshot: Snapshot, elapsedSeconds: number): { perSecond: number; secondsLeft: number } {
  const own = snapshot.replicatesDone - snapshot.replicatesRecovered;
  const left = snapshot.replicates - snapshot.replicatesDone;
  if (own === 0 || elapsedSeconds <= 0) return { perSecond: 0, secondsLeft: Number.POSITIVE_INFINITY };
  return { perSecond: snapshot.pairSteps / elapsedSeconds, secondsLeft: (left * elapsedSeconds) / own };
}
