import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { drawsForHalfWidth, drawsForRate } from '../statistics/expected-draws.ts';
import { differenceEstimate, differenceKurtosis, meanEstimate } from '../statistics/pair-estimates.ts';
import { exactNormMoments } from './cell-result.ts';
import type { Cell } from './plan.ts';

/** How precise a cell will be, told before it is simulated. */
export interface ExpectedPrecision {
  /** Pairs that it will probably take: all that are asked for, or fewer by its stopping rule. */
  readonly replicates: number;
  /** Whether these are probably enough for its stopping rule; null where there is none. */
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
  const { replicates, isReached } = expectedReplicates(cell, deviations.difference, tried);
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
  differenceDeviation: number | null,
  tried: ChunkSummary | null,
): Pick<ExpectedPrecision, 'replicates' | 'isReached'> {
  if (until === undefined) return { replicates, isReached: null };
  const looks = { looksEvery: chunkSize, most: replicates };
  const draws =
    'violationRate' in until
      ? tried && wholeChunks(drawsForRate(shareViolated(tried), hypothesesOf(until)), looks)
      : drawsForHalfWidth(
          until,
          {
            standardDeviation: differenceDeviation ?? 0,
            kurtosis: tried === null ? normalKurtosis : differenceKurtosis(tried.norm),
          },
          looks,
        );
  return { replicates: draws ?? replicates, isReached: draws !== null };
}

const normalKurtosis = 3;

function shareViolated({ order }: ChunkSummary): number {
  return order.pairsViolatedAtSomeStep / order.pairs;
}

function hypothesesOf({ violationRate, level }: Extract<NonNullable<Cell['until']>, { violationRate: unknown }>) {
  return { lowerRate: violationRate.atMost, higherRate: violationRate.atLeast, errorProbability: 1 - level };
}

function wholeChunks(draws: number, { looksEvery, most }: { looksEvery: number; most: number }): number | null {
  const whole = Math.ceil(draws / looksEvery) * looksEvery;
  return draws > most ? null : Math.min(most, whole);
}
