import type { Datum } from '../../../report/figures/figure.ts';
import { formatShare } from '../../../report/format-number.ts';
import type { ReportedTraining } from '../../../report/training-text.ts';
import type { TrainingScenario } from '../../../scenarios/training/training-scenario.ts';
import { judgeTrainings } from '../../../theorems/expectations/training-expectation.ts';
import { findingHolds } from '../../../theorems/finding.ts';
import { planTrainings, trainingData, trainingStreams } from '../../../trainer/training-cell.ts';
import { cellsAs } from '../cells-of.ts';
import type { Equipment, Ran } from '../equipment.ts';
import { aboveRounding, rounded } from '../rounded.ts';
import type { Row } from '../row.ts';
import { statement } from '../rules.ts';
import { modelConditions } from './model-conditions.ts';

/** An experiment's line in the article's table. */
export interface Line {
  readonly number: string;
  readonly scenario: string;
  readonly hasOwnLinearRows: boolean;
  readonly hasTangentGradient: boolean;
  readonly user: boolean;
  readonly item: boolean;
  readonly source: string;
}

/** What a line of the table says: own rows and linear, tangent gradient, user's and item's trajectory orthogonal. */
export const line = (
  number: string,
  scenario: string,
  [own, tangent, user, item]: readonly [boolean, boolean, boolean, boolean],
  source = 'article',
): Line => ({
  number,
  scenario,
  hasOwnLinearRows: own,
  hasTangentGradient: tangent,
  user,
  item,
  source: source === 'article' ? `article, experiment ${number}` : source,
});

/** An experiment that has been run, and its line of the table as rows. */
export interface Experiment {
  readonly ran: Ran;
  readonly cells: readonly ReportedTraining[];
  readonly rows: readonly Row[];
  /** Every recorded step. */
  readonly steps: readonly Datum[];
}

/** Runs an experiment, and holds its line of the table against what came. */
export async function runExperiment(of: Line, equipment: Equipment): Promise<Experiment> {
  const ran = await equipment.run(`experiments/${of.scenario}`);
  const cells = cellsAs<'train'>(ran.summary);
  const rows = [...conditionRows(of, ran.scenario as TrainingScenario), ...angleRows(of, cells)];
  return { ran, cells, rows, steps: stepTable(of, cells) };
}

function conditionRows(of: Line, { cells, tables }: TrainingScenario): Row[] {
  const [cell] = planTrainings([cells[0]]);
  const data = trainingData(cell, 0, tables);
  const found = modelConditions(cell.training, data, trainingStreams(cell, 0).parameters);
  return [
    answerRow(
      of,
      'own rows and linear',
      of.hasOwnLinearRows,
      found.hasOwnLinearRows,
      'a gradient at one output moves it alone, twice as far at twice the rate',
    ),
    answerRow(
      of,
      'tangent gradient',
      of.hasTangentGradient,
      found.hasTangentGradient,
      'q·∂L/∂q is 0 up to rounding, at the start',
    ),
  ];
}

function answerRow({ number, source }: Line, what: string, expected: boolean, found: boolean, how: string): Row {
  const word = (answer: boolean) => (answer ? 'yes' : 'no');
  return statement({ claim: `${number}: ${what}`, source }, word(expected), word(found), expected === found, how);
}

function angleRows(of: Line, cells: readonly ReportedTraining[]): Row[] {
  return (['user', 'item'] as const).map((side) => {
    const expectation = { quantity: `${side}.tangent`, is: of[side] } as const;
    const findings = cells.flatMap(({ trainings }) => judgeTrainings([expectation], trainings));
    const holds = findings.every((finding) => findingHolds(finding, 0));
    const records = cells.flatMap(({ trainings }) => trainings.flatMap((training) => training.records));
    const moved = records.reduce((sum, record) => sum + record[side].moved, 0);
    const tangent = records.reduce((sum, record) => sum + record[side].tangentShare * record[side].moved, 0);
    const how = of[side]
      ? 'all moves of every recorded step, to the rounding of each'
      : 'fewer than half of the moves of each recorded step';
    const said = { claim: `${of.number}: ${side} trajectory orthogonal`, source: of.source };
    return statement(said, of[side] ? 'yes' : 'no', `${formatShare(tangent / moved)} of the moves`, holds, how);
  });
}

/** What the article reports at epochs 1 to 3, in the middle and at the end, with the measure that does not depend on scale. */
function stepTable({ number }: Line, cells: readonly ReportedTraining[]): Datum[] {
  return cells.flatMap(({ training, trainings }) =>
    trainings[0].records.map(({ epoch, loss, user, item }) => ({
      experiment: number,
      rate: training.optimisers.item.learningRate,
      epoch,
      loss: rounded(loss, 4),
      userArticleShare: rounded(user.articleShare, 4),
      userTangentShare: rounded(user.tangentShare, 4),
      userMedianCosine: aboveRounding(user.cosine?.median ?? null, 4),
      itemArticleShare: rounded(item.articleShare, 4),
      itemTangentShare: rounded(item.tangentShare, 4),
      itemMedianCosine: aboveRounding(item.cosine?.median ?? null, 4),
    })),
  );
}
