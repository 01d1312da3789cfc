import type { CellJudge } from '../dashboard/snapshot.ts';
import type { CoupledTrainings } from '../fidelity/coupled/run-coupled-trainings.ts';
import type { FidelitySummary } from '../fidelity/fidelity-cell.ts';
import { quantitiesOfCoupled, quantitiesOfRecorded } from '../fidelity/quantities.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import type { FidelityScenario } from '../scenarios/fidelity/fidelity-scenario.ts';
import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { judgeQuantities } from '../theorems/expectations/quantity-expectation.ts';
import { judgeTrainings } from '../theorems/expectations/training-expectation.ts';
import type { Finding } from '../theorems/finding.ts';
import { judged } from '../theorems/verify.ts';
import type { Trainings } from '../trainer/training-cell.ts';
import { checkedScenario } from './checked-cells.ts';

/** Decides what each cell of a train scenario expects, on its trainings: no test spends a level. */
export function judgeTrainingScenario(
  scenario: TrainingScenario,
  results: readonly (Trainings | undefined)[],
): CheckedScenario {
  return checkedScenario(
    scenario,
    (cell) => results[cell],
    0,
    (cell, of) => judgeTrainings(scenario.cells[cell].expect, of),
  );
}

/** Decides what each cell of a fidelity scenario expects, on its trainings or its pairs. */
export function judgeFidelityScenario(
  scenario: FidelityScenario,
  results: readonly (FidelitySummary | undefined)[],
): CheckedScenario {
  return checkedScenario(
    scenario,
    (cell) => results[cell],
    0,
    (cell, result) => studyFindings(scenario, cell, result),
  );
}

/** Decides what a single cell expects as soon as it is done. */
export function trainingCellJudge({ cells }: TrainingScenario): CellJudge {
  return (cell, summary) => judged(judgeTrainings(cells[cell].expect, summary as Trainings), 0).findings;
}

/** Decides what a single cell expects as soon as it is done. */
export function fidelityCellJudge(scenario: FidelityScenario): CellJudge {
  return (cell, summary) => judged(studyFindings(scenario, cell, summary as FidelitySummary), 0).findings;
}

function studyFindings({ cells }: FidelityScenario, cell: number, result: FidelitySummary): Finding[] {
  const { expect } = cells[cell];
  return 'pairs' in result
    ? judgeQuantities(expect, [quantitiesOfCoupled(result as CoupledTrainings)], 'cells')
    : judgeQuantities(expect, result.map(quantitiesOfRecorded), 'trainings');
}
