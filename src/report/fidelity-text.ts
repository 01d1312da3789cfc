import wrapAnsi from 'wrap-ansi';
import type { ComparisonTable } from '../fidelity/comparison.ts';
import type { CoupledRuns } from '../fidelity/coupled/coupled-run.ts';
import type { CoupledTraining } from '../fidelity/coupled/coupled-training.ts';
import type { CoupledTrainings } from '../fidelity/coupled/run-coupled-trainings.ts';
import type { RecordedTraining } from '../fidelity/recorded-training.ts';
import { differenceEstimate, varianceReductionEstimate } from '../statistics/pair-estimates.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';
import { formatCount, formatParameter, formatShare, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';
import { settingLines, stoppedText } from './training-text.ts';

type Swept = Readonly<Record<string, number | string | boolean>>;

/** One cell of a finished study of recorded trainings. */
export interface ReportedRecording {
  /** The cell's place in the plan. */
  readonly index: number;
  readonly training: TrainingSpecification;
  readonly swept: Swept;
  readonly trainings: readonly RecordedTraining[];
}

/** One cell of a finished study of coupled trainings. */
export interface ReportedCoupledTrainings {
  readonly index: number;
  readonly coupled: CoupledTraining;
  readonly swept: Swept;
  readonly result: CoupledTrainings;
}

const width = 80;

interface Titled {
  readonly name: string;
  readonly description: string;
}

/** A finished study of predictors: how each fared, and what the gains were like, training by training. */
export function recordedText(titled: Titled, cells: readonly ReportedRecording[], paint: Paint): string {
  if (cells.length === 0) return `${head(titled, paint)}\n`;
  const parts = cells.flatMap(({ swept, trainings }) =>
    trainings.flatMap((training, number) => {
      const label = [...sweptWords(swept), ...(trainings.length === 1 ? [] : [`training ${number}`])].join(', ');
      const title = label === '' ? [] : [paint.bold(label)];
      return [[...title, ...trainingParts(training, paint)].join('\n')];
    }),
  );
  const legend = paint.dim(`  R² over the items, of the final norm and of the growth s_T − s₀; error: median
  relative error of the growth; Pearson: of popularity and final norm, with the
  middle 95 % of bootstrap resamples of the items. (a) has seen the first epoch,
  (b) to (e) the whole training, (f) nothing of it`);
  return `${[head(titled, paint), settingLines(cells[0].training), ...parts, legend].join('\n\n')}\n`;
}

function trainingParts({ comparison, gains, law, stopped }: RecordedTraining, paint: Paint): string[] {
  const ended = stopped === null ? [] : [`  ${stoppedText(stopped, paint)}`];
  const compared = comparison === null ? [] : [comparisonTable(comparison, paint)];
  return [...ended, ...compared, ...(gains === null ? [] : ['', gainLines(gains, law)])];
}

function comparisonTable({ predictors, pearson }: ComparisonTable, paint: Paint): string {
  const header = ['predictor', 'R² norm', 'R² growth', 'Spearman', 'error', 'Pearson'];
  const rows = predictors.map((of) => [
    `(${of.letter}) ${of.title}`,
    shown(of.normR2?.value, 4),
    shown(of.growthR2?.value, 4),
    shown(of.spearman?.value, 4),
    shown(of.growthError?.value, 2),
    interval(of.pearson),
  ]);
  const measured = ['measured', '', '', '', '', interval(pearson)];
  return textTable([header.map(paint.bold), ...rows, measured]);
}

function gainLines(gains: NonNullable<RecordedTraining['gains']>, law: readonly number[]): string {
  const { byMultiplicity, byEpoch } = gains;
  const first = byMultiplicity.slice(0, 6).map(({ multiplicity, meanGain }, index) => {
    return `K = ${multiplicity}: ${shown(meanGain, 3)} (${shown(law[index], 3)})`;
  });
  const rows = [
    [
      'gains c',
      `${formatCount(gains.appearances)} appearances, mean ${shown(gains.mean, 3)}, coefficient of variation ${shown(gains.coefficientOfVariation, 2)}, lag-1 autocorrelation of log c within items ${shown(gains.lagOneAutocorrelation, 2)}, tail index ${shown(gains.tailIndex, 2)}`,
    ],
    [
      'by copies',
      `c ∝ K^${shown(gains.multiplicityExponent, 3)}, an item's mean c ∝ popularity^${shown(gains.popularityExponent, 2)}; mean (and the softmax law): ${first.join(', ')}${byMultiplicity.length > 6 ? ', …' : ''}`,
    ],
    [
      'trend',
      `mean ${shown(byEpoch[0].meanGain, 3)} in the first epoch, ${shown(byEpoch.at(-1)!.meanGain, 3)} in the last`,
    ],
    [
      'zone',
      `s < √c at ${formatShare(gains.shareBelowRoot)} of the appearances; the norm fell at ${formatShare(gains.shareFalling)}`,
    ],
  ];
  return rows
    .map(
      ([label, text]) => `  ${label.padEnd(12)}${wrapAnsi(text, width - 14).replaceAll('\n', `\n${' '.repeat(14)}`)}`,
    )
    .join('\n');
}

/** A finished study of coupled trainings: the order and the paired difference, real and of the process, cell by cell. */
export function coupledTrainingsText(titled: Titled, cells: readonly ReportedCoupledTrainings[], paint: Paint): string {
  if (cells.length === 0) return `${head(titled, paint)}\n`;
  const [{ coupled, result }] = cells;
  const { training, steps } = coupled;
  const setting = `  ${formatCount(result.pairs)} ${result.pairs === 1 ? 'pair' : 'pairs'}, ${formatCount(steps)} steps of ${training.batches.size} slots, d = ${training.dimension}, ${training.loss.name}, η = ${formatParameter(training.optimisers.item.learningRate)}; data: ${training.data.from}`;
  const header = ['', 'violated', 'at end', 'E‖q′‖', 'E‖q″‖', 'difference', 'var. red.', 'diverges'];
  const rows = cells.flatMap(({ coupled: { popularity }, swept, result }) => {
    const others = Object.entries(swept).filter(([path]) => !path.startsWith('popularity.'));
    const label = [`p ${popularity.lower} → ${popularity.upper}`, ...sweptWords(Object.fromEntries(others))].join(', ');
    const { real, processes } = result;
    const process = (name: string, { divergence, ...runs }: CoupledTrainings['processes']['law']) => {
      const end = divergence.at(-1)!;
      return [`  ${name}`, ...runCells(runs), `${formatSignificant((100 * end.sum) / end.runs, 2)} %`];
    };
    return [
      [paint.bold(label), ...runCells(real), ''],
      process('law (f)', processes.law),
      process('shared gains', processes.shared),
      process('own gains (e)', processes.own),
    ];
  });
  const legend = paint.dim(`  violated: pairs with s″ < s′ after some step; difference: E(‖q″‖ − ‖q′‖) ± standard
  error; var. red.: how many times more independent trainings would be as precise.
  Below each, the process under the same uniforms: with the law of the softmax, with
  the upper run's recorded gains in both runs, with each run's own recorded gains;
  diverges: mean of its ‖q‖ over the real one, less 1, at the end`);
  const parts = cells.length === 1 ? [overTime(cells[0], paint)] : [];
  return `${[head(titled, paint), setting, textTable([header.map(paint.bold), ...rows]), legend, ...parts].join('\n\n')}\n`;
}

/** Steps shown of a single cell. */
const shownSteps = 10;

/** How order and difference came about: of about ten recorded steps, real and by the law. */
function overTime({ coupled: { recordedSteps }, result }: ReportedCoupledTrainings, paint: Paint): string {
  const { real, processes, pairs } = result;
  const stride = Math.ceil(recordedSteps.length / shownSteps);
  const header = ['after step', 'violated', 'by the law', 'E‖q′‖', 'E‖q″‖', 'difference', 'by the law'];
  const rows = recordedSteps.flatMap((step, index) => {
    if ((recordedSteps.length - 1 - index) % stride !== 0) return [];
    const [norms, byLaw] = [real.norms[index], processes.law.norms[index]];
    return [
      [
        formatCount(step),
        formatShare(real.violated[index] / pairs),
        formatShare(processes.law.violated[index] / pairs),
        formatSignificant(norms.mean[0], 4),
        formatSignificant(norms.mean[1], 4),
        formatSignificant(differenceEstimate(norms).estimate, 3),
        formatSignificant(differenceEstimate(byLaw).estimate, 3),
      ],
    ];
  });
  return textTable([header.map(paint.bold), ...rows]);
}

function runCells({ order, norms }: CoupledRuns): string[] {
  const end = norms.at(-1)!;
  const { estimate, standardError } = differenceEstimate(end);
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 1)}`;
  return [
    formatShare(order.pairsViolatedAtSomeStep / order.pairs),
    formatShare(order.pairsViolatedAtEnd / order.pairs),
    formatSignificant(end.mean[0], 4),
    formatSignificant(end.mean[1], 4),
    `${formatSignificant(estimate, 3)}${error}`,
    shown(varianceReductionEstimate(end)?.estimate, 3),
  ];
}

function head({ name, description }: Titled, paint: Paint): string {
  return [paint.bold(name), ...(description === '' ? [] : [wrapAnsi(description.trim(), width)])].join('\n');
}

function sweptWords(swept: Swept): string[] {
  return Object.entries(swept).map(([path, value]) => {
    return `${path} = ${typeof value === 'number' ? formatParameter(value) : value}`;
  });
}

function interval(of: ComparisonTable['pearson']): string {
  return of === null ? '–' : `${shown(of.value, 3)} [${shown(of.low, 2)}, ${shown(of.high, 2)}]`;
}

function shown(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : formatSignificant(value, digits);
}
