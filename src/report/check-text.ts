import wrapAnsi from 'wrap-ansi';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import type { Gap, GapMeasurement } from '../theorems/gap.ts';
import type { JudgedFinding, Verdict } from '../theorems/verify.ts';
import { formatCount, formatEstimate, formatParameter, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';

const width = 80;

/** A scenario whose `expect:` lines were checked, cell by cell. */
export interface CheckedScenario {
  readonly scenario: string;
  readonly holds: boolean;
  readonly counted: { readonly cells: number; readonly findings: number; readonly leastPValue: number | null };
  /** Every cell; of a long run only those that are not as expected. */
  readonly cells: readonly {
    readonly cell: number;
    readonly swept: Readonly<Record<string, AxisValue>>;
    readonly holds: boolean;
    readonly findings: readonly JudgedFinding[];
  }[];
}

/** On which draws, and with which chance of a false alarm. */
export function headText(setting: { seed: number; budget: number; tests: number; alpha: number }): string {
  const { seed, budget, tests, alpha } = setting;
  const share = tests === 0 ? '' : ` (${formatSignificant(alpha, 2)} for each of ${formatCount(tests)} tests)`;
  return `seed ${seed}; probability of any false alarm at most ${formatSignificant(budget, 2)}${share}`;
}

/** How many of the things that were checked hold. */
export function endText(checked: readonly { readonly holds: boolean }[], paint: Paint): string {
  const held = checked.filter(({ holds }) => holds).length;
  const all = `${formatCount(held)} of ${formatCount(checked.length)} hold`;
  return `${mark(held === checked.length, paint)} ${all}`;
}

/** A claim's verdict: ✓ or ✗, its statement, and a line for each thing that was measured. */
export function verdictText({ claim, holds, findings, durationMs }: Verdict, paint: Paint): string {
  const seconds = paint.dim(`${(durationMs / 1000).toFixed(1)} s`);
  const head = hanging(`${mark(holds, paint)} ${paint.bold(claim.id.padEnd(4))}`, 7, `${claim.statement} ${seconds}`);
  // What a claim rests on is for whoever sees it fail.
  const why = holds ? [] : [`source: ${claim.source}`, `conditions: ${claim.conditions}`, `drawn: ${claim.drawn}`];
  return [
    head,
    ...why.map((line) => hanging('', 9, line)),
    ...findings.map((finding) => findingText(finding, paint)),
  ].join('\n');
}

/** One thing that was measured, with a mark of its own where it failed. */
function findingText(finding: JudgedFinding, paint: Paint): string {
  const sign = finding.holds ? paint.dim('·') : mark(false, paint);
  return hanging(`       ${sign}`, 9, `${finding.what}: ${measuredText(finding)}`);
}

/** What came of one finding, without colour and in one line: the outcome, and the numbers it rests on. */
export function measuredText(finding: JudgedFinding): string {
  return finding.kind === 'exact' ? exactText(finding) : statisticalText(finding);
}

function exactText(finding: Extract<JudgedFinding, { kind: 'exact' }>): string {
  const { cases, deviation, bound, unit, counterexample } = finding;
  const compared = counting(cases, 'case');
  if (counterexample !== null) return `FALSE in ${compared}: ${counterexample}`;
  if (bound === 0) return `${compared}, no exception`;
  return `${compared}, deviation ${formatSignificant(deviation, 2)} of ${formatSignificant(bound, 2)} allowed (${unit})`;
}

function statisticalText(finding: Extract<JudgedFinding, { kind: 'statistical' }>): string {
  const { test, draws, pValue, effect, detectable, unit, expects, holds } = finding;
  const outcome =
    expects === 'rejected' ? (holds ? 'rejected, as claimed' : 'NOT rejected') : holds ? 'kept' : 'REJECTED';
  const size = `off by ${formatSignificant(effect, 3)}, would find ${formatSignificant(detectable, 2)}, in ${unit}`;
  return `${outcome}, p = ${formatSignificant(pValue, 2)} (${test}, ${formatCount(draws)} draws); ${size}`;
}

/** A scenario's verdict: its name and the least p-value; what does not hold, cell by cell. */
export function scenarioText({ scenario, holds, counted, cells }: CheckedScenario, paint: Paint): string {
  const { leastPValue } = counted;
  const least = leastPValue === null ? '' : `; the least p is ${formatSignificant(leastPValue, 2)}`;
  const failing = cells.flatMap(({ swept, findings: ofCell }) => {
    const place = Object.entries(swept).map(([path, value]) => `${path} = ${value}`);
    const lines = ofCell.filter((finding) => !finding.holds).map((finding) => findingText(finding, paint));
    return lines.length === 0 || place.length === 0 ? lines : [hanging('', 7, place.join(', ')), ...lines];
  });
  const told = `${counting(counted.findings, 'expectation')} in ${counting(counted.cells, 'cell')}`;
  return [hanging(`${mark(holds, paint)} ${paint.bold(scenario)}:`, 7, `${told}${least}`), ...failing].join('\n');
}

function counting(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** A gap in the article's argument, and the numbers that show it. */
export function gapText(
  { id, article, instead }: Omit<Gap, 'measure'>,
  measurements: readonly GapMeasurement[],
  paint: Paint,
): string {
  const lines = measurements.map(({ what, value, standardError, unit }) => {
    const uncertainty = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
    return hanging(
      '       ·',
      9,
      `${what}: ${standardError === null ? formatParameter(value) : formatEstimate(value, standardError)}${uncertainty} ${unit}`.trimEnd(),
    );
  });
  return [hanging(`  ${paint.bold(id.padEnd(4))}`, 7, article), hanging('', 7, instead), ...lines].join('\n');
}

function mark(holds: boolean, paint: Paint): string {
  return holds ? paint.good('✓') : paint.bad('✗');
}

/** Text wrapped behind a lead of a given width. */
function hanging(lead: string, indent: number, text: string): string {
  const wrapped = wrapAnsi(text, width - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
  return lead === '' ? `${' '.repeat(indent)}${wrapped}` : `${lead} ${wrapped}`;
}
