import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { drawsForHalfWidth, drawsForRate } from '../statistics/expected-draws.ts';
import { differenceEstimate, meanEstimate } from '../statistics/pair-estimates.ts';
import { exactNormMoments } from './cell-result.ts';
import type { Cell } from './plan.ts';
import { drawsOf, errorOfTarget, type MeanQuantity, type PrecisionRule, targetsOf } from './precision-targets.ts';

/** How precise a cell will be, told before it is simulated. */
export interface ExpectedPrecision {
  /** Pairs that it will probably take: all that are asked for, or fewer where its stopping rule is reached before. */
  readonly replicates: number;
  /**
   * Whether these are probably enough for its stopping rule: false where all that are asked for are too few. Null where there is
   * no rule, and where nothing is known of what the rule looks at: neither the law nor a pilot tells it.
   */
  readonly isReached: boolean | null;
  /** Of the mean norms and of their difference; null where nothing is known of them. */
  readonly standardErrors: Readonly<Record<'lower' | 'upper' | 'difference', number | null>>;
  /** Where they are from: the exact law alone, some pairs that were tried, or both. */
  readonly source: 'exact law' | 'exact law and pilot' | 'pilot' | 'nothing';
}

/**
 * The standard errors and the number of pairs that a cell is expected to have at its end. Costs up to two seconds where the exact
 * law is worked out, which the cell keeps.
 *
 * @param pilot the summary of some of its pairs; null where none were tried
 */
export function expectedPrecision(cell: Cell, pilot: ChunkSummary | null): ExpectedPrecision {
  const exact = exactNormMoments(cell);
  const tried = pilot !== null && pilot.norm.count > 1 ? pilot : null;
  const deviations = {
    lower: exact === null ? triedDeviation(tried, 'lower') : Math.sqrt(exact.lower.variance),
    upper: exact === null ? triedDeviation(tried, 'upper') : Math.sqrt(exact.upper.variance),
    difference: exact?.difference ? Math.sqrt(exact.difference.variance) : triedDeviation(tried, 'difference'),
  };
  const { replicates, isReached } = expectedReplicates(cell, exact, tried);
  const standardError = (deviation: number | null) => (deviation === null ? null : deviation / Math.sqrt(replicates));
  return {
    replicates,
    isReached,
    standardErrors: {
      lower: standardError(deviations.lower),
      upper: standardError(deviations.upper),
      difference: standardError(deviations.difference),
    },
    source:
      exact === null ? (tried === null ? 'nothing' : 'pilot') : exact.difference ? 'exact law' : 'exact law and pilot',
  };
}

/** The standard deviation of one pair's number, from the pairs that were tried. */
function triedDeviation(tried: ChunkSummary | null, of: 'lower' | 'upper' | 'difference'): number | null {
  if (tried === null) return null;
  const { norm } = tried;
  const { standardError } = of === 'difference' ? differenceEstimate(norm) : meanEstimate(norm, of === 'lower' ? 0 : 1);
  return standardError === null ? null : standardError * Math.sqrt(norm.count);
}

function expectedReplicates(
  { until, replicates, chunkSize }: Cell,
  exact: ExactMoments,
  tried: ChunkSummary | null,
): Pick<ExpectedPrecision, 'replicates' | 'isReached'> {
  if (until === undefined) return { replicates, isReached: null };
  const looks = { looksEvery: chunkSize, most: replicates };
  const draws =
    'violationRate' in until
      ? tried && wholeChunks(drawsForRate(shareViolated(tried), hypothesesOf(until)), looks)
      : drawsForTargets(until, exact, tried, looks);
  return {
    replicates: Math.min(replicates, draws ?? replicates),
    isReached: draws === null ? null : draws !== outOfReach,
  };
}

type ExactMoments = ReturnType<typeof exactNormMoments>;

/** More pairs than are asked for. */
const outOfReach = Number.POSITIVE_INFINITY;

/** The pairs that the most demanding target needs; null where nothing is known of some target, and none is out of reach. */
function drawsForTargets(
  rule: PrecisionRule,
  exact: ExactMoments,
  tried: ChunkSummary | null,
  looks: { readonly looksEvery: number; readonly most: number },
): number | null {
  const targets = targetsOf(rule);
  const level = 1 - errorOfTarget(rule, targets.length);
  const needed = targets.map(({ quantity, target }) => {
    const draw = drawOf(quantity, exact, tried);
    if (draw === null) return null;
    const halfWidth = 'halfWidth' in target ? target.halfWidth : reachOf(target.relativeHalfWidth, draw.mean);
    return drawsForHalfWidth({ halfWidth, level }, draw, looks) ?? outOfReach;
  });
  if (needed.includes(outOfReach)) return outOfReach;
  return needed.includes(null) ? null : Math.max(...needed.map((draws) => draws!));
}

/** The half width w at which w ≤ share · (|mean| − w). */
function reachOf(share: number, mean: number): number {
  return (share * Math.abs(mean)) / (1 + share);
}

function drawOf(quantity: MeanQuantity, exact: ExactMoments, tried: ChunkSummary | null) {
  const [measure, run] = quantity.split('.') as [string, 'lower' | 'upper' | 'difference'];
  const seen = tried === null ? null : drawsOf(quantity, tried);
  const known = measure === 'norm' ? exact?.[run] : undefined;
  const kurtosis = seen === null ? normalKurtosis : seen.kurtosis;
  if (known) return { mean: known.mean, standardDeviation: Math.sqrt(known.variance), kurtosis };
  if (seen?.standardError == null) return null;
  return { mean: seen.estimate, standardDeviation: seen.standardError * Math.sqrt(seen.count), kurtosis };
}

const normalKurtosis = 3;

function shareViolated({ order }: ChunkSummary): number {
  return order.pairsViolatedAtSomeStep / order.pairs;
}

function hypothesesOf({ violationRate, level }: Extract<NonNullable<Cell['until']>, { violationRate: unknown }>) {
  return { lowerRate: violationRate.atMost, higherRate: violationRate.atLeast, errorProbability: 1 - level };
}

function wholeChunks(draws: number, { looksEvery, most }: { looksEvery: number; most: number }): number {
  const whole = Math.ceil(draws / looksEvery) * looksEvery;
  return draws > most ? outOfReach : Math.min(most, whole);
}
