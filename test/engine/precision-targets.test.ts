import { describe, expect, it } from 'vitest';
import { type CellResult, cellResult } from '../../src/engine/cell-result.ts';
import { type Executor, inProcess } from '../../src/engine/executor.ts';
import { type CellRequest, type Plan, planCells } from '../../src/engine/plan.ts';
import { workerPool } from '../../src/engine/pool.ts';
import { type PrecisionRule, type TargetState, targetStates } from '../../src/engine/precision-targets.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { standardNormalQuantile } from '../../src/maths/normal-quantile.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import { type JointMoments, jointMoments, mergeJointMoments, noPairs } from '../../src/statistics/joint-moments.ts';
import { differenceEstimate } from '../../src/statistics/pair-estimates.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';

/** Pairs of normal draws whose difference has this mean and the variance 1. */
function pairsOf(uniform: () => number, count: number, difference: number): JointMoments {
  const normals = (mean: number) =>
    Array.from({ length: count }, () => mean + Math.SQRT1_2 * standardNormalQuantile(uniform() || 0.5));
  return jointMoments(normals(1), normals(1 + difference));
}

const chunk = 100;

/** A stopping rule: looks at the pairs so far. */
type Look = (moments: JointMoments) => Pick<TargetState, 'isReached' | 'lower' | 'upper'>;

function asTold(rule: PrecisionRule): Look {
  return (norm) => targetStates(rule, { norm, squaredNorm: norm })[0];
}

/** The wrong twin: the interval of a single z-test at every look. */
function repeatedZTests(share: number, level: number): Look {
  return (moments) => {
    const { estimate, standardError } = differenceEstimate(moments);
    const halfWidth = standardNormalQuantile((1 + level) / 2) * standardError!;
    return {
      isReached: halfWidth <= share * (Math.abs(estimate) - halfWidth),
      lower: estimate - halfWidth,
      upper: estimate + halfWidth,
    };
  };
}

/** Of many cells, how many stop at an estimate that is further off than was promised. */
function missing(
  look: Look,
  { runs, atMost, mean, share: promised }: { runs: number; atMost: number; mean: number; share: number },
) {
  let [missed, stopped] = [0, 0];
  for (let seed = 1; seed <= runs; seed++) {
    const uniform = openGenerator('alea', `relative ${seed}`)(0);
    let moments = noPairs;
    for (let pairs = 0; pairs < atMost; pairs += chunk) {
      moments = mergeJointMoments(moments, pairsOf(uniform, chunk, mean));
      if (!look(moments).isReached) continue;
      stopped += 1;
      if (Math.abs(differenceEstimate(moments).estimate - mean) > promised * Math.abs(mean)) missed += 1;
      break;
    }
  }
  return { missed, stopped };
}

const level = 0.75;
const rule: PrecisionRule = { 'norm.difference': { relativeHalfWidth: 0.5 }, level };
const runs = 300;

describe('a relative target', () => {
  it('is |estimate − mean| ≤ share · |mean| for every mean in the sequence, and no looser', () => {
    const moments = pairsOf(openGenerator('alea', 'a')(0), 2000, 0.5);
    const [{ lower, upper, relativeHalfWidth }] = targetStates(rule, { norm: moments, squaredNorm: moments });
    const middle = (lower! + upper!) / 2;
    for (const mean of [lower!, middle, upper!]) {
      expect(Math.abs(middle - mean)).toBeLessThanOrEqual(relativeHalfWidth! * Math.abs(mean) * (1 + 1e-12));
    }
    expect(middle - lower!).toBeCloseTo(relativeHalfWidth! * lower!, 12);
  });

  it('is the same on both sides of 0', () => {
    const moments = pairsOf(openGenerator('alea', 'b')(0), 2000, 0.5);
    const mirrored = { ...moments, mean: [moments.mean[1], moments.mean[0]] as const };
    const [state, mirror] = [moments, mirrored].map((norm) => targetStates(rule, { norm, squaredNorm: norm })[0]);
    expect(mirror).toMatchObject({
      relativeHalfWidth: state.relativeHalfWidth,
      lower: -state.upper!,
      upper: -state.lower!,
    });
  });

  it('is unknown while 0 is in the sequence', () => {
    const moments = pairsOf(openGenerator('alea', 'c')(0), 2000, 0);
    const [state] = targetStates(rule, { norm: moments, squaredNorm: moments });
    expect(state).toMatchObject({ isReached: false, relativeHalfWidth: null });
    expect(state.halfWidth).toBeGreaterThan(0);
  });

  it.each([0.25, -0.25])('stops within its share of a mean of %d, as often as it says', (mean) => {
    const { missed, stopped } = missing(asTold(rule), { runs, atMost: 20_000, mean, share: 0.5 });
    expect(stopped).toBe(runs);
    expect(atMostPValue(missed, runs, 1 - level)).toBeGreaterThan(share);
  });

  it('hardly ever stops at a mean that is too near to 0 for the replicates, where repeated z-tests do', () => {
    const wide = { 'norm.difference': { relativeHalfWidth: 1 }, level: 0.6 };
    const cells = { runs, atMost: 20_000, mean: 0.001, share: 1 };
    const told = missing(asTold(wide), cells);
    expect(atMostPValue(told.missed, runs, 0.4)).toBeGreaterThan(share);
    const twin = missing(repeatedZTests(1, 0.6), cells);
    expect(atMostPValue(twin.missed, runs, 0.4)).toBeLessThan(share);
  });
});

describe('several targets', () => {
  const halves = { halfWidth: 1 };
  const moments = pairsOf(openGenerator('alea', 'd')(0), 2000, 0.5);
  const both = { norm: moments, squaredNorm: moments };

  it('share the probability of error in equal parts', () => {
    const together = targetStates(
      { 'norm.lower': halves, 'norm.difference': halves, 'squaredNorm.upper': halves, level: 0.94 },
      both,
    );
    expect(together.map(({ quantity }) => quantity)).toEqual(['norm.lower', 'norm.difference', 'squaredNorm.upper']);
    for (const { quantity, halfWidth } of together) {
      expect(targetStates({ [quantity]: halves, level: 1 - 0.06 / 3 }, both)[0].halfWidth).toBeCloseTo(halfWidth!, 12);
    }
  });

  it('have a flat halfWidth for the difference of the norms', () => {
    const short = targetStates({ halfWidth: 1, 'norm.upper': halves, level: 0.95 }, both);
    expect(short).toEqual(targetStates({ 'norm.upper': halves, 'norm.difference': halves, level: 0.95 }, both));
  });
});

describe('a cell with targets', () => {
  const request = { coupling: 'events', generator: 'sfc32', seed: 1, replicates: 20_000, recordedSteps: [] } as const;
  const chunked = (until: PrecisionRule, changes: Partial<CellRequest> = {}) => ({
    cells: planCells([
      { ...request, pair: pairOf({ steps: 50, batchSize: 8 }), until, ...changes },
      { ...request, pair: pairOf({ steps: 20, batchSize: 8 }), until, ...changes },
    ]).cells.map((cell) => ({ ...cell, chunkSize: 64 })),
  });
  const targets: PrecisionRule = {
    'norm.lower': { relativeHalfWidth: 0.01 },
    'norm.difference': { relativeHalfWidth: 0.05 },
    'squaredNorm.upper': { halfWidth: 0.5 },
    level: 0.95,
  };

  it('stops where all of them are reached and one was not a chunk before, whatever runs it', async () => {
    const plan = chunked(targets);
    const results = await resultsOf(plan, inProcess());
    for (const { replicates, stopping } of results) {
      expect(stopping).toMatchObject({ rule: 'precision', isReached: true });
      expect(replicates).toBeLessThan(20_000);
      const shorter = await resultsOf(chunked(targets, { replicates: replicates - 64 }), inProcess());
      expect(shorter.some((result) => result.replicates === replicates - 64 && !result.stopping!.isReached)).toBe(true);
    }
    for (const workers of [1, 2, 3]) expect(await resultsOf(plan, workerPool(workers))).toEqual(results);
  });

  it('ends at its replicates, not reached, where the difference is 0', async () => {
    const popularity = { lower: 0.05, upper: 0.05 };
    const until = { 'norm.difference': { relativeHalfWidth: 0.5 }, level: 0.95 };
    for (const coupling of ['events', 'independent'] as const) {
      const plan = chunked(until, {
        coupling,
        replicates: 5000,
        pair: pairOf({ steps: 50, batchSize: 8, popularity }),
      });
      const [result] = await resultsOf(plan, inProcess());
      expect(result).toMatchObject({ replicates: 5000, stopping: { isReached: false, replicatesAtMost: 5000 } });
    }
  });
});

async function resultsOf(plan: Plan, executor: Executor): Promise<CellResult[]> {
  const results: CellResult[] = [];
  for await (const event of runPlan(plan, { executor })) {
    if (event.type === 'cell') results[event.cell.index] = cellResult(event.cell, event.summary);
  }
  await executor.close();
  return results;
}
