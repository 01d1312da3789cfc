import { describe, expect, it } from 'vitest';
import type { CouplingName } from '../../src/coupling/coupling.ts';
import { couplingNamed, couplings } from '../../src/coupling/index.ts';
import { type CellResult, cellResult } from '../../src/engine/cell-result.ts';
import type { KernelName } from '../../src/engine/choose-member.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { type CellRequest, planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { kernelCost, kernelRefusal } from '../../src/kernels/index.ts';
import { exactPairLaw } from '../../src/process/exact-law.ts';
import { findScenario, listScenarios } from '../../src/scenarios/find-scenario.ts';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';
import { zScore } from '../../src/statistics/pair-estimates.ts';
import { shareZ } from '../error-budget.ts';

const none = { set: [], sweep: [], skipBadRows: false };
/** Draws and updates that a plain member may spend on one cell, and nanoseconds that a kernel may: up to a fifth of a second. */
const [operations, kernelNanoseconds] = [1e7, 1e8];

/** A way to simulate a cell: a coupling, by its kernel or plainly. */
interface Member {
  readonly name: CouplingName;
  readonly kernel: KernelName;
}

const members: readonly Member[] = [
  ...couplings.map(({ name }) => ({ name, kernel: 'plain' as const })),
  ...(['slots', 'steps', 'events', 'counts'] as const).map((name) => ({ name, kernel: 'simd' as const })),
];

async function resultOf(request: CellRequest, kernel: KernelName): Promise<CellResult> {
  const plan = planCells([request], kernel === 'simd' ? 'auto' : 'plain');
  expect(plan.cells[0]).toMatchObject({ coupling: request.coupling, kernel });
  for await (const event of runPlan(plan, { executor: inProcess() })) {
    if (event.type === 'cell') return cellResult(event.cell, event.summary);
  }
  throw new Error('the plan ended without its cell');
}

/** The cells of a scenario that this member simulates exactly, with as many replicates as it can afford. */
function affordable(cells: readonly CellRequest[], { name, kernel }: Member): CellRequest[] {
  // One cell of a sweep at either end and one in its middle.
  const some = cells.filter((_, index) => [0, Math.floor(cells.length / 2), cells.length - 1].includes(index));
  return some
    .map((cell) => (name === 'counts' ? { ...cell, recordedSteps: [] } : cell))
    .filter(({ pair, recordedSteps }) => couplingNamed(name).refusal(pair, recordedSteps.length > 0) === null)
    .filter(({ pair }) => kernel === 'plain' || kernelRefusal(name, pair) === null)
    .map((cell) => ({
      ...cell,
      coupling: name,
      replicates: Math.max(200, affordedReplicates(cell, { name, kernel })),
    }));
}

function affordedReplicates({ pair, recordedSteps }: CellRequest, { name, kernel }: Member): number {
  if (kernel === 'simd') {
    return Math.min(50_000, Math.floor(kernelNanoseconds / kernelCost(name, pair, recordedSteps.length)));
  }
  const dimensions = pair.momentum.beta > 0 ? 8 * pair.momentum.dimension : 1;
  return Math.min(10_000, Math.floor(operations / (1 + couplingNamed(name).cost(pair)) / dimensions));
}

const scenarios = await Promise.all(
  (await listScenarios())
    .filter(({ name }) => !name.includes('/'))
    .map(async ({ name }) => loadScenario(await findScenario(name), none)),
);

/** The first recorded step, one in the middle, and the last but one. */
function someRecorded(steps: readonly number[]): number[] {
  return [...new Set([0, Math.floor(steps.length / 2), steps.length - 2])].filter((index) => index in steps);
}

describe.each(scenarios)('$name', ({ cells: listed }) => {
  const cells = [...listed];
  it.each(members.filter((member) => affordable(cells, member).length > 0))(
    'drawn by $name ($kernel): agrees with its exact law, and its criterion with its counts',
    async (member) => {
      for (const request of affordable(cells, member)) {
        const { norm, squaredNorm, order, trajectory } = await resultOf(request, member.kernel);
        for (const { zScore } of [norm, squaredNorm].flatMap(({ lower, upper, difference }) => [
          lower,
          upper,
          difference,
        ])) {
          if (zScore !== null) expect(Math.abs(zScore)).toBeLessThan(shareZ);
        }
        for (const index of someRecorded(trajectory.step)) {
          // With the exact variance: under lazy decay the means hang on trainings too rare for a sample's own variance.
          const exact = exactPairLaw(request.pair, trajectory.step[index])?.norm;
          for (const run of ['lower', 'upper'] as const) {
            const mean = trajectory[run].mean[index];
            if (exact) expect(Math.abs(zScore(mean, exact[run], request.replicates))).toBeLessThan(shareZ);
          }
        }
        if (order.newViolationsPredicted !== null) expect(order.newViolationsPredicted).toBe(order.newViolations);
      }
    },
  );
});
