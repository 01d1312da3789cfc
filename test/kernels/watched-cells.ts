import type { OrderCounts } from '../../src/coupling/order-counts.ts';
import { mergeOrderCounts, noOrderCounts } from '../../src/coupling/order-counts.ts';
import { type Cell, chunkAt } from '../../src/engine/plan.ts';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { runCellKernel } from '../../src/engine/run-chunk.ts';
import type { KernelRun } from '../../src/kernels/kernel-run.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import type { InitialSquaredNorm } from '../../src/process/pair-parameters.ts';
import { pairOf } from '../coupling/pairs.ts';
import { cellOf, walked } from './requests.ts';

const replicates = 300;

/** Small starts, so that gains that differ or rise break the order often. */
const gains: { gainName: string; gain: GainSpecification; initialSquaredNorm: InitialSquaredNorm }[] = [
  { gainName: 'a constant gain', gain: { model: 'constant', sharing: 'shared' }, initialSquaredNorm: 0.05 },
  {
    gainName: 'a constant gain from random starts',
    gain: { model: 'constant', sharing: 'shared' },
    initialSquaredNorm: { dimension: 3, standardDeviation: 0.3 },
  },
  {
    gainName: 'a cyclic schedule',
    gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'cyclic', low: 0.05, high: 1, halfPeriod: 7 } },
    initialSquaredNorm: 0.05,
  },
  {
    gainName: 'shared log-normal gains',
    gain: { model: 'lognormal', sharing: 'shared', sigma: 1.5, rho: 0.7 },
    initialSquaredNorm: 0.05,
  },
  {
    gainName: 'own log-normal gains',
    gain: { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 },
    initialSquaredNorm: 0.05,
  },
];

/** Cells of one chunk, for each kernel that walks, recorded and not. */
export const watchedCells = walked.flatMap((coupling) =>
  gains.flatMap(({ gainName, gain, initialSquaredNorm }) =>
    [[], [1, 2, 17, 40, 59, 60], [60]].map((recordedSteps) => ({
      name: `${coupling} with ${gainName}, recorded at steps [${recordedSteps}]`,
      cell: cellOf(coupling, pairOf({ steps: 60, gain, initialSquaredNorm }), replicates, recordedSteps),
    })),
  ),
);

/** What a cell's kernel made of its one chunk, the final states copied out of its memory. */
export function runOfChunk(cell: Cell): KernelRun & { readonly finals: Float64Array } {
  const run = runCellKernel(cell, chunkAt(cell, 0));
  return { ...run, finals: run.finals!.slice() };
}

/** Every pair of a cell, watched: its end, its recorded states, and the order of all, counted by the plain twin. */
export function watchAll(cell: Cell) {
  const finals: number[] = [];
  const recorded: { lower: Float64Array; upper: Float64Array }[] = [];
  let order: OrderCounts = noOrderCounts;
  for (let replicate = 0; replicate < cell.replicates; replicate++) {
    const record = watchPair(cell, replicate, () => {});
    finals.push(record.lower, record.upper);
    recorded.push({ lower: record.recordedLower, upper: record.recordedUpper });
    order = mergeOrderCounts(order, record.orderCounts(replicate));
  }
  return { finals, recorded, order };
}
