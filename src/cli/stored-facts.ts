import { fidelityFacts, trainingFacts } from '../dashboard/facts-of-run.ts';
import type { RunFacts } from '../dashboard/run-facts.ts';
import type { CellJudge, Merged } from '../dashboard/snapshot.ts';
import type { Cells } from '../engine/cell-list.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import type { Shard } from '../engine/shard.ts';
import { coupledTrainingKind, type FidelityCell, recordedKind } from '../fidelity/fidelity-cell.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { type PlannedScenario, plannedOfRun, shardOf } from '../results/stored-plan.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { type TrainingCell, trainingKind } from '../trainer/training-cell.ts';
import { factsOfPairs } from './run-coupled.ts';

/** The cells of a stored run, how their chunks are put together, and what a dashboard is to know of them. */
export interface StoredCells {
  readonly cells: Cells<ChunkedCell>;
  readonly kind: CellKind<ChunkedCell, Merged>;
  /** Null of a run of more cells than a person can look at. */
  readonly facts: RunFacts | null;
  /** Which part of the cells' chunks the run has; all of them where it is missing. */
  readonly shard?: Shard | undefined;
  /** Loads what decides a cell's expectations, where the folder has them. */
  loadJudge(): Promise<CellJudge>;
}

/**
 * What a stored run computes, by the manifest alone.
 *
 * @throws {ResultsError} when another version made it, or the plan is none
 */
export function storedCells({ manifest, path }: StoredRun): StoredCells {
  const planned = plannedOfRun({ manifest, path });
  if (planned !== null) return coupledCells(planned, path, shardOf(manifest) ?? undefined);
  const plan = manifest.plan as Readonly<Record<string, unknown>>;
  for (const [field, open] of Object.entries(kinds)) {
    const cells = plan?.[field];
    if (Array.isArray(cells) && cells.length > 0 && cells.every(isCell))
      return open(manifest.scenario, path, cells as never);
  }
  throw new ResultsError(`${path}/manifest.json: plan — expected cells, got none; it was changed by hand`);
}

/** A journal or a plan that does not fit the rest of its run. */
export function misfit(path: string, error: RangeError): ResultsError {
  return new ResultsError(`${path}: its journal does not fit its manifest (${error.message}); it was changed by hand`);
}

function coupledCells(planned: PlannedScenario, path: string, shard: Shard | undefined): StoredCells {
  const { cells } = planned.plan;
  return {
    cells,
    kind: anyKind(coupledPairs),
    facts: factsOfPairs(planned, path, shard),
    shard,
    loadJudge: async () => (await import('./judge-coupled.ts')).coupledCellJudge(planned.scenario, cells),
  };
}

type Open = (title: string, path: string, cells: never) => StoredCells;

const kinds: Readonly<Record<string, Open>> = {
  trainings: (title, path, cells: readonly TrainingCell[]) => ({
    cells,
    kind: anyKind(trainingKind),
    loadJudge: async () => judgeNothing,
    get facts() {
      return trainingFacts(title, path, cells, textsBy(cells.map(({ training }) => training)));
    },
  }),
  predictors: (title, path, cells: readonly FidelityCell[]) => ({
    cells,
    kind: anyKind(recordedKind),
    loadJudge: async () => judgeNothing,
    get facts() {
      return fidelityFacts(title, path, cells, textsBy(cells));
    },
  }),
  'coupled-trainings': (title, path, cells: readonly FidelityCell[]) => ({
    cells,
    kind: anyKind(coupledTrainingKind),
    loadJudge: async () => judgeNothing,
    get facts() {
      return fidelityFacts(title, path, cells, textsBy(cells));
    },
  }),
};

/** What trainings are expected to come to is not in the folder. */
const judgeNothing: CellJudge = () => [];

/** Cells and summaries of a run are of one kind: its plan says which. */
function anyKind<C, S>(kind: CellKind<C, S>): CellKind<ChunkedCell, Merged> {
  return kind as unknown as CellKind<ChunkedCell, Merged>;
}

function isCell(value: unknown): boolean {
  const { index, replicates, chunkSize } = (value ?? {}) as Record<string, unknown>;
  return [index, replicates, chunkSize].every(Number.isSafeInteger);
}

/** Names for cells whose plan does not say what was swept: the fields in which they differ. */
function textsBy(plans: readonly unknown[]) {
  const leaves = plans.map((plan) => new Map(leavesOf(plan)));
  const paths = [...new Set(leaves.flatMap((of) => [...of.keys()]))].filter((path) => path !== 'index');
  const varying = paths.filter((path) => new Set(leaves.map((of) => of.get(path))).size > 1);
  return leaves.map((of) => ({
    swept: Object.fromEntries(varying.map((path) => [path, of.get(path) ?? 'none'])),
    expects: [],
  }));
}

function* leavesOf(value: unknown, path: readonly string[] = []): Generator<[path: string, value: AxisValue]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, of] of Object.entries(value)) yield* leavesOf(of, [...path, name]);
  } else if (value !== null && value !== undefined) {
    yield [path.join('.'), value as AxisValue];
  }
}
