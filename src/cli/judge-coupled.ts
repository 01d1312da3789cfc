import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CellJudge } from '../dashboard/snapshot.ts';
import type { Cells } from '../engine/cell-list.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Cell } from '../engine/plan.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { judge, testsOf } from '../theorems/expectations/judge.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';
import { CheckedCells, checkedScenario } from './checked-cells.ts';

/** The most statistical findings that checking these scenarios makes. */
export function countExpectationTests(scenarios: readonly CoupledScenario[]): number {
  let tests = 0;
  for (const { cells } of scenarios) for (const { expect } of cells) tests += testsOf(expect);
  return tests;
}

/** The false-alarm probability of each test of a scenario that is judged by itself. */
function ownAlpha(scenario: CoupledScenario): number {
  return alphaOf(defaultBudget, countExpectationTests([scenario]));
}

/**
 * Decides what each cell of a scenario expects, on its result.
 *
 * @param alpha of each test; as a rule the share of a budget of 1e-6
 */
export function judgeScenario(
  scenario: CoupledScenario,
  resultOf: (cell: number) => CellResult | undefined,
  alpha = ownAlpha(scenario),
): CheckedScenario {
  return checkedScenario(scenario, resultOf, alpha, (cell, result) =>
    judge(scenario.cells.at(cell)!.expect, result, alpha),
  );
}

/**
 * Decides what each cell expects, on results that are read one after the other.
 *
 * @param results in the order of the plan; a cell that is not among them has failed
 */
export async function judgeCells(
  scenario: CoupledScenario,
  results: AsyncIterable<CellResult & { readonly index: number }>,
): Promise<CheckedScenario> {
  const alpha = ownAlpha(scenario);
  const checked = new CheckedCells(scenario.cells.length, alpha);
  const reader = results[Symbol.asyncIterator]();
  let next = await reader.next();
  for (const cell of scenario.cells) {
    const isThere = !next.done && next.value.index === checked.count;
    checked.add(cell, isThere ? judge(cell.expect, next.value, alpha) : null);
    if (isThere) next = await reader.next();
  }
  return checked.end(scenario.name);
}

/** Decides what a single cell expects as soon as it is done, as the whole scenario will be decided at the end. */
export function coupledCellJudge(scenario: CoupledScenario, plan: Cells<Cell>): CellJudge {
  const alpha = ownAlpha(scenario);
  return (cell, summary) => {
    const { expect } = scenario.cells.at(cell)!;
    if (expect.length === 0) return [];
    return judged(judge(expect, cellResult(plan.at(cell)!, summary as ChunkSummary), alpha), alpha).findings;
  };
}
