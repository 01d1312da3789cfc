import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Executor } from '../engine/executor.ts';
import { planCells } from '../engine/plan.ts';
import { runCells, runPlan } from '../engine/run-plan.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { findScenario, listExperiments, listScenarios } from '../scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { judge, testsOf } from '../theorems/expectations/judge.ts';
import { judgeTrainings } from '../theorems/expectations/training-expectation.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';
import { planTrainings, type Trainings, trainingKind } from '../trainer/training-cell.ts';
import { trainingExecutor } from '../trainer/training-executor.ts';

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
export async function loadExpecting({ scenario, allScenarios, seed }: WantedScenarios): Promise<Scenario[]> {
  const listed = allScenarios ? [...(await listScenarios()), ...(await listExperiments())] : [];
  const shipped = listed.map(({ name }) => name);
  const overrides = seed === undefined ? {} : { seed: String(seed) };
  const loaded: Scenario[] = [];
  for (const name of new Set([...scenario, ...shipped])) {
    const found = await loadAnyScenario(await findScenario(name), overrides);
    if (found.cells.some(({ expect }) => expect.length > 0)) loaded.push(found);
    else if (scenario.includes(name)) throw new ScenarioError(`${found.source}: has no \`expect:\` lines to check`);
  }
  return loaded;
}

/** The most statistical findings that checking these scenarios makes; trainings are decided case by case. */
export function countExpectationTests(scenarios: readonly Scenario[]): number {
  const coupled = scenarios.filter((scenario) => scenario.kind === 'coupled');
  return coupled.flatMap(({ cells }) => cells).reduce((sum, { expect }) => sum + testsOf(expect), 0);
}

/** Runs a train scenario's cells, and decides what each expects. */
export async function checkTraining(scenario: TrainingScenario, workers: number): Promise<CheckedScenario> {
  const cells = planTrainings(scenario.cells);
  const executor = trainingExecutor(workers, scenario.tables);
  const results: Trainings[] = [];
  try {
    for await (const event of runCells(cells, trainingKind, { executor })) {
      if (event.type === 'cell') results[event.cell.index] = event.summary;
    }
  } finally {
    await executor.close();
  }
  return judgeTrainingScenario(scenario, results);
}

/** Decides what each cell of a train scenario expects, on its trainings: no test spends a level. */
export function judgeTrainingScenario(scenario: TrainingScenario, results: readonly Trainings[]): CheckedScenario {
  const cells = scenario.cells.map(({ expect, swept }, cell) => ({
    cell,
    swept,
    ...judged(judgeTrainings(expect, results[cell]), 0),
  }));
  return { scenario: scenario.name, holds: cells.every(({ holds }) => holds), cells };
}

/** Simulates a coupled scenario's cells, and decides what each expects. */
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
