import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { pearson } from '../statistics/correlation.ts';
import type { TrainingExpectation } from '../theorems/expectations/training-expectation.ts';
import { biasSignificance, judgeTrainings } from '../theorems/expectations/training-expectation.ts';
import { findingHolds } from '../theorems/finding.ts';
import type { Trainings } from '../trainer/training-cell.ts';
import { formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';
import type { ReportedTraining } from './training-text.ts';

/** A train scenario and its finished cells. */
export interface FinishedTraining {
  readonly scenario: TrainingScenario;
  readonly cells: readonly ReportedTraining[];
}

/** The article's two tables beside what was trained: which steps are at right angles, and where popularity shows. */
export function experimentsText(finished: readonly FinishedTraining[], paint: Paint): string {
  return `${paint.bold('steps at right angles: expected, and the share of the moves that were')}\n${angleTable(finished, paint)}\n\n${paint.bold('popularity and norm')}\n${biasTable(finished, paint)}\n`;
}

function angleTable(finished: readonly FinishedTraining[], paint: Paint): string {
  const header = ['', 'loss', 'users', '', 'items', ''];
  const rows = finished
    .filter(({ scenario }) => expectedOf(scenario, 0, 'user.tangent') !== undefined)
    .map(({ scenario, cells }) => {
      const sides = (['user', 'item'] as const).flatMap((side) => angleCells(scenario, cells, side, paint));
      return [scenario.name, cells[0].training.loss.name, ...sides];
    });
  return textTable([header.map(paint.bold), ...rows]);
}

/** What is expected of a side, the share of its moves that were tangent in all recorded steps, and whether they agree. */
function angleCells(
  scenario: TrainingScenario,
  cells: readonly ReportedTraining[],
  side: 'user' | 'item',
  paint: Paint,
): string[] {
  const quantity = `${side}.tangent` as const;
  const records = cells.flatMap(({ trainings }) => trainings.flatMap((training) => training.records));
  const moved = records.reduce((sum, record) => sum + record[side].moved, 0);
  const tangent = records.reduce((sum, record) => sum + record[side].tangentShare * record[side].moved, 0);
  const measured = moved === 0 ? '–' : `${formatSignificant((100 * tangent) / moved, 3)} %`;
  const expected = expectedOf(scenario, 0, quantity);
  const holds = cells.every(({ trainings }, cell) => agrees(scenario, cell, quantity, trainings));
  return [`${expected?.is ? 'yes' : 'no'}: ${measured}`, mark(holds, paint)];
}

function biasTable(finished: readonly FinishedTraining[], paint: Paint): string {
  const header = ['', 'η of the items', 'at the start', 'Pearson', 'p', 'expected', ''];
  const rows = finished.flatMap(({ scenario, cells }) =>
    cells.flatMap(({ training, trainings }, cell) => {
      const expected = expectedOf(scenario, cell, 'item.popularityBias');
      if (expected === undefined) return [];
      const [{ items }] = trainings;
      const start = pearson(items.popularity, items.initialNorm);
      const found = pearson(items.popularity, items.finalNorm);
      return [
        [
          scenario.name,
          String(training.optimisers.item.learningRate),
          start === null ? '–' : formatSignificant(start.coefficient, 3),
          found === null ? '–' : formatSignificant(found.coefficient, 3),
          found === null ? '–' : formatSignificant(found.pValue, 2),
          expected.is ? 'bias' : 'none',
          mark(agrees(scenario, cell, 'item.popularityBias', trainings), paint),
        ],
      ];
    }),
  );
  const legend = `  bias: a Pearson correlation above 0 with p < ${biasSignificance}`;
  return `${textTable([header.map(paint.bold), ...rows])}\n${paint.dim(legend)}`;
}

function expectedOf(scenario: TrainingScenario, cell: number, quantity: TrainingExpectation['quantity']) {
  return scenario.cells[cell].expect.find((expectation) => expectation.quantity === quantity);
}

function agrees(
  scenario: TrainingScenario,
  cell: number,
  quantity: TrainingExpectation['quantity'],
  trainings: Trainings,
): boolean {
  const expected = scenario.cells[cell].expect.filter((expectation) => expectation.quantity === quantity);
  return judgeTrainings(expected, trainings).every((finding) => findingHolds(finding, 0));
}

function mark(holds: boolean, paint: Paint): string {
  return holds ? paint.good('✓') : paint.bad('✗');
}
