import type { ChunkSummary } from '../../../../src/coupling/chunk-summary.ts';
import { cellResult, type MeanResult } from '../../../../src/engine/cell-result.ts';
import { expectedPrecision } from '../../../../src/engine/expected-precision.ts';
import { type Cell, chunkAt } from '../../../../src/engine/plan.ts';
import { runChunk } from '../../../../src/engine/run-chunk.ts';
import { canonicalJson } from '../../../../src/random/canonical-json.ts';
import { equalPValue } from '../../../../src/statistics/hypothesis-tests/binomial-test.ts';
import { isBelow, type JudgedPath, pathJudge, WrongPath } from './judge-path.ts';
import { isClose } from './known-gains.ts';
import { longPresence } from './long-presence.ts';
import { type Atom, momentsOf, smallLaw } from './small-law.ts';

/** A statistical check of a right program fails with at most this probability: the thousand of the short form take two shares of the suite's budget. */
export const falseAlarm = 1e-12;

/** What was held against what. */
export interface Judged {
  readonly steps: number;
  readonly checks: number;
  readonly exactNumbers: number;
}

/**
 * Runs a cell's first chunk, walks every pair of it again, and holds paths, summary and exact law against each other and
 * against formulas that share no code with them.
 *
 * @throws {WrongPath} at the first number that is not as it must be
 */
export function judgeCell(cell: Cell): Judged {
  const { lower, upper } = cell.pair.popularity;
  if (lower > upper) throw new WrongPath(`popularities ${lower} and ${upper} were taken`);
  const chunk = chunkAt(cell, 0);
  const summary = runChunk(cell, chunk);
  const judgePath = pathJudge(cell);
  const paths = Array.from({ length: chunk.replicates }, (_, index) => judgePath(chunk.first + index));
  judgeSummary(cell, summary, paths);
  const checks = judgeAppearances(cell, paths);
  const result = cellResult(cell, summary);
  // Refuses what is not finite.
  canonicalJson(result);
  canonicalJson(expectedPrecision(cell, summary));
  const atoms = smallLaw(cell.pair);
  const judged = atoms === null ? 0 : judgeExact(cell, result, atoms);
  return { steps: paths.length * cell.pair.steps, checks: checks + judged, exactNumbers: judged };
}

/** The fold of the chunk must be that of its paths. */
function judgeSummary(cell: Cell, summary: ChunkSummary, paths: readonly JudgedPath[]): void {
  const sum = (of: (path: JudgedPath) => number) => paths.reduce((total, path) => total + of(path), 0);
  const same = (what: string, got: number | undefined, expected: number) => {
    if (got === undefined || !isClose(got, expected))
      throw new WrongPath(`${what} is ${got}, of the paths ${expected}`);
  };
  const { order, norm, squaredNorm, histograms, trajectory } = summary;
  same('the count', norm.count, paths.length);
  for (const [axis, run] of (['lower', 'upper'] as const).entries()) {
    same(
      `the mean squared norm, ${run}`,
      squaredNorm.mean[axis],
      sum((path) => path[run] / paths.length),
    );
    same(
      `the mean norm, ${run}`,
      norm.mean[axis],
      sum((path) => Math.sqrt(path[run]) / paths.length),
    );
    same(`the least, ${run}`, histograms?.[run].minimum, Math.min(...paths.map((path) => path[run])));
    same(`the greatest, ${run}`, histograms?.[run].maximum, Math.max(...paths.map((path) => path[run])));
  }
  same('pairs', order.pairs, paths.length);
  same(
    'pairsViolatedAtSomeStep',
    order.pairsViolatedAtSomeStep,
    sum(({ newViolations }) => Math.min(1, newViolations)),
  );
  same(
    'pairsViolatedAtEnd',
    order.pairsViolatedAtEnd,
    sum(({ lower, upper }) => Number(isBelow(lower, upper))),
  );
  same(
    'violatedPairSteps',
    order.violatedPairSteps,
    sum(({ violatedSteps }) => violatedSteps),
  );
  same(
    'newViolations',
    order.newViolations,
    sum(({ newViolations }) => newViolations),
  );
  const isTied = ({ lower, upper }: JudgedPath) => !isBelow(lower, upper) && upper - lower <= lower * 2 ** -46;
  same(
    'ties',
    order.ties,
    sum((path) => Number(isTied(path))),
  );
  if (order.newViolationsPredicted !== null && cell.coupling !== 'counts')
    same('newViolationsPredicted', order.newViolationsPredicted, order.newViolations);
  for (const point of cell.recordedSteps.keys()) {
    const norms = (path: JudgedPath) => Math.sqrt(path.recordedUpper[point]) / paths.length;
    same(`the mean norm at point ${point}`, trajectory?.upper.mean[point], sum(norms));
    const isViolated = (path: JudgedPath) => Number(isBelow(path.recordedLower[point], path.recordedUpper[point]));
    same(`pairsViolated at point ${point}`, trajectory?.pairsViolated[point], sum(isViolated));
  }
}

/** All steps of all pairs hold the item independently: N″ ~ Bin(nT, a″), to the last digit of a″. */
function judgeAppearances({ pair }: Cell, paths: readonly JudgedPath[]): number {
  if (paths.some(({ appearances }) => appearances === null)) return 0;
  const seen = paths.reduce((sum, { appearances }) => sum + appearances!, 0);
  const { present } = longPresence(pair.popularity.upper, pair.batchSize);
  const trials = paths.length * pair.steps;
  const pValue = equalPValue(seen, trials, present);
  if (!(pValue >= falseAlarm)) throw new WrongPath(`${seen} of ${trials} steps hold the item, a″ = ${present}`);
  return 1;
}

/** The exact law against the enumerated one, and the estimates against both. Returns how many numbers were judged. */
function judgeExact(cell: Cell, result: ReturnType<typeof cellResult>, atoms: readonly Atom[]): number {
  const isPaired = cell.coupling !== 'independent';
  let judged = 0;
  const measures = [
    { name: 'norm', of: Math.sqrt },
    { name: 'squaredNorm', of: (s: number) => s },
  ] as const;
  for (const { name, of } of measures) {
    const quantities = {
      lower: ({ lower }: Atom) => of(lower),
      upper: ({ upper }: Atom) => of(upper),
      difference: ({ lower, upper }: Atom) => of(upper) - of(lower),
    };
    for (const [which, quantity] of Object.entries(quantities)) {
      const { [which as 'lower']: estimated } = result[name];
      const law = momentsOf(atoms, quantity);
      const size = Math.max(momentsOf(atoms, quantities.lower).mean, momentsOf(atoms, quantities.upper).mean);
      judgeMean(
        `${name}.${which}`,
        estimated,
        law,
        size,
        which !== 'difference' || isPaired ? result.replicates : null,
      );
      judged += 1;
    }
  }
  return judged;
}

/**
 * By Bernstein's inequality, which holds for draws of any law within a range, however rare what makes its variance.
 *
 * @param size of the numbers that are subtracted, where the mean is one of differences
 * @param count the draws; null where their variance is not the law's
 */
function judgeMean(
  name: string,
  { mean, exact, zScore }: MeanResult,
  law: { readonly mean: number; readonly variance: number; readonly range: number },
  size: number,
  count: number | null,
): void {
  const rounding = 1e-12 * size;
  if (exact === null || Math.abs(exact - law.mean) > rounding)
    throw new WrongPath(`${name} is said to be exactly ${exact}, and is ${law.mean}`);
  if (count === null) return;
  const log = Math.log(2 / falseAlarm);
  const ranged = (law.range * log) / 3;
  const reach = (ranged + Math.sqrt(ranged ** 2 + 2 * count * law.variance * log)) / count;
  if (!(Math.abs(mean - law.mean) <= reach + rounding))
    throw new WrongPath(`${name} is estimated as ${mean}, exactly ${law.mean}, at most ${reach} away`);
  // Of a deviation within rounding a z-score must not make much.
  if (zScore === null || !(Math.abs(zScore) <= (reach * 1.001) / Math.sqrt(law.variance / count) || zScore === 0))
    throw new WrongPath(`${name} has a z-score of ${zScore}: ${mean} against ${law.mean}, variance ${law.variance}`);
}
