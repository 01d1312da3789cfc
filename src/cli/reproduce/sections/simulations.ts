import { exactPairLaw } from '../../../process/exact-law.ts';
import { presenceProbability } from '../../../process/presence.ts';
import { stationarySquaredNorm } from '../../../process/stationary.ts';
import type { Datum } from '../../../report/figures/figure.ts';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import type { CoupledScenario } from '../../../scenarios/coupled-scenario.ts';
import { judgeScenario } from '../../judge-coupled.ts';
import { cellsAs } from '../cells-of.ts';
import { expectedRow } from '../expected-row.ts';
import { rounded } from '../rounded.ts';
import type { Row } from '../row.ts';
import { estimateText, fixed, printedEstimate, printedWithin, statement } from '../rules.ts';
import type { Pictures, Section } from '../section.ts';

/** The shipped scenarios of coupled pairs, and which pictures are drawn of each. */
const scenarios: Readonly<Record<string, readonly string[]>> = {
  'coupled-pair': ['norm-trajectories', 'fourth-power', 'final-norms', 'variance-reduction'],
  'cyclic-rate': ['norm-trajectories', 'order-violations', 'order-phases'],
  'eta-p-sweep': ['heat-map'],
  'iid-gains': ['order-by-gain', 'order-violations'],
  'in-batch-softmax': ['heat-map', 'order-phases', 'final-norms'],
  momentum: ['norm-trajectories', 'fourth-power'],
  'own-gains': ['norm-trajectories', 'order-violations', 'order-by-gain'],
  'popularity-from-data': ['norm-trajectories'],
  'sobol-design': [],
  'toy-steps': ['final-norms'],
  'warm-up': ['norm-trajectories', 'order-violations'],
  'weight-decay-dense': ['norm-trajectories'],
  'weight-decay-lazy': ['norm-trajectories'],
};

/** What the simulator says of the abstract process. */
export const simulations: Section = {
  id: 'simulations',
  title: 'The simulations',
  about:
    'The shipped scenarios of coupled pairs: what each expects of itself, decided by tests of which any of a scenario raises a false alarm with probability 10⁻⁶, and the numbers that a formula gives.',
  async reproduce(equipment) {
    const rows: Row[] = [];
    const pictures: Pictures[] = [];
    const table: Datum[] = [];
    for (const [name, figures] of Object.entries(scenarios)) {
      const { scenario, summary, path } = await equipment.run(name);
      const cells = cellsAs<'coupled'>(summary);
      rows.push(...rowsOf(scenario as CoupledScenario, cells));
      table.push(...cells.map((cell) => ({ scenario: name, ...tableRow(cell) })));
      pictures.push({ path, scenario: name, figures });
    }
    return { rows, pictures, tables: [{ name: 'cells', title: 'Every cell of the simulations', rows: table }] };
  },
};

function rowsOf(scenario: CoupledScenario, cells: readonly ReportedCell[]): Row[] {
  const checked = judgeScenario(scenario, (index) => cells[index]);
  const expected = expectedRow(scenario, checked, 'theory, sections 3 and 4');
  return [expected, ...(numbers[scenario.name]?.(cells) ?? [])];
}

/** What a formula says of a scenario. */
const numbers: Readonly<Record<string, (cells: readonly ReportedCell[]) => Row[]>> = {
  'coupled-pair': ([cell]) => exactRows('coupled-pair', cell),
  'own-gains': ([cell]) => [flipped('own-gains', cell)],
  'iid-gains': (cells) => cells.map((cell) => flipped(`iid-gains, σ = ${cell.swept['gain.sigma']}`, cell)),
  momentum: (cells) =>
    cells.map(({ parameters, squaredNorm }) => {
      const { beta } = parameters.momentum;
      const { mean } = exactPairLaw({ ...parameters, momentum: { ...parameters.momentum, beta: 0 } })!.squaredNorm
        .upper;
      const start = (parameters.initialSquaredNorm as number) ** 2;
      const growth = squaredNorm.upper.mean ** 2 - start;
      const factor = growth / (mean * mean - start);
      const claim = `momentum, β = ${beta}: growth of (E s″)², as a multiple of that without momentum`;
      const printed = fixed(1 / (1 - beta) ** 2, 0);
      const why = '300 steps from s₀ = 16 are short for a law of long trainings';
      return printedWithin({ claim, source: 'theory, section 3' }, printed, factor, 0.1 * Number(printed), why);
    }),
  'weight-decay-dense': ([cell]) => [...stationaryRows('dense', cell), ratioRow('dense', cell, 0.25)],
  'weight-decay-lazy': ([cell]) => [...stationaryRows('lazy', cell), ratioRow('lazy', cell, 0)],
};

function exactRows(name: string, { norm }: ReportedCell): Row[] {
  return (['lower', 'upper', 'difference'] as const).map((run) => {
    const { mean, standardError, exact } = norm[run];
    const claim = `${name}: ${{ lower: 'E‖q′‖', upper: 'E‖q″‖', difference: 'E‖q″‖ − E‖q′‖' }[run]} beside its exact law`;
    return printedEstimate({ claim, source: 'theory, A10' }, exact!.toFixed(6), { estimate: mean, standardError });
  });
}

function flipped(name: string, { order }: ReportedCell): Row {
  const share = (100 * order.pairsViolatedAtSomeStep) / order.pairs;
  const ours = estimateText(share, 100 * Math.sqrt(((share / 100) * (1 - share / 100)) / order.pairs));
  const claim = `${name}: pairs whose order flips at some step`;
  return statement(
    { claim, source: 'theory, G1' },
    '30–88 %',
    `${ours} %`,
    share >= 30 && share <= 88,
    'within the range',
  );
}

function stationaryRows(decay: string, { parameters, norm }: ReportedCell): Row[] {
  return (['lower', 'upper'] as const).map((run) => {
    const popularity = parameters.popularity[run];
    const law = stationarySquaredNorm(parameters, presenceProbability(popularity, parameters.batchSize))!;
    const claim = `${decay} decay: E‖q‖ at p = ${popularity} after 2,000 steps, beside √s*`;
    const why = '1 %, for a mean-field law';
    return printedWithin(
      { claim, source: 'theory, A14' },
      Math.sqrt(law).toFixed(4),
      norm[run].mean,
      0.01 * Math.sqrt(law),
      why,
    );
  });
}

/** How much longer the popular item settles: the ratio of the presences to a power. */
function ratioRow(decay: string, { parameters, norm }: ReportedCell, power: number): Row {
  const [lower, upper] = (['lower', 'upper'] as const).map((run) => {
    return presenceProbability(parameters.popularity[run], parameters.batchSize);
  });
  const claim = `${decay} decay: E‖q″‖ over E‖q′‖, beside (a″/a′)^${power}`;
  const ratio = norm.upper.mean / norm.lower.mean;
  return printedWithin(
    { claim, source: 'theory, section 3' },
    ((upper / lower) ** power).toFixed(3),
    ratio,
    0.01,
    '1 %, for a mean-field law',
  );
}

function tableRow({ swept, replicates, norm, order, varianceReduction }: ReportedCell): Datum {
  const of = (value: number | null) => rounded(value, 8);
  return {
    cell: Object.entries(swept)
      .map(([path, value]) => `${path} = ${value}`)
      .join(', '),
    pairs: replicates,
    lower: of(norm.lower.mean),
    lowerExact: of(norm.lower.exact),
    upper: of(norm.upper.mean),
    upperExact: of(norm.upper.exact),
    difference: of(norm.difference.mean),
    standardError: rounded(norm.difference.standardError, 3),
    differenceExact: of(norm.difference.exact),
    pairsViolatedAtSomeStep: order.pairsViolatedAtSomeStep,
    pairsViolatedAtEnd: order.pairsViolatedAtEnd,
    varianceReduction: rounded(varianceReduction.estimate, 4),
  };
}
