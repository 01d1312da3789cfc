import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CellJudge } from '../dashboard/snapshot.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { Cell, ChunkedCell } from '../engine/plan.ts';
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
import type { Finding } from '../theorems/finding.ts';
import { alphaOf, defaultBudget, judged } from '../theorems/verify.ts';
import type { Trainings } from '../trainer/training-cell.ts';

/** The most statistical findings that checking these scenarios makes; trainings are decided case by case. */
export function countExpectationTests(scenarios: readonly Scenario[]): number {
  const coupled = scenarios.filter((scenario) => scenario.kind === 'coupled');
  return coupled.flatMap(({ cells }) => cells).reduce((sum, { expect }) => sum + testsOf(expect), 0);
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
  results: readonly CellResult[],
  alpha = ownAlpha(scenario),
): CheckedScenario {
  return checkedScenario(scenario, alpha, (cell) => judge(scenario.cells[cell].expect, results[cell], alpha));
}

/** Decides what each cell of a train scenario expects, on its trainings: no test spends a level. */
export function judgeTrainingScenario(scenario: TrainingScenario, results: readonly Trainings[]): CheckedScenario {
  return checkedScenario(scenario, 0, (cell) => judgeTrainings(scenario.cells[cell].expect, results[cell]));
}

/** Decides what each cell of a fidelity scenario expects, on its trainings or its pairs. */
export function judgeFidelityScenario(
  scenario: FidelityScenario,
  results: readonly FidelitySummary[],
): CheckedScenario {
  return checkedScenario(scenario, 0, (cell) => studyFindings(scenario, cell, results[cell]));
}

function studyFindings({ cells }: FidelityScenario, cell: number, result: FidelitySummary): Finding[] {
  const { expect } = cells[cell];
  return 'pairs' in result
    ? judgeQuantities(expect, [quantitiesOfCoupled(result as CoupledTrainings)], 'cells')
    : judgeQuantities(expect, result.map(quantitiesOfRecorded), 'trainings');
}

function checkedScenario(
  { name, cells }: Scenario,
  alpha: number,
  findingsOf: (cell: number) => Finding[],
): CheckedScenario {
  const checked = cells.map(({ swept }, cell) => ({ cell, swept, ...judged(findingsOf(cell), alpha) }));
  return { scenario: name, holds: checked.every(({ holds }) => holds), cells: checked };
}

/** Decides what a single cell expects as soon as it is done, as the whole scenario will be decided at the end. */
export function cellJudgeOf(scenario: Scenario, plan: readonly ChunkedCell[]): CellJudge {
  switch (scenario.kind) {
    case 'coupled': {
      const alpha = ownAlpha(scenario);
      return (cell, summary) => {
        const { expect } = scenario.cells[cell];
        if (expect.length === 0) return [];
        return judged(judge(expect, cellResult(plan[cell] as Cell, summary as ChunkSummary), alpha), alpha).findings;
      };
    }
    case 'train':
      return (cell, summary) => judged(judgeTrainings(scenario.cells[cell].expect, summary as Trainings), 0).findings;
    case 'fidelity':
      return (cell, summary) => judged(studyFindings(scenario, cell, summary as FidelitySummary), 0).findings;
  }
}
