import { describe, expect, it } from 'vitest';
import type { CouplingName } from '../../src/coupling/coupling.ts';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share, shareZ } from '../error-budget.ts';
import { cellOf } from './requests.ts';

const [sigma, rho] = [0.5, 0.9];
const replicates = 4000;

/** The log-gains x = (log c + σ²/2)/σ of the appearances of many pairs. */
function standardGains(coupling: CouplingName, sharing: 'shared' | 'own') {
  const gain = { model: 'lognormal', sharing, sigma, rho } as const;
  const pair = pairOf({ steps: 40, popularity: { lower: 0.3, upper: 0.3 }, gain });
  // More pairs than lanes, so that most of them begin where others ended.
  const cell = { ...cellOf(coupling, pair, replicates), chunkSize: 100 };
  const x = (c: number) => (Math.log(c) + (sigma * sigma) / 2) / sigma;
  return Array.from({ length: replicates }, (_, replicate) => {
    const path: { step: number; lower: number; upper: number }[] = [];
    watchPair(cell, replicate, ({ step, lowerGain, upperGain }) =>
      path.push({ step, lower: x(lowerGain), upper: x(upperGain) }),
    );
    return path;
  });
}

describe.each([
  { coupling: 'events', sharing: 'shared' },
  { coupling: 'events', sharing: 'own' },
  { coupling: 'steps', sharing: 'own' },
] as const)('log-normal gains of the kernel of $coupling, $sharing', ({ coupling, sharing }) => {
  const paths = standardGains(coupling, sharing);
  const first = paths.filter((path) => path.length > 0).map(([appearance]) => appearance);
  const runs = sharing === 'own' ? (['lower', 'upper'] as const) : (['upper'] as const);

  it.each(runs)('are standard normal in the logarithm: the %s run', (run) => {
    const intervals = new Array(40).fill(0);
    for (const appearance of first) intervals[Math.floor(40 * standardNormalCdf(appearance[run]))] += 1;
    expect(chiSquarePValue(intervals, new Array(40).fill(1 / 40))).toBeGreaterThan(share);
  });

  it.each(runs)('are correlated over a gap of g steps by ρ^g, and told from ρ 5 %% too small: the %s run', (run) => {
    // With correlation r, (y − r x)/√(1 − r²) is standard normal and independent of x.
    const innovations = (correlationOfStep: number) => {
      const intervals = new Array(40).fill(0);
      for (const [one, two] of paths) {
        if (two === undefined) continue;
        const correlation = correlationOfStep ** (two.step - one.step);
        const innovation = (two[run] - correlation * one[run]) / Math.sqrt(1 - correlation ** 2);
        intervals[Math.floor(40 * standardNormalCdf(innovation))] += 1;
      }
      return chiSquarePValue(intervals, new Array(40).fill(1 / 40));
    };
    expect(innovations(rho)).toBeGreaterThan(share);
    expect(innovations(0.95 * rho)).toBeLessThan(share);
  });

  it(sharing === 'shared' ? 'are the same in both runs' : 'are independent between the runs', () => {
    const correlation = first.reduce((sum, { lower, upper }) => sum + lower * upper, 0) / first.length;
    if (sharing === 'shared') expect(paths.flat().every(({ lower, upper }) => lower === upper)).toBe(true);
    else expect(Math.abs(correlation)).toBeLessThan(shareZ / Math.sqrt(first.length));
  });

  it.each(runs)('are independent between consecutive pairs: the %s run', (run) => {
    const products = first.slice(1).map((appearance, index) => appearance[run] * first[index][run]);
    const correlation = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(correlation)).toBeLessThan(shareZ / Math.sqrt(products.length));
  });
});
