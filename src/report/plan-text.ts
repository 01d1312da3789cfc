import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { formatCount, formatDuration, formatParameter, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

/** What a run would be, before it is run: what `--plan --format json` prints. */
export interface RunPlan {
  readonly scenario: string;
  readonly kind: 'coupled' | 'train' | 'fidelity';
  readonly cells: number;
  readonly chunks: number;
  /** Pairs, or trainings. */
  readonly replicates: number;
  readonly replicatesAre: 'pairs' | 'trainings';
  /** Steps of all pairs, or epochs of all trainings. */
  readonly steps: number;
  readonly stepsAre: 'pair-steps' | 'steps' | 'epochs';
  readonly shard: string | null;
  readonly folder: PlannedFolder;
  /** The earlier runs of which chunks would be taken over. */
  readonly reuse: readonly { readonly path: string; readonly chunks: number }[];
  /** Null for trainings. */
  readonly coupled: CoupledForecast | null;
}

/** What there is of the run already. */
interface PlannedFolder {
  readonly status: 'new' | 'unfinished' | 'finished';
  readonly path: string | null;
  readonly chunks: number;
  readonly obstacle: string | null;
}

/** What a run of coupled pairs is expected to take and to tell. */
export interface CoupledForecast {
  readonly members: readonly MemberForecast[];
  readonly time: TimeForecast;
  readonly until: UntilForecast | null;
  /** Some cells, or all: the cheapest, the dearest and some between. */
  readonly rows: readonly CellForecast[];
}

interface MemberForecast {
  readonly coupling: string;
  readonly kernel: string;
  readonly cells: number;
  readonly pairs: number;
  readonly cpuSeconds: number;
}

interface TimeForecast {
  /** Threads; 0 for the main thread alone. */
  readonly workers: number;
  /** Of a run from its beginning. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Of what is not there yet. */
  readonly remainingCpuSeconds: number;
  readonly remainingWallSeconds: number;
  /** Both are probably right within this factor. */
  readonly factor: number;
  readonly pilot: {
    readonly seconds: number;
    readonly cells: number;
    readonly chunks: number;
    readonly isShortened: boolean;
  };
}

interface UntilForecast {
  /** Of all cells together, by the cells that were looked at. */
  readonly expectedPairs: number;
  /** Of the cells that were looked at. */
  readonly cellsNotReached: number;
  readonly cellsLookedAt: number;
}

export interface CellForecast {
  readonly cell: number;
  readonly swept: Readonly<Record<string, AxisValue>>;
  readonly coupling: string;
  readonly kernel: string;
  readonly pairs: number;
  readonly expectedPairs: number;
  /** Null where there is no stopping rule, and where nothing is known of what it looks at. */
  readonly isReached: boolean | null;
  readonly cpuSeconds: number;
  /** Of the mean norms and of their difference at the end. */
  readonly standardErrors: Readonly<Record<'lower' | 'upper' | 'difference', number | null>>;
  readonly source: string;
}

/** A plan as text. */
export function planText(plan: RunPlan, paint: Paint): string {
  const shard = plan.shard === null ? '' : `, shard ${plan.shard}`;
  const sections = [
    paint.bold(`plan of ${plan.scenario}${shard}`),
    [sizeLines(plan), folderLine(plan.folder), ...reuseLines(plan)].join('\n'),
    ...(plan.coupled === null ? [notEstimated(plan)] : forecastSections(plan, plan.coupled, paint)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function notEstimated({ stepsAre }: RunPlan): string {
  const less = stepsAre === 'epochs' ? '--set epochs=1' : '--replicates 1';
  return (
    '  not estimated: the time and the precision of trainings; how long the shortest takes is seen\n' +
    `  by a run with ${less} --out <another folder>`
  );
}

function sizeLines({ cells, chunks, replicates, replicatesAre, steps, stepsAre }: RunPlan): string {
  const sizes = [
    countOf(cells, 'cell'),
    countOf(chunks, 'chunk'),
    countOf(replicates, replicatesAre.slice(0, -1)),
    countOf(steps, stepsAre.slice(0, -1)),
  ];
  return line('size', sizes.join(', '));
}

function countOf(value: number, what: string): string {
  return `${value < 1e15 ? formatCount(value) : formatSignificant(value, 3)} ${what}${value === 1 ? '' : 's'}`;
}

function folderLine({ status, path, chunks, obstacle }: PlannedFolder): string {
  const at = visiblePath(path ?? '');
  if (obstacle !== null) return line('results', `${at} cannot be used: ${obstacle}; --fresh computes beside it`);
  if (status === 'new') return line('results', 'none yet: a new run');
  if (status === 'finished') return line('results', `finished in ${at}: it would be shown, nothing computed`);
  return line('results', `unfinished in ${at}: ${countOf(chunks, 'chunk')} of it would be reused`);
}

function reuseLines({ reuse, chunks }: RunPlan): string[] {
  if (reuse.length === 0) return [];
  const all = reuse.reduce((sum, run) => sum + run.chunks, 0);
  const named = reuse.slice(0, mostRunsNamed).map((run) => `${formatCount(run.chunks)} from ${visiblePath(run.path)}`);
  const others = reuse.length - named.length;
  const rest = others > 0 ? [`the others from ${countOf(others, 'more folder')}`] : [];
  const whole = `${formatCount(all)} of ${countOf(chunks, 'chunk')} from earlier runs: ${[...named, ...rest].join(', ')}`;
  return [line('reused', whole)];
}

const mostRunsNamed = 3;

function forecastSections(plan: RunPlan, { members, time, until, rows }: CoupledForecast, paint: Paint): string[] {
  const header = ['coupling', 'cells', 'pairs', 'CPU'].map(paint.bold);
  const memberRows = members.map(({ coupling, kernel, cells, pairs, cpuSeconds }) => [
    `${coupling}${kernel === 'simd' ? ' (kernel)' : ''}`,
    formatCount(cells),
    formatCount(pairs),
    secondsText(cpuSeconds),
  ]);
  return [
    textTable([header, ...memberRows]),
    [...timeLines(plan, time), ...(until === null ? [] : [untilLine(plan, until)])].join('\n'),
    `${textTable(cellRows(rows, paint))}\n\n${rowsNote(plan, rows)}`,
  ];
}

function timeLines({ folder, reuse }: RunPlan, time: TimeForecast): string[] {
  const { cells, chunks, seconds, isShortened } = time.pilot;
  const on = time.workers === 0 ? 'on the main thread' : `with ${countOf(time.workers, 'worker')}`;
  const whole = `${secondsText(time.cpuSeconds)} of processor time, ${secondsText(time.wallSeconds)} ${on}`;
  const short = isShortened ? '; trainings too long to try were shortened' : '';
  const pilot =
    `within a factor ${formatSignificant(time.factor, 2)}, by ${countOf(chunks, 'chunk')} of ` +
    `${countOf(cells, 'cell')} tried here in ${formatSignificant(seconds, 2)} s${short}`;
  const rest = `${secondsText(time.remainingCpuSeconds)} of processor time, ${secondsText(time.remainingWallSeconds)} ${on}`;
  return [
    line('time', whole),
    line('', pilot),
    ...(folder.status === 'new' && reuse.length === 0 ? [] : [line('still to do', rest)]),
  ];
}

function untilLine({ replicates }: RunPlan, { expectedPairs, cellsNotReached, cellsLookedAt }: UntilForecast): string {
  const missed =
    cellsNotReached === 0
      ? ''
      : `; NOT reached in ${formatCount(cellsNotReached)} of the ${countOf(cellsLookedAt, 'cell')} looked at`;
  return line('until', `about ${formatCount(expectedPairs)} of at most ${formatCount(replicates)} pairs${missed}`);
}

function cellRows(rows: readonly CellForecast[], paint: Paint): string[][] {
  const swept = Object.keys(rows[0].swept);
  const header = ['cell', ...swept, 'pairs', 'CPU', '± E‖q′‖', '± E‖q″‖', '± difference', 'by'];
  const errorText = (error: number | null) => (error === null ? '?' : formatSignificant(error, 2));
  return [
    header.map(paint.bold),
    ...rows.map((row) => [
      String(row.cell),
      ...swept.map((path) => valueText(row.swept[path])),
      `${formatCount(row.expectedPairs)}${row.isReached === false ? ' (not enough)' : ''}`,
      secondsText(row.cpuSeconds),
      errorText(row.standardErrors.lower),
      errorText(row.standardErrors.upper),
      errorText(row.standardErrors.difference),
      row.source,
    ]),
  ];
}

function rowsNote({ cells }: RunPlan, rows: readonly CellForecast[]): string {
  const all =
    rows.length === cells
      ? ''
      : `  ${rows.length} of ${formatCount(cells)} cells, the cheapest and the dearest among them\n`;
  return `${all}  ±: expected standard errors at the end of the run`;
}

function valueText(value: AxisValue): string {
  return typeof value === 'number' ? formatParameter(value) : String(value);
}

function secondsText(seconds: number): string {
  return seconds < 10 ? `${formatSignificant(seconds, 2)} s` : formatDuration(seconds);
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(12)}${text}`;
}
