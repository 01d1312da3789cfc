import wrapAnsi from 'wrap-ansi';
import type { CellResult, RunResult } from '../engine/cell-result.ts';
import type { TargetState } from '../engine/precision-targets.ts';
import type { ItemLabel, ReportedCell } from '../results/coupled-summary.ts';
import { countCell, emptyTally, type SweepTally } from '../results/sweep-tally.ts';
import { meanCells, quantileCells } from './estimate-cells.ts';
import { formatCount, formatEstimate, formatParameter, formatSignificant, formatZScore } from './format-number.ts';
import type { Paint } from './paint.ts';
import { askedText, knownText, targetName } from './target-text.ts';
import { textTable } from './text-table.ts';
import { trajectoryChart } from './trajectory-chart.ts';
import { meanVerdict, orderVerdict } from './verdict.ts';

/** Columns of running text: what a narrow terminal shows without breaking it again. */
const width = 80;

/** What the text of a finished run is made of. */
export interface TextSummary {
  readonly scenario: string;
  readonly description: string;
  readonly cells: readonly ReportedCell[];
  /** Of a run of very many cells: where they are, and what they come to. */
  readonly cellsFile?: { readonly name: string };
  readonly tally?: SweepTally;
}

/**
 * A finished run as text: one cell in full, several as a table with a line each, very many as what they come to.
 *
 * @param folder of the run, safe to print
 */
export function summaryText(summary: TextSummary, folder: string, paint: Paint): string {
  const { scenario, description, cells, cellsFile, tally } = summary;
  const heading = headingText(scenario, description, paint);
  if (cellsFile !== undefined && tally !== undefined) {
    return `${heading}\n\n${tallyText(tally, `${folder}/${cellsFile.name}`, paint)}\n`;
  }
  if (cells.length === 0) return `${heading}\n`;
  return `${heading}\n\n${cells.length === 1 ? cellText(cells[0], paint) : sweepText(cells, paint)}\n`;
}

function headingText(title: string, description: string, paint: Paint): string {
  return [paint.bold(title), ...(description === '' ? [] : [paint.dim(wrapAnsi(description, width))])].join('\n');
}

function cellText(result: ReportedCell, paint: Paint): string {
  const chart = trajectoryChart(result, paint);
  return [
    parameterLines(result),
    normTable(result, paint),
    ...(chart === null ? [] : [`  mean ‖q‖ of the two runs\n${chart}`]),
    verdictLines(result, paint),
  ].join('\n\n');
}

function parameterLines({
  parameters,
  items,
  coupling,
  kernel,
  couplingReason,
  replicates,
  stopping,
}: ReportedCell): string {
  const { popularity, batchSize, steps, learningRate, tangentSignal, gain, weightDecay, momentum } = parameters;
  const variants = [
    weightDecay.rate > 0 ? `, ${weightDecay.applies} weight decay ${formatParameter(weightDecay.rate)}` : '',
    momentum.beta > 0 ? `, momentum ${momentum.beta} in ${momentum.dimension} dimensions` : '',
  ].join('');
  const rows = [
    ['popularity', `${formatParameter(popularity.lower)} against ${formatParameter(popularity.upper)}`],
    ...(items === null ? [] : [['items', itemsText(items)]]),
    [
      'training',
      `${formatCount(steps)} batches of ${formatCount(batchSize)}, learning rate ${formatParameter(learningRate)}${variants}`,
    ],
    ['gain', `${gain.model}, ${gain.sharing}, c = ${formatParameter((learningRate * tangentSignal) ** 2)}`],
    ['replicates', `${formatCount(replicates)} pairs, seed ${parameters.seed}`],
    ...(stopping === null ? [] : [['until', stoppingText(stopping, replicates)]]),
    ['coupling', `${coupling}${kernel === 'simd' ? ' (kernel)' : ''}: ${couplingReason}`],
  ];
  const indent = `\n${' '.repeat(14)}`;
  return rows
    .map(([name, value]) => `  ${name.padEnd(12)}${wrapAnsi(value, width - 14).replaceAll('\n', indent)}`)
    .join('\n');
}

/** What became of the stopping rule. */
function stoppingText(stopping: Stopping, replicates: number): string {
  const level = `${formatParameter(100 * stopping.level)} %`;
  const most = formatCount(stopping.replicatesAtMost);
  const end = stopping.isReached
    ? `stopped after ${formatCount(replicates)} of at most ${most} pairs`
    : `NOT reached within ${most} pairs`;
  if (stopping.rule === 'rate') return `${stopping.decision}, sure to ${level} at every look; ${end}`;
  const { targets } = stopping;
  const sequences = targets.length === 1 ? 'confidence sequence' : 'confidence sequences together';
  return `${targets.map(targetText).join(', ')} at every look, ${level} ${sequences}; ${end}`;
}

/** How well a mean is known, and where that is not enough, how well it should be. */
function targetText(state: TargetState): string {
  const known = knownText(state);
  const missed = state.isReached ? '' : `, not ${askedText(state.target)}`;
  if (known === null) return `too few pairs differ to bound ${targetName(state)}${missed}`;
  return `${targetName(state)} within ${known}${missed}`;
}

type Stopping = NonNullable<CellResult['stopping']>;

function itemsText({ lower, upper, skippedRows }: NonNullable<ReportedCell['items']>): string {
  const skipped = skippedRows === 0 ? '' : `; ${formatCount(skippedRows)} bad rows of the table were skipped`;
  return `${itemText(lower)} against ${itemText(upper)}${skipped}`;
}

function itemText({ label, interactions }: ItemLabel): string {
  return `${label} (${formatCount(interactions)} interactions)`;
}

function normTable({ norm, varianceReduction }: ReportedCell, paint: Paint): string {
  const run = (name: string, result: RunResult) => [name, ...meanCells(result), ...quantileCells(result)];
  const table = textTable([
    ['', 'mean ‖q‖', '± s.e.', 'exact', 'z', '5 %', 'median', '95 %'],
    run(paint.lower('lower'), norm.lower),
    run(paint.upper('upper'), norm.upper),
    ['difference', ...meanCells(norm.difference)],
  ]);
  if (varianceReduction.estimate === null) return table;
  const of = ({ estimate, standardError, exact }: Reduction) => {
    const known = exact === null ? '' : ` (exact ${formatSignificant(exact, 4)})`;
    return `${formatEstimate(estimate ?? 0, standardError)} ± ${formatSignificant(standardError ?? 0, 2)}${known}`;
  };
  const { norm: ofNorm } = varianceReduction;
  const rows = [
    ['s', of(varianceReduction)],
    ['‖q‖', of(ofNorm)],
  ];
  const lines = rows.map(([name, value]) => `  variance reduction by the pairing, for ${name.padEnd(4)} ${value}`);
  return `${table}\n\n${lines.join('\n')}`;
}

type Reduction = CellResult['varianceReduction']['norm'];

function verdictLines(result: ReportedCell, paint: Paint): string {
  const mean = meanVerdict(result);
  const order = orderVerdict(result);
  const mark = mean.isGood === null ? paint.dim('·') : mean.isGood ? paint.good('✓') : paint.bad('✗');
  const line = (sign: string, text: string) => `  ${sign} ${wrapAnsi(text, width - 4).replaceAll('\n', '\n    ')}`;
  return `${line(mark, mean.text)}\n${line(order.isGood ? paint.good('✓') : paint.bad('✗'), order.text)}`;
}

function sweepText(results: readonly ReportedCell[], paint: Paint): string {
  const swept = Object.keys(results[0].swept);
  const header = [
    'cell',
    ...swept,
    'E‖q′‖',
    'E‖q″‖',
    'difference',
    '± s.e.',
    'z',
    'pairs violated',
    'at end',
    'var. red.',
  ];
  const rows = results.map((result) => {
    const { difference, lower, upper } = result.norm;
    return [
      String(result.index),
      ...swept.map((path) => sweptText(result.swept[path])),
      formatEstimate(lower.mean, lower.standardError),
      formatEstimate(upper.mean, upper.standardError),
      formatEstimate(difference.mean, difference.standardError),
      difference.standardError === null ? '–' : formatSignificant(difference.standardError, 2),
      difference.zScore === null ? '–' : formatZScore(difference.zScore),
      shareText(result.order.pairsViolatedAtSomeStep, result.order.pairs),
      shareText(result.order.pairsViolatedAtEnd, result.order.pairs),
      result.varianceReduction.estimate === null ? '–' : formatSignificant(result.varianceReduction.estimate, 3),
    ];
  });
  return `${textTable([header.map(paint.bold), ...rows])}\n\n${verdictText(results.reduce(countCell, emptyTally), paint)}`;
}

/** Very many cells: where they are, and how many of them are as they should be. */
function tallyText(tally: SweepTally, file: string, paint: Paint): string {
  return `  ${formatCount(tally.cells)} cells are in ${file}, one a line\n\n${verdictText(tally, paint)}`;
}

function verdictText(tally: SweepTally, paint: Paint): string {
  const { reversed, violated } = tally;
  const cells = `${formatCount(tally.cells)} cells`;
  const mean =
    reversed === 0
      ? `${paint.good('✓')} in none of the ${cells} does the more popular item end shorter on average`
      : `${paint.bad('✗')} in ${formatCount(reversed)} of ${cells} the more popular item ends SHORTER on average`;
  const order =
    violated === 0
      ? `${paint.good('✓')} order s″ ≥ s′ kept after every step of every pair in all ${cells}`
      : `${paint.bad('✗')} order s″ ≥ s′ violated in some pairs in ${formatCount(violated)} of ${cells}`;
  return [mean, order, ...stoppingVerdict(tally, paint)].map((line) => `  ${line}`).join('\n');
}

/** Which cells ran out of replicates before their stopping rule had enough; no line where no cell has one. */
function stoppingVerdict({ stopping, stoppingMissed }: SweepTally, paint: Paint): string[] {
  if (stopping === 0) return [];
  const cells = `${formatCount(stopping)} cells`;
  if (stoppingMissed === 0) return [`${paint.good('✓')} the stopping rule was reached in all ${cells}`];
  return [`${paint.bad('✗')} the stopping rule was NOT reached in ${formatCount(stoppingMissed)} of ${cells}`];
}

/** A share of the pairs: 0 only where there is none. */
function shareText(pairs: number, of: number): string {
  return pairs === 0 ? '0' : `${formatSignificant((100 * pairs) / of, 3)} %`;
}

function sweptText(value: number | string | boolean | undefined): string {
  return typeof value === 'number' ? formatParameter(value) : String(value ?? '');
}
