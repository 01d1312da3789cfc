import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CoupledTrainings } from '../fidelity/coupled/run-coupled-trainings.ts';
import type { FidelityCell } from '../fidelity/fidelity-cell.ts';
import {
  coupledQuantities,
  quantitiesOfCoupled,
  quantitiesOfRecorded,
  recordedQuantities,
} from '../fidelity/quantities.ts';
import type { RecordedTraining } from '../fidelity/recorded-training.ts';
import { pearson, spearman } from '../statistics/correlation.ts';
import {
  differenceEstimate,
  type Estimate,
  meanEstimate,
  varianceReductionEstimate,
} from '../statistics/pair-estimates.ts';
import type { TrainingSummary } from '../trainer/training-summary.ts';
import type { RunFacts } from './run-facts.ts';
import type { Merged, Snapshot } from './snapshot.ts';

/** A number of a cell that a map or a list can show. */
export interface CellQuantity {
  readonly name: string;
  /** Null before the first chunk, and where the cell has no such number; it may be NaN or infinite. */
  readonly value: number | null;
  /** Null where it is not cheap to have. */
  readonly standardError: number | null;
}

/** The numbers of a cell so far: always those of `quantityNames`, in that order. Cheap: no exact law is asked. */
export function cellQuantities(snapshot: Snapshot, index: number): readonly CellQuantity[] {
  const merged = snapshot.cells[index]?.merged ?? null;
  const known = quantities.get(merged ?? snapshot.facts);
  if (known !== undefined) return known;
  const estimates = merged === null ? [] : estimatesOf(snapshot, merged);
  const found = quantityNames(snapshot).map((name, place) => {
    const { estimate = null, standardError = null } = estimates[place] ?? {};
    return { name, value: estimate, standardError };
  });
  quantities.set(merged ?? snapshot.facts, found);
  return found;
}

/** A map asks for all cells in every frame, and few have grown since the last; those not begun are kept by their run. */
const quantities = new WeakMap<Merged | RunFacts, readonly CellQuantity[]>();

/** What the cells of this run can be asked for. */
export function quantityNames(snapshot: Snapshot): readonly string[] {
  switch (snapshot.facts.kind) {
    case 'coupled':
      return Object.keys(ofPairs);
    case 'train':
      return Object.keys(ofTraining);
    case 'fidelity':
      return Object.keys(isOfRecorded(snapshot) ? recordedQuantities : coupledQuantities);
  }
}

function estimatesOf(snapshot: Snapshot, merged: Merged): (Estimate | null)[] {
  switch (snapshot.facts.kind) {
    case 'coupled': {
      const summary = merged as ChunkSummary;
      return summary.norm.count === 0 ? [] : Object.values(ofPairs).map((of) => of(summary));
    }
    case 'train': {
      const trainings = merged as readonly TrainingSummary[];
      return Object.values(ofTraining).map((of) => meanOf(trainings.map(of)));
    }
    case 'fidelity': {
      const each = isOfRecorded(snapshot)
        ? (merged as readonly RecordedTraining[]).map(quantitiesOfRecorded)
        : [merged as CoupledTrainings].filter(({ pairs }) => pairs > 0).map(quantitiesOfCoupled);
      return quantityNames(snapshot).map((name) => meanOf(each.map((of) => of[name] ?? null)));
    }
  }
}

function isOfRecorded({ facts }: Snapshot): boolean {
  return (facts.cells[0]?.plan as FidelityCell | undefined)?.study === 'predictors';
}

const ofPairs: Readonly<Record<string, (summary: ChunkSummary) => Estimate | null>> = {
  'E‖q′‖': ({ norm }) => meanEstimate(norm, 0),
  'E‖q″‖': ({ norm }) => meanEstimate(norm, 1),
  'E‖q″‖ − E‖q′‖': ({ norm }) => differenceEstimate(norm),
  'difference, % of E‖q′‖': ({ norm }) => ({
    estimate: (100 * differenceEstimate(norm).estimate) / norm.mean[0],
    standardError: null,
  }),
  'share violated at some step': ({ order }) => shareEstimate(order.pairsViolatedAtSomeStep, order.pairs),
  'share violated at the end': ({ order }) => shareEstimate(order.pairsViolatedAtEnd, order.pairs),
  'share of ties': ({ order }) => shareEstimate(order.ties, order.pairs),
  'variance reduction of s': ({ squaredNorm }) => varianceReductionEstimate(squaredNorm),
};

/** Of a training's last recorded step, and of its items at the end. */
const ofTraining: Readonly<Record<string, (training: TrainingSummary) => number | null>> = {
  loss: ({ records }) => records.at(-1)?.loss ?? null,
  'mean cosine': ({ records }) => records.at(-1)?.meanCosine ?? null,
  'Pearson(popularity, norm)': ({ items }) => pearson(items.popularity, items.finalNorm)?.coefficient ?? null,
  'Spearman(popularity, norm)': ({ items }) => spearman(items.popularity, items.finalNorm)?.coefficient ?? null,
  'tangent share of users': ({ records }) => records.at(-1)?.user.tangentShare ?? null,
  'tangent share of items': ({ records }) => records.at(-1)?.item.tangentShare ?? null,
};

function shareEstimate(count: number, total: number): Estimate {
  const share = count / total;
  return { estimate: share, standardError: total < 2 ? null : Math.sqrt((share * (1 - share)) / total) };
}

/** Over the trainings that have the number; null where none has. */
function meanOf(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = known.length < 2 ? null : Math.sqrt(squares / (known.length - 1) / known.length);
  return { estimate: mean, standardError };
}
