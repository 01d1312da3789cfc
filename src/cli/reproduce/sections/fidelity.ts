import type { FidelitySummary } from '../../../fidelity/fidelity-cell.ts';
import { quantitiesOfCoupled, quantitiesOfRecorded } from '../../../fidelity/quantities.ts';
import type { ReportedCoupledTrainings, ReportedRecording } from '../../../report/fidelity-text.ts';
import { formatParameter, formatSignificant } from '../../../report/format-number.ts';
import type { FidelityScenario } from '../../../scenarios/fidelity/fidelity-scenario.ts';
import { differenceEstimate } from '../../../statistics/pair-estimates.ts';
import { judgeFidelityScenario } from '../../judge-trainings.ts';
import { cellsAs } from '../cells-of.ts';
import type { Means } from '../means.ts';
import type { Row } from '../row.ts';
import { estimateText, explained, fixed, printedEstimate, printedWithin, statement } from '../rules.ts';
import type { Pictures, Section, Table } from '../section.ts';

const source = 'theory, section 5';

/** Does the process describe real trainings? */
export const fidelity: Section = {
  id: 'fidelity',
  title: 'The process against real trainings',
  about:
    'Six predictors of the final norms against recorded trainings, the gains by multiplicity against the law of the softmax, pairs of real trainings on shared draws, the floor of single precision and the trap of cycling momentum.',
  async reproduce(means) {
    const parts = [
      await predictorPart(means),
      await studyPart(means, 'fidelity/real-sgd-vs-process', [
        'predictor-residuals',
        'predictor-quality',
        'gain-by-multiplicity',
      ]),
      await studyPart(means, 'fidelity/in-batch-softmax-law', ['gain-by-multiplicity'], lawRows),
      await coupledPart(means),
      await studyPart(means, 'fidelity/float32-floor', [], floorRows),
      await studyPart(means, 'fidelity/cyclic-momentum-trap', ['predictor-quality'], trapRows),
    ];
    return {
      rows: parts.flatMap(({ rows }) => rows),
      tables: parts.flatMap(({ tables }) => tables),
      pictures: parts.flatMap(({ pictures }) => pictures),
    };
  },
};

interface Part {
  readonly rows: readonly Row[];
  readonly tables: readonly Table[];
  readonly pictures: readonly Pictures[];
}

/** The predictors at η = 100, in the training of the section on rates. */
async function predictorPart(means: Means): Promise<Part> {
  const { summary } = await means.run('reference/rates');
  const cells = cellsAs<'predictors'>(summary);
  const of = quantitiesOfRecorded(cells.find(({ swept }) => swept.learningRate === 100)!.trainings[0]);
  const number = (name: string) => of[name] ?? Number.NaN;
  const table = 'another table of the same kind';
  const rows = [
    printedWithin(
      { claim: '(a) one constant gain: R² of the growth', source },
      '.77',
      number('a.growthR2'),
      0.1,
      table,
    ),
    printedWithin(
      { claim: '(a) one constant gain: median error', source },
      '37',
      100 * number('a.growthError'),
      10,
      table,
      '%',
    ),
    printedWithin(
      { claim: '(b) the mean gain of an item: R² of the growth', source },
      '1.0000',
      number('b.growthR2'),
      0.00005,
      'to the printed digits',
    ),
    statement(
      { claim: '(b) the mean gain of an item: median error', source },
      '2e-5',
      number('b.growthError').toExponential(0),
      number('b.growthError') < 1e-4,
      'below 10⁻⁴',
    ),
    printedWithin(
      { claim: '(c) c₁K^γ: R² of the growth', source },
      '.9996',
      number('c.growthR2'),
      0.0005,
      'the printed figure has c₁ from the first epoch and γ = 1, ours fits both to the whole training',
    ),
    printedWithin(
      { claim: '(c) c₁K^γ: median error', source },
      '1.4',
      100 * number('c.growthError'),
      1,
      'the same',
      '%',
    ),
    statement(
      { claim: '(d) AR(1) log-normal gains: R² of the growth', source },
      '–',
      fixed(number('d.growthR2'), 3),
      Math.abs(number('d.growthR2') - number('a.growthR2')) < 0.05,
      'no better than (a): within .05, because it does not know which item is popular',
    ),
    statement(
      { claim: '(e) the recorded gains: largest error of s_T', source },
      '2e-16',
      number('e.largestError') <= 1e-15 ? 'at most 10⁻¹⁵' : formatSignificant(number('e.largestError'), 2),
      number('e.largestError') <= 1e-15,
      'rounding alone',
    ),
    statement(
      { claim: '(f) the law, nothing fitted: R² of the growth', source },
      '–',
      fixed(number('f.growthR2'), 4),
      number('f.growthR2') > 0.99,
      'above .99',
    ),
  ];
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
  const quality = cells.flatMap(({ swept, trainings }) => {
    const found = quantitiesOfRecorded(trainings[0]);
    return letters.map((letter) => ({
      learningRate: Number(swept.learningRate),
      predictor: letter,
      growthR2: rounded(found[`${letter}.growthR2`]),
      spearman: rounded(found[`${letter}.spearman`]),
      medianError: aboveRounding(found[`${letter}.growthError`]),
      pearsonGap: aboveRounding(found[`${letter}.pearsonGap`]),
    }));
  });
  return {
    rows,
    tables: [{ name: 'predictors', title: 'Six predictors by the learning rate', rows: quality }],
    pictures: [],
  };
}

/** A shipped study, what it expects of itself, and its numbers. */
async function studyPart(
  means: Means,
  name: string,
  figures: readonly string[],
  numbers: (cells: readonly ReportedRecording[]) => Row[] = () => [],
): Promise<Part> {
  const { scenario, summary, path } = await means.run(name);
  const cells = cellsAs<'predictors'>(summary);
  const expected = expectedRow(
    scenario as FidelityScenario,
    cells.map(({ trainings }) => trainings),
  );
  return { rows: [expected, ...numbers(cells)], tables: [], pictures: [{ path, scenario: scenario.name, figures }] };
}

function expectedRow(scenario: FidelityScenario, results: readonly FidelitySummary[]): Row {
  const { holds, counted, cells } = judgeFidelityScenario(scenario, results);
  const held = cells.flatMap(({ findings }) => findings).filter((finding) => finding.holds).length;
  const said = { claim: `${scenario.name}: ${scenario.description}`, source };
  const ours = `${held} of ${counted.findings} hold, in ${cells.length} cells`;
  return statement(said, 'its expectations hold', ours, holds, 'every expectation of the scenario is kept');
}

function lawRows(cells: readonly ReportedRecording[]): Row[] {
  return cells.map(({ swept, trainings }) => {
    const error = quantitiesOfRecorded(trainings[0])['gains.lawError'] ?? Number.NaN;
    const claim = `largest |mean c/c(K) − 1| over K, B = ${swept['batches.size']}, τ = ${swept['loss.temperature']}`;
    const said = { claim, source: 'theory, section 3' };
    return statement(said, '0', fixed(error, 3), error <= 0.15, 'at most .15: the law is of the early training');
  });
}

function floorRows(cells: readonly ReportedRecording[]): Row[] {
  return cells.map(({ swept, trainings }) => {
    const falling = quantitiesOfRecorded(trainings[0])['gains.shareFalling'] ?? Number.NaN;
    const isDouble = swept.precision === 'double';
    const claim = `appearances at which the norm falls, ${swept.precision} precision, η = ${swept.learningRate}`;
    const how = isDouble ? 'none' : 'some, where ‖Δq‖² is near the rounding of s';
    const holds = isDouble ? falling === 0 : Number(swept.learningRate) > 1 || falling > 0;
    const said = { claim, source: 'theory, G10' };
    return statement(said, isDouble ? 'never' : 'more at a smaller rate', `${fixed(100 * falling, 2)} %`, holds, how);
  });
}

function trapRows(cells: readonly ReportedRecording[]): Row[] {
  const trapped = cells.find(({ swept }) => Number(swept['item.momentum.high']) > 0)!;
  const share = quantitiesOfRecorded(trapped.trainings[0])['item.tangentShare'] ?? Number.NaN;
  const said = { claim: 'cyclic momentum: item steps that stay orthogonal', source };
  return [
    statement(
      said,
      '8 in 1,000',
      `${fixed(1000 * share, 1)} in 1,000`,
      share <= 0.05,
      'at most 5 %: how many are still at right angles depends on the data',
    ),
  ];
}

/** Coupled real trainings, as they are printed: pairs with a violation at some step, and the mean difference. */
const printedPairs: readonly { readonly from: string; readonly violated: string; readonly difference?: string }[] = [
  { from: '.02 → .04', violated: '4' },
  { from: '.05 → .06', violated: '10.5' },
  { from: '.20 → .25', violated: '38' },
  { from: '.30 → .60', violated: '68' },
  { from: '.50 → .90', violated: '100', difference: '−.315' },
  { from: '.60 → 1', violated: '100', difference: '−1.396' },
];

async function coupledPart(means: Means): Promise<Part> {
  const { scenario, summary, path } = await means.run('fidelity/coupled-trainings');
  const cells = cellsAs<'coupled-trainings'>(summary);
  const expected = expectedRow(
    scenario as FidelityScenario,
    cells.map(({ result }) => result),
  );
  const rows = cells.flatMap((cell, index) => coupledRows(cell, printedPairs[index]));
  return {
    rows: [expected, ...rows],
    tables: [{ name: 'coupled-trainings', title: 'Coupled real trainings', rows: cells.map(coupledTableRow) }],
    pictures: [{ path, scenario: scenario.name, figures: ['real-and-process'] }],
  };
}

function coupledRows(
  { result }: ReportedCoupledTrainings,
  { from, violated, difference }: (typeof printedPairs)[number],
): Row[] {
  const { order, norms } = result.real;
  const share = order.pairsViolatedAtSomeStep / order.pairs;
  const known = Number(violated) / 100;
  // The printed share is taken to be of as many pairs as ours.
  const standardError = 100 * Math.sqrt((share * (1 - share) + known * (1 - known)) / order.pairs);
  const atEnd = order.pairsViolatedAtEnd;
  const measured = differenceEstimate(norms.at(-1)!);
  const isReversed = difference !== undefined;
  const rows = [
    printedEstimate({ claim: `${from}: pairs with s″ < s′ at some step, in %`, source }, violated, {
      estimate: 100 * share,
      standardError,
    }),
    isReversed
      ? statement(
          { claim: `${from}: pairs with s″ < s′ at the end`, source },
          'not 0',
          `${atEnd} of ${order.pairs}`,
          atEnd > 0,
          'above 0',
        )
      : statement(
          { claim: `${from}: pairs with s″ < s′ at the end`, source },
          '0',
          `${atEnd} of ${order.pairs}`,
          atEnd === 0,
          'none',
        ),
  ];
  if (!isReversed) return rows;
  const claim = `${from}: E‖q″‖ − E‖q′‖`;
  const isBelow = measured.estimate < -6 * measured.standardError!;
  const told = estimateText(measured.estimate, measured.standardError);
  return [
    ...rows,
    statement(
      { claim: `${claim}, its sign`, source },
      'below 0',
      told,
      isBelow,
      'below 0 by more than 6 standard errors',
    ),
    explained(
      printedEstimate({ claim: `${claim}, its size`, source }, difference, measured),
      'the theory does not say which users and which other items its trainings had; ours have 200 users and items of equal popularity',
    ),
  ];
}

function coupledTableRow({ swept, result }: ReportedCoupledTrainings) {
  const of = quantitiesOfCoupled(result);
  return {
    lower: formatParameter(Number(swept['popularity.lower'])),
    upper: formatParameter(Number(swept['popularity.upper'])),
    pairs: result.pairs,
    ...Object.fromEntries(
      ['pairsViolatedAtSomeStep', 'pairsViolatedAtEnd', 'difference'].flatMap((name) =>
        ['', 'law.', 'shared.', 'own.'].map((prefix) => [`${prefix}${name}`, rounded(of[`${prefix}${name}`])]),
      ),
    ),
  };
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(5));
}

/** What rounding alone leaves differs from machine to machine. */
function aboveRounding(value: number | null | undefined): number | null {
  return typeof value === 'number' && Math.abs(value) < 1e-9 ? 0 : rounded(value);
}
