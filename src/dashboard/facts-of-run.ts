import type { Cell, ChunkedCell } from '../engine/plan.ts';
import { replicatesInShard, type Shard } from '../engine/shard.ts';
import type { FidelityCell } from '../fidelity/fidelity-cell.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import type { TrainingCell } from '../trainer/training-cell.ts';
import type { RunFacts } from './run-facts.ts';

/** What a scenario says of its cells beyond their plan. */
export interface CellText {
  readonly swept: Readonly<Record<string, AxisValue>>;
  readonly expects: readonly string[];
}

/** The texts of a scenario's cells. */
export function textsOf<E>(
  cells: readonly { readonly swept: CellText['swept']; readonly expect: readonly E[] }[],
  textOf: (expectation: E) => string,
): CellText[] {
  return cells.map(({ swept, expect }) => ({ swept, expects: expect.map(textOf) }));
}

/** What a dashboard is to know of a run of coupled pairs. */
export function coupledFacts(
  title: string,
  folder: string | null,
  cells: readonly Cell[],
  texts: readonly CellText[],
  shard?: Shard,
): RunFacts {
  return factsOf({ title, folder, kind: 'coupled', replicatesAre: 'pairs' }, cells, texts, (cell) => ({
    replicates: replicatesInShard(shard, cell),
    steps: cell.pair.steps,
    epochs: null,
  }));
}

/** What a dashboard is to know of a run of trainings: an epoch is their step. */
export function trainingFacts(
  title: string,
  folder: string | null,
  cells: readonly TrainingCell[],
  texts: readonly CellText[],
): RunFacts {
  return factsOf({ title, folder, kind: 'train', replicatesAre: 'trainings' }, cells, texts, ({ training }) => ({
    steps: training.epochs,
    epochs: training.epochs,
  }));
}

/** What a dashboard is to know of a study: of recorded trainings, or of pairs of them. */
export function fidelityFacts(
  title: string,
  folder: string | null,
  cells: readonly FidelityCell[],
  texts: readonly CellText[],
): RunFacts {
  const replicatesAre = cells[0].study === 'predictors' ? 'trainings' : 'pairs';
  return factsOf({ title, folder, kind: 'fidelity', replicatesAre }, cells, texts, (cell) =>
    cell.study === 'predictors'
      ? { steps: cell.training.epochs, epochs: cell.training.epochs }
      : { steps: cell.coupled.steps, epochs: null },
  );
}

function factsOf<C extends ChunkedCell>(
  run: Omit<RunFacts, 'axes' | 'cells'>,
  cells: readonly C[],
  texts: readonly CellText[],
  size: (cell: C) => { readonly replicates?: number; readonly steps: number; readonly epochs: number | null },
): RunFacts {
  return {
    ...run,
    axes: Object.keys(texts[0].swept),
    cells: cells.map((plan, index) => ({
      swept: visibleValues(texts[index].swept),
      replicates: plan.replicates,
      ...size(plan),
      expects: texts[index].expects.map((text) => visibleText(text, 200)),
      plan,
    })),
  };
}

/** A swept word may be anything that a file can hold. */
function visibleValues(swept: CellText['swept']): CellText['swept'] {
  return Object.fromEntries(
    Object.entries(swept).map(([path, value]) => [path, typeof value === 'string' ? visibleText(value) : value]),
  );
}
