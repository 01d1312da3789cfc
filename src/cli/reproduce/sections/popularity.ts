import type { Datum } from '../../../report/figures/figure.ts';
import { formatSignificant } from '../../../report/format-number.ts';
import type { ReportedTraining } from '../../../report/training-text.ts';
import { type Correlation, pearson, spearman } from '../../../statistics/correlation.ts';
import { biasSignificance } from '../../../theorems/expectations/training-expectation.ts';
import { rounded } from '../rounded.ts';
import type { Row } from '../row.ts';
import { fixed, statement } from '../rules.ts';
import type { Section } from '../section.ts';
import { type Experiment, type Line, line, runExperiment } from './experiment-line.ts';

/** An experiment, and what the article says of popularity and norm in it. */
interface BiasLine {
  readonly line: Line;
  readonly reference: string;
  readonly isBiased: boolean;
  /** The least learning rate that it speaks of. */
  readonly from: number;
}

const lines: readonly BiasLine[] = [
  {
    line: line('8', '08-high-rate', [true, true, true, true]),
    reference: '.54, significant',
    isBiased: true,
    from: 50,
  },
  {
    line: line('9', '09-low-rate', [true, true, true, true]),
    reference: 'no significant correlation',
    isBiased: false,
    from: 0,
  },
  {
    line: line('10', '10-bert-adam', [false, true, false, true]),
    reference: '.56, significant',
    isBiased: true,
    from: 0,
  },
];

/** The article's experiments on purchases. */
export const popularity: Section = {
  id: 'popularity',
  title: 'Experiments 8 to 10',
  about:
    'The article’s trainings on purchases. Its data are private, ours are generated: signs and significance are compared, not sizes.',
  async reproduce(equipment) {
    const done: { of: BiasLine; experiment: Experiment }[] = [];
    for (const of of lines) done.push({ of, experiment: await runExperiment(of.line, equipment) });
    return {
      rows: done.flatMap(({ of, experiment }) => [...experiment.rows, biasRow(of, experiment)]),
      tables: [
        { name: 'steps', title: 'Every recorded step', rows: done.flatMap(({ experiment }) => experiment.steps) },
        {
          name: 'correlations',
          title: 'Popularity and norm, before and after',
          rows: done.flatMap(({ of, experiment }) => correlationTable(of, experiment)),
        },
      ],
      pictures: done.map(({ experiment: { ran } }) => {
        return { path: ran.path, scenario: ran.scenario.name, figures: ['popularity-and-norm', 'pearson-by-rate'] };
      }),
    };
  },
};

function biasRow({ line: { number, source }, reference, isBiased, from }: BiasLine, { cells }: Experiment): Row {
  const found = cells
    .map((cell) => ({ rate: cell.training.optimisers.item.learningRate, after: correlationsOf(cell).after }))
    .filter(({ rate }) => rate >= from);
  const holds = found.every(({ after }) => isSignificant(after) === isBiased);
  const ours = found.map(({ rate, after }) => `${correlationText(after)} at η = ${rate}`).join('; ');
  const how = `${isBiased ? 'above 0' : 'not above 0'} with p < ${biasSignificance}; other data than the article’s`;
  const said = { claim: `${number}: Pearson of popularity and norm of the items`, source };
  return statement(said, reference, ours, holds, how);
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

function correlationTable({ line: { number } }: BiasLine, { cells }: Experiment): Datum[] {
  return cells.map((cell) => {
    const { before, after, rankBefore, rankAfter } = correlationsOf(cell);
    const of = (name: string, found: Correlation | null) => ({
      [name]: found === null ? null : rounded(found.coefficient, 4),
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
