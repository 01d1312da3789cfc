import type { Datum } from '../../../report/figures/figure.ts';
import { formatShare, formatSignificant } from '../../../report/format-number.ts';
import type { ReportedTraining } from '../../../report/training-text.ts';
import type { TrainingScenario } from '../../../scenarios/training/training-scenario.ts';
import { type Correlation, pearson, spearman } from '../../../statistics/correlation.ts';
import { biasSignificance, judgeTrainings } from '../../../theorems/expectations/training-expectation.ts';
import { findingHolds } from '../../../theorems/finding.ts';
import { planTrainings, trainingData, trainingStreams } from '../../../trainer/training-cell.ts';
import { cellsAs } from '../cells-of.ts';
import type { Row } from '../row.ts';
import { fixed, statement } from '../rules.ts';
import type { Pictures, Section } from '../section.ts';
import { modelConditions } from './model-conditions.ts';

/** An experiment's line in the article's table. */
interface Line {
  readonly number: string;
  readonly scenario: string;
  readonly hasOwnLinearRows: boolean;
  readonly hasTangentGradient: boolean;
  readonly user: boolean;
  readonly item: boolean;
  readonly source: string;
}

const line = (
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
  source: `${source}, experiment ${number}`,
});

/** Own rows and linear, tangent gradient, user's and item's trajectory orthogonal. */
const lines: readonly Line[] = [
  line('1', '01-embedding', [true, true, true, true]),
  line('2', '02-dot-products', [true, false, false, false]),
  line('3', '03-bert', [false, true, false, true]),
  line('4', '04-embedding-linear', [false, true, false, true]),
  line('5', '05-frozen-linear', [false, true, false, true]),
  line('6', '06-one-hot-linear', [true, true, true, true]),
  line('7', '07-squared-gap', [true, true, true, true]),
  line('8', '08-high-rate', [true, true, true, true]),
  line('9', '09-low-rate', [true, true, true, true]),
  line('10', '10-bert-adam', [false, true, false, true]),
  line('6 with a bias', 'one-hot-linear-with-bias', [false, true, false, true], 'theory'),
];

/** The article's ten experiments. */
export const experiments: Section = {
  id: 'experiments',
  title: 'The ten experiments',
  about:
    'The article’s table: two conditions measured on the towers and the loss, two on every recorded step of the trainings; then popularity and norm. Experiments 8 to 10 run on generated data, because the article’s own are private: signs and significance are compared, not sizes.',
  async reproduce(means) {
    const rows: Row[] = [];
    const steps: Datum[] = [];
    const correlations: Datum[] = [];
    const pictures: Pictures[] = [];
    for (const of of lines) {
      const ran = await means.run(`experiments/${of.scenario}`);
      const [scenario, cells] = [ran.scenario as TrainingScenario, cellsAs<'train'>(ran.summary)];
      rows.push(...conditionRows(of, scenario), ...angleRows(of, cells), ...(biasRows[of.number]?.(of, cells) ?? []));
      steps.push(...stepTable(of, cells));
      correlations.push(...correlationTable(of, cells));
      pictures.push({
        path: ran.path,
        scenario: of.scenario,
        figures: ['popularity-and-norm', 'pearson-by-rate'],
        kept: ['cell-0-epoch-1.svg', 'cell-0-epoch-100.svg'],
      });
    }
    return {
      rows,
      pictures,
      tables: [
        { name: 'experiments', title: 'Every recorded step of the experiments', rows: steps },
        { name: 'popularity', title: 'Popularity and norm, before and after', rows: correlations },
      ],
    };
  },
};

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

const biasRows: Readonly<Record<string, (of: Line, cells: readonly ReportedTraining[]) => Row[]>> = {
  '8': (of, cells) => [
    biasRow(
      of,
      cells.filter(({ swept }) => Number(swept.learningRate) >= 50),
      '.54, significant',
      true,
    ),
  ],
  '9': (of, cells) => [biasRow(of, cells, 'no significant correlation', false)],
  '10': (of, cells) => [biasRow(of, cells, '.56, significant', true)],
};

function biasRow(
  { number, source }: Line,
  cells: readonly ReportedTraining[],
  reference: string,
  isBiased: boolean,
): Row {
  const found = cells.map((cell) => ({
    rate: cell.training.optimisers.item.learningRate,
    after: correlationsOf(cell).after,
  }));
  const holds = found.every(({ after }) => isSignificant(after) === isBiased);
  const ours = found.map(({ rate, after }) => `${correlationText(after)} at η = ${rate}`).join('; ');
  const how = isBiased ? `above 0 with p < ${biasSignificance}` : `not above 0 with p < ${biasSignificance}`;
  const said = { claim: `${number}: Pearson of popularity and norm of the items`, source };
  return statement(said, reference, ours, holds, `${how}; other data than the article’s`);
}

function isSignificant(found: Correlation | null): boolean {
  return found !== null && found.coefficient > 0 && found.pValue < biasSignificance;
}

function correlationText(found: Correlation | null): string {
  if (found === null) return 'nothing varies';
  return `${fixed(found.coefficient, 3)} (p ${found.pValue < 1e-6 ? '< 10⁻⁶' : `= ${formatSignificant(found.pValue, 2)}`})`;
}

function correlationsOf({ trainings }: ReportedTraining) {
  const { popularity, initialNorm, finalNorm } = trainings[0].items;
  return {
    before: pearson(popularity, initialNorm),
    after: pearson(popularity, finalNorm),
    rankBefore: spearman(popularity, initialNorm),
    rankAfter: spearman(popularity, finalNorm),
  };
}

/** What the article reports at epochs 1 to 3, in the middle and at the end, with the measure that does not depend on scale. */
function stepTable({ number }: Line, cells: readonly ReportedTraining[]): Datum[] {
  return cells.flatMap(({ training, trainings }) =>
    trainings[0].records.map(({ epoch, loss, user, item }) => ({
      experiment: number,
      rate: training.optimisers.item.learningRate,
      epoch,
      loss: rounded(loss),
      userArticleShare: rounded(user.articleShare),
      userTangentShare: rounded(user.tangentShare),
      userMedianCosine: aboveRounding(user.cosine?.median ?? null),
      itemArticleShare: rounded(item.articleShare),
      itemTangentShare: rounded(item.tangentShare),
      itemMedianCosine: aboveRounding(item.cosine?.median ?? null),
    })),
  );
}

function correlationTable({ number }: Line, cells: readonly ReportedTraining[]): Datum[] {
  if (!(number in biasRows)) return [];
  return cells.map((cell) => {
    const { before, after, rankBefore, rankAfter } = correlationsOf(cell);
    const of = (name: string, found: Correlation | null) => ({
      [name]: found === null ? null : rounded(found.coefficient),
      [`${name}P`]: found === null ? null : Number(found.pValue.toPrecision(2)),
    });
    return {
      experiment: number,
      rate: cell.training.optimisers.item.learningRate,
      ...of('pearsonBefore', before),
      ...of('pearsonAfter', after),
      ...of('spearmanBefore', rankBefore),
      ...of('spearmanAfter', rankAfter),
    };
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** What rounding alone makes of a right angle differs from machine to machine. */
function aboveRounding(cosine: number | null): number | null {
  return cosine === null ? null : cosine < 1e-9 ? 0 : rounded(cosine);
}
