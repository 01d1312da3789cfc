import type { CellResult } from '../engine/cell-result.ts';
import type { CoupledTrainings } from '../fidelity/coupled/run-coupled-trainings.ts';
import type { FidelitySummary } from '../fidelity/fidelity-cell.ts';
import { quantitiesOfCoupled, quantitiesOfRecorded } from '../fidelity/quantities.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import type { FidelityScenario } from '../scenarios/fidelity/fidelity-scenario.ts';
import type { Scenario } from '../scenarios/load-scenario.ts';
import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { judge, testsOf } from '../theorems/expectations/judge.ts';
import { judgeQuantities } from '../theorems/expectations/quantity-expectation.ts';
import { judgeTrainings } from '../theorems/expectations/training-expectation.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';
import type { Trainings } from '../trainer/training-cell.ts';

/** The most statistical findings that checking these scenarios makes; trainings are decided case by case. */
export function countExpectationTests(scenarios: readonly Scenario[]): number {
  const coupled = scenarios.filter((scenario) => scenario.kind === 'coupled');
  return coupled.flatMap(({ cells }) => cells).reduce((sum, { expect }) => sum + testsOf(expect), 0);
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

/** Decides what each cell of a train scenario expects, on its trainings: no test spends a level. */
export function judgeTrainingScenario(scenario: TrainingScenario, results: readonly Trainings[]): CheckedScenario {
  const cells = scenario.cells.map(({ expect, swept }, cell) => ({
    cell,
    swept,
    ...judged(judgeTrainings(expect, results[cell]), 0),
  }));
  return { scenario: scenario.name, holds: cells.every(({ holds }) => holds), cells };
}

/** Decides what each cell of a fidelity scenario expects, on its trainings or its pairs. */
export function judgeFidelityScenario(
  scenario: FidelityScenario,
  results: readonly FidelitySummary[],
): CheckedScenario {
  const cells = scenario.cells.map(({ expect, swept }, cell) => {
    const result = results[cell];
    const findings =
      'pairs' in result
        ? judgeQuantities(expect, [quantitiesOfCoupled(result as CoupledTrainings)], 'cells')
        : judgeQuantities(expect, result.map(quantitiesOfRecorded), 'trainings');
    return { cell, swept, ...judged(findings, 0) };
  });
  return { scenario: scenario.name, holds: cells.every(({ holds }) => holds), cells };
}
