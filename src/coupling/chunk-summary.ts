import { type FloatHistogram, mergeFloatHistograms } from '../statistics/float-histogram.ts';
import { type JointMoments, mergeJointMoments, noPairs } from '../statistics/joint-moments.ts';
import { mergeTrajectoryMoments, type TrajectoryMoments } from '../statistics/trajectory-moments.ts';
import { mergeOrderCounts, noOrderCounts, type OrderCounts } from './order-counts.ts';

/** What is kept of a set of replicates: plain data, constant in size, with an identity and a merge. */
export interface ChunkSummary {
  readonly norm: JointMoments;
  readonly squaredNorm: JointMoments;
  /** Final squared norms; null in the summary of no replicates. */
  readonly histograms: { readonly lower: FloatHistogram; readonly upper: FloatHistogram } | null;
  readonly order: OrderCounts;
  readonly trajectory: RecordedTrajectories | null;
}

/** What is kept of the recorded steps. */
interface RecordedTrajectories {
  readonly lower: TrajectoryMoments;
  readonly upper: TrajectoryMoments;
  /** At each recorded step, in how many pairs s″ is below s′ by more than rounding. */
  readonly pairsViolated: readonly number[];
}

export const emptySummary: ChunkSummary = {
  norm: noPairs,
  squaredNorm: noPairs,
  histograms: null,
  order: noOrderCounts,
  trajectory: null,
};

/** The summary of two sets taken together; fold chunks in chunk order for the same bits every time. */
export function mergeSummaries(a: ChunkSummary, b: ChunkSummary): ChunkSummary {
  if (a.norm.count === 0) return b;
  if (b.norm.count === 0) return a;
  return {
    norm: mergeJointMoments(a.norm, b.norm),
    squaredNorm: mergeJointMoments(a.squaredNorm, b.squaredNorm),
    histograms: mergeRuns(a.histograms, b.histograms, mergeFloatHistograms),
    order: mergeOrderCounts(a.order, b.order),
    trajectory: mergeTrajectories(a.trajectory, b.trajectory),
  };
}

function mergeTrajectories(a: RecordedTrajectories | null, b: RecordedTrajectories | null) {
  const runs = mergeRuns(a, b, mergeTrajectoryMoments);
  if (runs === null || a === null || b === null) return a ?? b;
  return { ...runs, pairsViolated: a.pairsViolated.map((count, step) => count + b.pairsViolated[step]) };
}

interface Runs<T> {
  readonly lower: T;
  readonly upper: T;
}

function mergeRuns<T>(a: Runs<T> | null, b: Runs<T> | null, merge: (a: T, b: T) => T): Runs<T> | null {
  if (a === null || b === null) return a ?? b;
  return { lower: merge(a.lower, b.lower), upper: merge(a.upper, b.upper) };
}
