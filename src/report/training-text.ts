import wrapAnsi from 'wrap-ansi';
import { type Correlation, pearson, spearman } from '../statistics/correlation.ts';
import type { MomentumCycle } from '../trainer/optimisers/momentum-cycle.ts';
import type { SideRecord } from '../trainer/side-record.ts';
import type { TowerOptimiser, TrainingSpecification } from '../trainer/specification.ts';
import type { Trainings } from '../trainer/training-cell.ts';
import type { TrainingSummary } from '../trainer/training-summary.ts';
import { formatCount, formatParameter, formatShare, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

/** One cell of a finished train scenario. */
export interface ReportedTraining {
  /** The cell's place in the plan. */
  readonly index: number;
  readonly training: TrainingSpecification;
  readonly swept: Readonly<Record<string, number | string | boolean>>;
  readonly trainings: Trainings;
}

const width = 80;

/** A finished train scenario: each step recorded, and what became of the items' norms. */
export function trainingText(
  name: string,
  description: string,
  cells: readonly ReportedTraining[],
  paint: Paint,
): string {
  const head = [paint.bold(name), ...(description === '' ? [] : [wrapAnsi(description.trim(), width)])].join('\n');
  const [first] = cells;
  // Every cell has failed: what is to be told of those comes after.
  if (first === undefined) return `${head}\n`;
  const isSingle = cells.length === 1 && first.trainings.length === 1;
  const body = isSingle ? [recordTable(first.trainings[0], paint)] : [];
  return `${[head, settingLines(first.training), ...body, itemTable(cells, paint), ...stoppedLines(cells, paint)].join('\n\n')}\n`;
}

/** What a training is, a line each. */
export function settingLines({
  data,
  dimension,
  tower,
  loss,
  optimisers,
  batches,
  epochs,
}: TrainingSpecification): string {
  const shuffled =
    batches.sampler === 'full' ? 'one batch of all pairs' : `batches of ${batches.size}, ${batches.sampler}`;
  const rows = [
    ['data', `${data.from}; ${formatCount(epochs)} epochs, ${shuffled}`],
    ['towers', `users ${tower.kind}, items embedding, d = ${dimension}`],
    ['loss', `${loss.name}${loss.name.startsWith('info') ? `, τ = ${formatParameter(loss.temperature)}` : ''}`],
    ['optimisers', `users ${optimiserText(optimisers.user)}; items ${optimiserText(optimisers.item)}`],
  ];
  return rows
    .map(
      ([label, text]) => `  ${label.padEnd(12)}${wrapAnsi(text, width - 14).replaceAll('\n', `\n${' '.repeat(14)}`)}`,
    )
    .join('\n');
}

function optimiserText(optimiser: TowerOptimiser): string {
  const { method, learningRate, schedule, weightDecay } = optimiser;
  const momentum = optimiser.method === 'sgd' && optimiser.momentum !== 0 ? momentumText(optimiser.momentum) : '';
  const decay = weightDecay.rate > 0 ? `, ${weightDecay.applies} decay ${formatParameter(weightDecay.rate)}` : '';
  const shape = schedule.shape === 'constant' ? '' : `, ${schedule.shape}`;
  return `${method}, η = ${formatParameter(learningRate)}${shape}${momentum}${decay}`;
}

function recordTable({ records }: TrainingSummary, paint: Paint): string {
  const header = ['epoch', 'loss', 'mean cos', 'users ⟂', 'article', '|cos|', 'items ⟂', 'article', '|cos|'];
  const rows = records.map(({ epoch, loss, meanCosine, user, item }) => [
    String(epoch),
    formatSignificant(loss, 4),
    formatSignificant(meanCosine, 3),
    ...sideCells(user),
    ...sideCells(item),
  ]);
  return `${textTable([header.map(paint.bold), ...rows])}\n${paint.dim(legend)}`;
}

const legend = `  ⟂: of the rows that moved, those at a right angle up to rounding; article: of all
  rows, those with |q·Δq| ≤ 1e-6; |cos|: median of |cos(Δq, q)|`;

function sideCells({ tangentShare, articleShare, cosine }: SideRecord): string[] {
  return [
    formatShare(tangentShare),
    formatShare(articleShare),
    cosine === null ? '–' : formatSignificant(cosine.median, 2),
  ];
}

/** What became of the items' norms, one line a training. */
function itemTable(cells: readonly ReportedTraining[], paint: Paint): string {
  const swept = Object.keys(cells[0].swept);
  const header = [...swept, 'steps', 'loss', 'Pearson', 'p', 'Spearman', 'at the start', 'with growth'];
  const rows = cells.flatMap((cell) =>
    cell.trainings.map((training) => [
      ...swept.map((path) => shown(cell.swept[path])),
      formatCount(training.steps),
      training.records.length === 0 ? '–' : formatSignificant(training.records.at(-1)!.loss, 4),
      ...correlationCells(training),
    ]),
  );
  return `  popularity and final norm of the items\n${textTable([['', ...header].map(paint.bold), ...rows.map((row) => ['', ...row])])}`;
}

function correlationCells({ items }: TrainingSummary): string[] {
  const { popularity, initialNorm, finalNorm } = items;
  const growth = finalNorm.map((norm, index) => norm * norm - initialNorm[index] ** 2);
  const final = pearson(popularity, finalNorm);
  return [
    coefficient(final),
    final === null ? '–' : formatSignificant(final.pValue, 2),
    coefficient(spearman(popularity, finalNorm)),
    coefficient(pearson(popularity, initialNorm)),
    coefficient(pearson(popularity, growth)),
  ];
}

function coefficient(correlation: Correlation | null): string {
  return correlation === null ? '–' : formatSignificant(correlation.coefficient, 3);
}

function shown(value: number | string | boolean | undefined): string {
  return typeof value === 'number' ? formatParameter(value) : String(value ?? '');
}

function momentumText(momentum: number | MomentumCycle): string {
  return typeof momentum === 'number'
    ? `, momentum ${momentum}`
    : `, momentum ${momentum.high} to ${momentum.low} against the rate`;
}

function stoppedLines(cells: readonly ReportedTraining[], paint: Paint): string[] {
  const stopped = cells.flatMap((cell, index) =>
    cell.trainings.flatMap(({ stopped }, training) => {
      if (stopped === null) return [];
      const place = cells.length === 1 ? '' : `cell ${index}, training ${training}: `;
      const text = stoppedText(stopped, paint);
      return [`  ${place}${text}`];
    }),
  );
  return stopped.length === 0 ? [] : [stopped.join('\n')];
}

/** Why a training ended before its last epoch. */
export function stoppedText(
  { step, because, isFailure }: NonNullable<TrainingSummary['stopped']>,
  paint: Paint,
): string {
  return isFailure ? `${paint.bad('✗')} stopped at ${because}` : `ended after step ${step}: ${because}`;
}
