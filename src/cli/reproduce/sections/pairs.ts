import { quantitiesOfCoupled } from '../../../fidelity/quantities.ts';
import type { ReportedCoupledTrainings } from '../../../report/fidelity-text.ts';
import { formatParameter } from '../../../report/format-number.ts';
import type { FidelityScenario } from '../../../scenarios/fidelity/fidelity-scenario.ts';
import { differenceEstimate } from '../../../statistics/pair-estimates.ts';
import { judgeFidelityScenario } from '../../judge-trainings.ts';
import { cellsAs } from '../cells-of.ts';
import { expectedRow } from '../expected-row.ts';
import { rounded } from '../rounded.ts';
import type { Row } from '../row.ts';
import { estimateText, explained, fixed, printedEstimate, statement } from '../rules.ts';
import type { Section } from '../section.ts';

const source = 'theory, section 5';

/** Pairs of real trainings on shared draws. */
export const pairs: Section = {
  id: 'pairs',
  title: 'Pairs of real trainings',
  about:
    'Two full trainings on shared draws that differ in one item’s popularity alone, N = 50 items, B = 16, d = 8, η = 10, 200 steps: how many pairs are out of order at some step and at the end.',
  async reproduce(equipment) {
    const { scenario, summary, path } = await equipment.run('fidelity/coupled-trainings');
    const cells = cellsAs<'coupled-trainings'>(summary);
    const results = cells.map(({ result }) => result);
    const expected = expectedRow(scenario, judgeFidelityScenario(scenario as FidelityScenario, results), source);
    return {
      rows: [expected, ...cells.flatMap((cell, index) => coupledRows(cell, printedPairs[index]))],
      tables: [{ name: 'cells', title: 'Every cell, with the processes beside it', rows: cells.map(coupledTableRow) }],
      pictures: [{ path, scenario: scenario.name, figures: ['real-and-process'] }],
    };
  },
};

/** A cell as it is printed. */
interface PrintedPairs {
  readonly from: string;
  /** Pairs with a violation at some step, in %. */
  readonly violated: string;
  /** Only where the more popular item ends shorter. */
  readonly shorter?: {
    /** E‖q″‖ − E‖q′‖ */
    readonly difference: string;
    /** The same with 50 users, of whom 1, 20 or all meet an item: by this program, from 200 pairs each. */
    readonly byUsers: readonly [one: number, twenty: number, all: number];
  };
}

const printedPairs: readonly PrintedPairs[] = [
  { from: '.02 → .04', violated: '4' },
  { from: '.05 → .06', violated: '10.5' },
  { from: '.20 → .25', violated: '38' },
  { from: '.30 → .60', violated: '68' },
  { from: '.50 → .90', violated: '100', shorter: { difference: '−.315', byUsers: [-0.09, -0.41, -0.95] } },
  { from: '.60 → 1', violated: '100', shorter: { difference: '−1.396', byUsers: [-1.17, -1.53, -2.14] } },
];

function coupledRows({ result }: ReportedCoupledTrainings, { from, violated, shorter }: PrintedPairs): Row[] {
  const { order, norms } = result.real;
  const share = order.pairsViolatedAtSomeStep / order.pairs;
  // The printed share is taken to be of as many pairs as ours.
  const errorOf = (of: number) => 100 * Math.sqrt((of * (1 - of)) / order.pairs);
  const violatedRow = printedEstimate({ claim: `${from}: pairs with s″ < s′ at some step, in %`, source }, violated, {
    estimate: 100 * share,
    standardError: errorOf(share),
    ofReference: errorOf(Number(violated) / 100),
  });
  const atEnd = order.pairsViolatedAtEnd;
  const end = { claim: `${from}: pairs with s″ < s′ at the end`, source };
  const ours = `${atEnd} of ${order.pairs}`;
  if (shorter === undefined) return [violatedRow, statement(end, '0', ours, atEnd === 0, 'none')];
  const endRow = statement(end, 'not 0', ours, atEnd > 0, 'above 0');
  return [violatedRow, endRow, ...shorterRows(from, shorter, differenceEstimate(norms.at(-1)!))];
}

/** The sign must be as printed; the size may be any between those that the number of users makes of it. */
export function shorterRows(
  from: string,
  { difference, byUsers }: NonNullable<PrintedPairs['shorter']>,
  measured: ReturnType<typeof differenceEstimate>,
): Row[] {
  const claim = `${from}: E‖q″‖ − E‖q′‖`;
  const isBelow = measured.estimate < -6 * measured.standardError!;
  const isBetween = measured.estimate >= Math.min(...byUsers) && measured.estimate <= Math.max(...byUsers);
  const told = estimateText(measured.estimate, measured.standardError);
  const how = 'below 0 by more than 6 standard errors';
  const [one, twenty, all] = byUsers.map((difference) => fixed(difference, 2).replace('0.', '.'));
  const because = `the size depends on how many users an item has, which the theory does not say: with 50 users of whom 1, 20 or all meet an item it is ${one}, ${twenty} and ${all}; here 20 of 200 do`;
  return [
    statement({ claim: `${claim}, its sign`, source }, 'below 0', told, isBelow, how),
    explained(printedEstimate({ claim: `${claim}, its size`, source }, difference, measured), because, isBetween),
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
