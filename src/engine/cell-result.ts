import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { CouplingName } from '../coupling/coupling.ts';
import type { OrderCounts } from '../coupling/order-counts.ts';
import { type ExactPairLaw, exactMeanNorms, exactPairLaw, type PairMoments } from '../process/exact-law.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { GeneratorName } from '../random/generators/index.ts';
import { type FloatHistogram, histogramQuantiles } from '../statistics/float-histogram.ts';
import type { JointMoments } from '../statistics/joint-moments.ts';
import {
  differenceEstimate,
  type Estimate,
  meanEstimate,
  varianceReductionEstimate,
  zScore,
} from '../statistics/pair-estimates.ts';
import type { TrajectoryMoments } from '../statistics/trajectory-moments.ts';
import type { KernelName } from './choose-member.ts';
import type { Cell } from './plan.ts';
import { type StoppingState, stoppingState } from './stopping-rule.ts';

/** An estimated mean beside the exact one; exact and zScore are null where no exact law is known. */
export interface MeanResult {
  readonly mean: number;
  readonly standardError: number | null;
  readonly exact: number | null;
  /** (mean − exact) over the exact standard error. */
  readonly zScore: number | null;
}

/** A mean of one run, and the quantiles of its law. */
export interface RunResult extends MeanResult {
  /** Probability, as text, → quantile. */
  readonly quantiles: Readonly<Record<string, number>>;
}

/** A quantity at the end of the training, of both runs and of how they differ. */
interface QuantityResult {
  readonly lower: RunResult;
  readonly upper: RunResult;
  /** Upper − lower, from the pairs. */
  readonly difference: MeanResult;
}

/** Arrays of one value a recorded step. */
interface TrajectoryRunResult {
  readonly mean: readonly number[];
  readonly standardError: readonly (number | null)[];
  readonly exact: readonly number[] | null;
  readonly quantiles: Readonly<Record<string, readonly number[]>>;
}

/** (Var lower + Var upper) / Var(upper − lower); null where the difference does not vary, or no exact law is known. */
interface ReductionResult {
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly exact: number | null;
}

/** The numbers of one cell, as `summary.json` and `--format json` hold them. */
export interface CellResult {
  /** The pair that was simulated, and what its draws came from. */
  readonly parameters: PairParameters & { readonly seed: number; readonly generator: GeneratorName };
  readonly coupling: CouplingName;
  readonly kernel: KernelName;
  /** Those simulated: fewer than asked for where a stopping rule had enough. */
  readonly replicates: number;
  /** What the stopping rule said at the end, and of how many replicates it could have asked; null where there was none. */
  readonly stopping: (StoppingState & { readonly replicatesAtMost: number }) | null;
  /** ‖q‖ at the end. */
  readonly norm: QuantityResult;
  /** s at the end. */
  readonly squaredNorm: QuantityResult;
  readonly order: OrderCounts;
  /** Of the pairing, for s; `norm` holds the same for ‖q‖. */
  readonly varianceReduction: ReductionResult & { readonly norm: ReductionResult };
  /** ‖q‖ along the training. */
  readonly trajectory: {
    /** The recorded steps. */
    readonly step: readonly number[];
    /** In how many pairs s″ is below s′ at each of them. */
    readonly pairsViolated: readonly number[];
    readonly lower: TrajectoryRunResult;
    readonly upper: TrajectoryRunResult;
  };
}

const finalProbabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const bandProbabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * Puts the estimates of a cell, as far as it has come, beside the exact law, where one is known. The law is worked out at
 * the cell's first result and kept with the cell: the later ones are cheap.
 */
export function cellResult(cell: Cell, summary: ChunkSummary): CellResult {
  const { pair, seed, generator, coupling, kernel, until } = cell;
  const { atEnd: exact, meanNorms } = exactLawOf(cell);
  const isPaired = coupling !== 'independent';
  const exactNorm = exact === null ? null : isPaired ? exact.norm : unpaired(exact.norm);
  const exactSquaredNorm = exact === null ? null : isPaired ? exact.squaredNorm : unpaired(exact.squaredNorm);
  return {
    parameters: { ...pair, seed, generator },
    coupling,
    kernel,
    replicates: summary.norm.count,
    stopping: until === undefined ? null : { ...stoppingState(until, summary), replicatesAtMost: cell.replicates },
    norm: quantityResult(summary.norm, exactNorm, summary, Math.sqrt),
    squaredNorm: quantityResult(summary.squaredNorm, exactSquaredNorm, summary, (squaredNorm) => squaredNorm),
    order: summary.order,
    varianceReduction: {
      ...reductionResult(summary.squaredNorm, exactSquaredNorm),
      norm: reductionResult(summary.norm, exactNorm),
    },
    trajectory: trajectoryResult(cell, summary, meanNorms),
  };
}

/** What is known exactly of a cell: nothing of it depends on the replicates. */
interface ExactCellLaw {
  readonly atEnd: ExactPairLaw | null;
  /** At the recorded steps. */
  readonly meanNorms: ReturnType<typeof exactMeanNorms>;
}

/** By the cell itself, which is never changed: the same parameters read again are another cell, and worked out again. */
const exactLaws = new WeakMap<Cell, ExactCellLaw>();

function exactLawOf(cell: Cell): ExactCellLaw {
  const known = exactLaws.get(cell);
  if (known !== undefined) return known;
  const law = { atEnd: exactPairLaw(cell.pair), meanNorms: exactMeanNorms(cell.pair, cell.recordedSteps) };
  exactLaws.set(cell, law);
  return law;
}

/**
 * The exact moments of the norms at the end, as this cell's coupling pairs them; null where no exact law is known. Worked out
 * as for `cellResult`, and kept for it.
 */
export function exactNormMoments(cell: Cell): PairMoments | null {
  const { atEnd } = exactLawOf(cell);
  if (atEnd === null) return null;
  return cell.coupling === 'independent' ? unpaired(atEnd.norm) : atEnd.norm;
}

function reductionResult(moments: JointMoments, exact: PairMoments | null): ReductionResult {
  const reduction = varianceReductionEstimate(moments);
  return {
    estimate: reduction?.estimate ?? null,
    standardError: reduction?.standardError ?? null,
    exact: exact?.varianceReduction ?? null,
  };
}

/** The moments of two runs that share no draw. */
function unpaired(moments: PairMoments): PairMoments {
  const { lower, upper } = moments;
  const variance = lower.variance + upper.variance;
  return {
    lower,
    upper,
    difference: { mean: upper.mean - lower.mean, variance },
    varianceReduction: variance > 0 ? 1 : null,
  };
}

function quantityResult(
  moments: JointMoments,
  exact: PairMoments | null,
  { histograms }: ChunkSummary,
  ofSquaredNorm: (squaredNorm: number) => number,
): QuantityResult {
  const run = (axis: 0 | 1, name: 'lower' | 'upper'): RunResult => ({
    ...meanResult(meanEstimate(moments, axis), exact?.[name] ?? null, moments.count),
    quantiles: namedQuantiles(histograms?.[name] ?? null, ofSquaredNorm),
  });
  return {
    lower: run(0, 'lower'),
    upper: run(1, 'upper'),
    difference: meanResult(differenceEstimate(moments), exact?.difference ?? null, moments.count),
  };
}

function meanResult(
  { estimate, standardError }: Estimate,
  exact: { mean: number; variance: number } | null,
  count: number,
): MeanResult {
  return {
    mean: estimate,
    standardError,
    exact: exact?.mean ?? null,
    zScore: exact === null ? null : zScore(estimate, exact, count),
  };
}

function namedQuantiles(histogram: FloatHistogram | null, ofSquaredNorm: (squaredNorm: number) => number) {
  if (histogram === null) return {};
  const values = histogramQuantiles(histogram, finalProbabilities);
  return Object.fromEntries(finalProbabilities.map((name, index) => [String(name), ofSquaredNorm(values[index])]));
}

function trajectoryResult(
  { recordedSteps }: Cell,
  { trajectory }: ChunkSummary,
  exact: ExactCellLaw['meanNorms'],
): CellResult['trajectory'] {
  return {
    step: recordedSteps,
    pairsViolated: trajectory?.pairsViolated ?? [],
    lower: trajectoryRunResult(trajectory?.lower ?? null, exact?.lower ?? null),
    upper: trajectoryRunResult(trajectory?.upper ?? null, exact?.upper ?? null),
  };
}

function trajectoryRunResult(moments: TrajectoryMoments | null, exact: readonly number[] | null): TrajectoryRunResult {
  if (moments === null) return { mean: [], standardError: [], exact, quantiles: {} };
  const { count } = moments;
  const quantiles = moments.histograms.map((histogram) => histogramQuantiles(histogram, bandProbabilities));
  return {
    mean: moments.mean,
    standardError: moments.squares.map((squares) => (count < 2 ? null : Math.sqrt(squares / (count - 1) / count))),
    exact,
    quantiles: Object.fromEntries(
      bandProbabilities.map((probability, index) => [String(probability), quantiles.map((at) => Math.sqrt(at[index]))]),
    ),
  };
}
