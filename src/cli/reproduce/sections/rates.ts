import type { ReportedRecording } from '../../../report/fidelity-text.ts';
import { formatSignificant } from '../../../report/format-number.ts';
import type { ReportedTraining } from '../../../report/training-text.ts';
import { pearson, spearman } from '../../../statistics/correlation.ts';
import { cellsAs } from '../cells-of.ts';
import type { Row } from '../row.ts';
import { explained, fixed, leftOut, oursAlone, printedWithin, statement } from '../rules.ts';
import type { Section } from '../section.ts';

const source = 'theory, section 5';

/** Pearson's correlation after 10 epochs, as it is printed, and what law (f) said beside what was measured in one training. */
const printed: readonly { readonly rate: number; readonly pearson: string; readonly law?: string }[] = [
  { rate: 0.1, pearson: '.034' },
  { rate: 10, pearson: '.041' },
  { rate: 50, pearson: '.174', law: '.188/.187' },
  { rate: 100, pearson: '.429', law: '.435/.431' },
  { rate: 200, pearson: '.748', law: '.749/.744' },
  { rate: 500, pearson: '.870', law: '.867/.868' },
  { rate: 1000, pearson: '.861', law: '.859/.861' },
];

/** Popularity and norm, by the learning rate. */
export const rates: Section = {
  id: 'rates',
  title: 'Popularity and norm by the learning rate',
  about:
    '2,000 users, 1,000 items, 60,000 pairs, B = 256, d = 32, 10 epochs. The printed figures are of the table zipf.csv, ours of another table drawn in the same way (Zipf popularity, latent-factor tastes): correlations are compared within a margin, the law with what was measured on the same table.',
  async reproduce(equipment) {
    const ran = await equipment.run('reference/rates');
    const cells = cellsAs<'predictors'>(ran.summary);
    const scale = cellsAs<'train'>((await equipment.run('reference/scale')).summary);
    const [dot] = cellsAs<'train'>((await equipment.run('reference/dot-products')).summary);
    const points = cells.map(pointOf);
    return {
      rows: [
        ...measuredRows(points),
        ...lawRows(points),
        ...shapeRows(points),
        ...growthRows(points),
        ...scaleRows(scale),
        dotRow(dot),
        leftOut(
          { claim: 'Only η/(Bτσ²) matters: B and τ', source },
          'the same for η/(Bτ)',
          'exact only for σ: another B gives other batches, another τ another softmax; the section on fidelity has the law at two of each',
        ),
      ],
      tables: [{ name: 'points', title: 'Popularity and norm by the learning rate', rows: points.map(tableRow) }],
      pictures: [
        {
          path: ran.path,
          scenario: ran.scenario.name,
          figures: ['pearson-by-rate', 'popularity-and-norm', 'predictor-quality', 'gain-by-multiplicity'],
        },
      ],
    };
  },
};

/** One learning rate: how popularity goes with the norm and the growth, and what the law said. */
interface Point {
  readonly rate: number;
  readonly pearson: number;
  readonly pValue: number;
  readonly spearman: number;
  readonly law: number;
  readonly growth: number;
  /** Pearson's correlation of popularity and popularity^¼. */
  readonly limit: number;
}

function pointOf({ swept, trainings }: ReportedRecording): Point {
  const [{ items, comparison }] = trainings;
  const { popularity, initialNorm, finalNorm } = items;
  const found = pearson(popularity, finalNorm)!;
  const law = comparison!.predictors.find(({ letter }) => letter === 'f')!;
  const growth = finalNorm.map((norm, item) => norm ** 2 - initialNorm[item] ** 2);
  return {
    rate: Number(swept.learningRate),
    pearson: found.coefficient,
    pValue: found.pValue,
    spearman: spearman(popularity, finalNorm)!.coefficient,
    law: law.pearson!.value,
    growth: pearson(popularity, growth)!.coefficient,
    limit: pearson(
      popularity,
      popularity.map((of) => of ** 0.25),
    )!.coefficient,
  };
}

function measuredRows(points: readonly Point[]): Row[] {
  return points.map(({ rate, pearson }, index) => {
    const claim = `Pearson(popularity, norm) at η = ${rate}`;
    const margin = rate < 50 ? 4 / Math.sqrt(997) : 0.06;
    const why =
      rate < 50 ? 'four standard errors of no correlation among 1,000 items' : 'another table of the same kind';
    return printedWithin({ claim, source }, printed[index].pearson, pearson, margin, why);
  });
}

function lawRows(points: readonly Point[]): Row[] {
  return points.map(({ rate, pearson, law }, index) => {
    const claim = `law (f) and measured Pearson at η = ${rate}, one training`;
    const ours = `${fixed(law, 3)}/${fixed(pearson, 3)}`;
    const isNear = Math.abs(law - pearson) <= 0.02;
    const how = 'at most .02 apart';
    const reference = printed[index].law;
    return reference === undefined
      ? oursAlone({ claim, source }, ours, isNear, how)
      : statement({ claim, source }, reference, ours, isNear, how);
  });
}

function shapeRows(points: readonly Point[]): Row[] {
  const [least, , , , , largest, last] = points;
  const of = (what: string, { rate, pearson }: Point) => `${what} at η = ${rate}: ${fixed(pearson, 3)}`;
  const { limit } = last;
  return [
    statement(
      { claim: 'no significant correlation at η = 0.1 (experiment 9)', source: 'article, experiment 9' },
      'not significant',
      `${fixed(least.pearson, 3)}, p = ${formatSignificant(least.pValue, 2)}`,
      least.pValue > 0.001,
      'p above .001',
    ),
    statement(
      { claim: 'Pearson is not monotone in η', source },
      '.870 at 500, .861 at 1000',
      `${of('Pearson', largest)}, ${of('Pearson', last)}`,
      largest.pearson > last.pearson,
      'smaller at 1000 than at 500, on the same draws',
    ),
    statement(
      { claim: 'Pearson tends to corr(popularity, popularity^¼)', source },
      `${fixed(limit, 3)} on this table`,
      of('Pearson', last),
      Math.abs(last.pearson - limit) < 0.05,
      'within .05 at the largest rate',
    ),
    statement(
      { claim: 'Spearman tends to 1', source },
      '1',
      points.map(({ rate, spearman }) => `${fixed(spearman, 3)} at η = ${rate}`).join('; '),
      points.every(({ spearman }, index) => index === 0 || spearman > points[index - 1].spearman - 0.02) &&
        last.spearman > 0.95,
      'does not fall by more than .02 from a rate to the next, above .95 at the largest',
    ),
  ];
}

function growthRows(points: readonly Point[]): Row[] {
  return points.map(({ rate, growth }) => {
    const claim = `Pearson(popularity, s_T − s₀) at η = ${rate}`;
    const isInside = growth >= 0.925 && growth < 0.985;
    const compared = statement(
      { claim, source },
      '.93–.98',
      fixed(growth, 3),
      isInside,
      'within the range, to its digits',
    );
    return explained(
      compared,
      'another table: what counts is that it is large at every rate, where the norm at small rates shows nothing',
      growth > 0.85,
    );
  });
}

function scaleRows(cells: readonly ReportedTraining[]): Row[] {
  const [plain, scaled, small] = cells.map(({ trainings }) => trainings[0].items);
  const factor = 1 / 64;
  const unequal = plain.finalNorm.filter((norm, item) => scaled.finalNorm[item] !== norm * factor).length;
  const apart = Math.max(...plain.finalNorm.map((norm, item) => Math.abs(small.finalNorm[item] / norm / 0.01 - 1)));
  const found = pearson(small.popularity, small.finalNorm)!;
  return [
    statement(
      { claim: 'start × a with η × a² scales every norm by a, a = 1/64', source },
      'exactly',
      `${unequal} of ${plain.finalNorm.length} norms differ`,
      unequal === 0,
      'equal to the last bit',
    ),
    statement(
      { claim: 'start × a with η × a² scales every norm by a, a = 0.01', source },
      'exactly',
      apart < 1e-9 ? 'equal up to rounding' : `apart by ${formatSignificant(apart, 2)}`,
      apart < 1e-9,
      'within 10⁻⁹: 0.01 is no power of 2, and 2,350 steps add its rounding up',
    ),
    printedWithin(
      { claim: 'Pearson at η = 0.1 with σ = 0.01', source },
      '.868',
      found.coefficient,
      0.06,
      'another table of the same kind',
    ),
  ];
}

function dotRow({ trainings }: ReportedTraining): Row {
  const { popularity, finalNorm } = trainings[0].items;
  const found = pearson(popularity, finalNorm)!;
  const holds = found.coefficient < 0 && found.pValue < 0.001;
  const said = { claim: 'dot-product loss at η = 1: Pearson(popularity, norm)', source };
  return statement(said, '−.60', fixed(found.coefficient, 3), holds, 'negative with p < .001; another table');
}

function tableRow({ rate, pearson, pValue, spearman, law, growth }: Point) {
  return {
    learningRate: rate,
    pearson: Number(pearson.toFixed(5)),
    pValue: Number(pValue.toPrecision(2)),
    law: Number(law.toFixed(5)),
    spearman: Number(spearman.toFixed(5)),
    growth: Number(growth.toFixed(5)),
  };
}
