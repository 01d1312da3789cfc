import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Executor } from '../engine/executor.ts';
import { planCells } from '../engine/plan.ts';
import { runPlan } from '../engine/run-plan.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { findScenario, listScenarios } from '../scenarios/find-scenario.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { judge, testsOf } from '../theorems/expectations/judge.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';

/** Which scenarios to check, and on which draws. */
export interface WantedScenarios {
  /** Names or files. */
  readonly scenario: readonly string[];
  /** All shipped ones that expect something, too. */
  readonly allScenarios: boolean;
  /** In place of the scenarios' own seeds. */
  readonly seed: number | undefined;
}

/**
 * The scenarios that are to be checked.
 *
 * @throws {ScenarioError} when one that was named expects nothing
 */
export async function loadExpecting({ scenario, allScenarios, seed }: WantedScenarios): Promise<CoupledScenario[]> {
  const shipped = allScenarios ? (await listScenarios()).map(({ name }) => name) : [];
  const overrides = seed === undefined ? {} : { seed: String(seed) };
  const loaded: CoupledScenario[] = [];
  for (const name of new Set([...scenario, ...shipped])) {
    const found = await loadScenario(await findScenario(name), overrides);
    if (countExpectationTests([found]) > 0 || found.cells.some(({ expect }) => expect.length > 0)) loaded.push(found);
    else if (scenario.includes(name)) throw new ScenarioError(`${found.source}: has no \`expect:\` lines to check`);
  }
  return loaded;
}

/** The most statistical findings that checking these scenarios makes. */
export function countExpectationTests(scenarios: readonly CoupledScenario[]): number {
  return scenarios.flatMap(({ cells }) => cells).reduce((sum, { expect }) => sum + testsOf(expect), 0);
}

/** Simulates a scenario's cells, and decides what each expects. */
export async function checkScenario(
  scenario: CoupledScenario,
  alpha: number,
  executor: Executor,
): Promise<CheckedScenario> {
  const { cells } = scenario;
  const results = new Map<number, CellResult>();
  for await (const event of runPlan(planCells(cells), { executor })) {
    if (event.type === 'cell') results.set(event.cell.index, cellResult(event.cell, event.summary));
  }
  const inOrder = cells.map((_, index) => results.get(index)!);
  return judgeScenario(scenario, inOrder, alpha);
}

/**
 * Decides what each cell of a scenario expects, on its result.
 *
 * @param alpha of each test; as a rule the share of a budget of 1e-6
 */
export function judgeScenario(
  scenario: CoupledScenario,
  results: readonly CellResult[],
  alpha = alphaOf(defaultBudget, countExpectationTests([scenario])),
): CheckedScenario {
  const cells = scenario.cells.map(({ expect, swept }, cell) => ({
    cell,
    swept,
    ...judged(judge(expect, results[cell], alpha), alpha),
  }));
  return { scenario: scenario.name, holds: cells.every(({ holds }) => holds), cells };
}
