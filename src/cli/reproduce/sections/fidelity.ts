import { quantitiesOfRecorded } from '../../../fidelity/quantities.ts';
import type { ReportedRecording } from '../../../report/fidelity-text.ts';
import { formatSignificant } from '../../../report/format-number.ts';
import type { FidelityScenario } from '../../../scenarios/fidelity/fidelity-scenario.ts';
import { judgeFidelityScenario } from '../../judge-trainings.ts';
import { cellsAs } from '../cells-of.ts';
import type { Equipment } from '../equipment.ts';
import { expectedRow } from '../expected-row.ts';
import { aboveRounding, rounded } from '../rounded.ts';
import type { Row } from '../row.ts';
import { fixed, oursAlone, printedWithin, statement } from '../rules.ts';
import type { Pictures, Section, Table } from '../section.ts';

const source = 'theory, section 5';

/** Does the process describe real trainings? */
export const fidelity: Section = {
  id: 'fidelity',
  title: 'The process against real trainings',
  about:
    'Six predictors of the final norms against recorded trainings, the gains by multiplicity against the law of the softmax, the floor of single precision and the trap of cycling momentum.',
  async reproduce(equipment) {
    const parts = [
      await predictorPart(equipment),
      await studyPart(equipment, 'fidelity/real-sgd-vs-process', [
        'predictor-residuals',
        'predictor-quality',
        'gain-by-multiplicity',
      ]),
      await studyPart(equipment, 'fidelity/in-batch-softmax-law', ['gain-by-multiplicity'], lawRows),
      await studyPart(equipment, 'fidelity/float32-floor', [], floorRows),
      await studyPart(equipment, 'fidelity/cyclic-momentum-trap', ['predictor-quality'], trapRows),
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
async function predictorPart(equipment: Equipment): Promise<Part> {
  const { summary } = await equipment.run('reference/rates');
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
    oursAlone(
      { claim: '(d) AR(1) log-normal gains: R² of the growth', source },
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
    oursAlone(
      { claim: '(f) the law, nothing fitted: R² of the growth', source },
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
  equipment: Equipment,
  name: string,
  figures: readonly string[],
  numbers: (cells: readonly ReportedRecording[]) => Row[] = () => [],
): Promise<Part> {
  const { scenario, summary, path } = await equipment.run(name);
  const cells = cellsAs<'predictors'>(summary);
  const results = cells.map(({ trainings }) => trainings);
  const expected = expectedRow(scenario, judgeFidelityScenario(scenario as FidelityScenario, results), source);
  return { rows: [expected, ...numbers(cells)], tables: [], pictures: [{ path, scenario: scenario.name, figures }] };
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
  const shares = cells.map(({ swept, trainings }) => ({
    precision: String(swept.precision),
    rate: Number(swept.learningRate),
    falling: quantitiesOfRecorded(trainings[0])['gains.shareFalling'] ?? Number.NaN,
  }));
  return shares.map(({ precision, rate, falling }) => {
    const claim = `appearances at which the norm falls, ${precision} precision, η = ${rate}`;
    const said = { claim, source: 'theory, G10' };
    const ours = `${fixed(100 * falling, 2)} %`;
    if (precision === 'double') return statement(said, 'never', ours, falling === 0, 'none');
    const below = shares.find((of) => of.precision === precision && of.rate === rate / 10);
    const holds = below === undefined ? falling > 0.01 : falling <= below.falling;
    const how = below === undefined ? 'above 1 %' : 'no more than at a tenth of the rate';
    return statement(said, 'more often at a smaller rate', ours, holds, how);
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
