import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CellJudge } from '../dashboard/snapshot.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Cell } from '../engine/plan.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { judge, testsOf } from '../theorems/expectations/judge.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';
import { checkedScenario } from './checked-cells.ts';

/** The most statistical findings that checking these scenarios makes. */
export function countExpectationTests(scenarios: readonly CoupledScenario[]): number {
  return scenarios.flatMap(({ cells }) => cells).reduce((sum, { expect }) => sum + testsOf(expect), 0);
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
  results: readonly (CellResult | undefined)[],
  alpha = ownAlpha(scenario),
): CheckedScenario {
  return checkedScenario(scenario, results, alpha, (cell, result) => judge(scenario.cells[cell].expect, result, alpha));
}

/** Decides what a single cell expects as soon as it is done, as the whole scenario will be decided at the end. */
export function coupledCellJudge(scenario: CoupledScenario, plan: readonly Cell[]): CellJudge {
  const alpha = ownAlpha(scenario);
  return (cell, summary) => {
    const { expect } = scenario.cells[cell];
    if (expect.length === 0) return [];
    return judged(judge(expect, cellResult(plan[cell], summary as ChunkSummary), alpha), alpha).findings;
  };
}
