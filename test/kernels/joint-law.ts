import { growthTable } from '../../src/process/growth-table.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { jointAppearanceLaw } from '../../src/theorems/appearance-counts.ts';

/** N of each final state in turn, read off the table of S_n: for pairs that start from 1 and gain 1. */
export function appearancesOf(finals: Float64Array, steps: number): number[] {
  const counts = new Map([...growthTable(1, 1, steps)].map((state, count) => [state, count]));
  return Array.from(finals, (state) => {
    const count = counts.get(state);
    if (count === undefined) throw new RangeError(`appearancesOf: expected some S_n, got ${state}`);
    return count;
  });
}

/** p-value of the joint law of (N′, N″). */
export function lawPValue(finals: Float64Array, pair: PairParameters): number {
  const counts = appearancesOf(finals, pair.steps);
  const observed = new Array((pair.steps + 1) ** 2).fill(0);
  for (let at = 0; at < counts.length; at += 2) observed[counts[at] * (pair.steps + 1) + counts[at + 1]] += 1;
  return chiSquarePValue(observed, jointAppearanceLaw(pair));
}
