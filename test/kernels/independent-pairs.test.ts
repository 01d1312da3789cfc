import { describe, expect, it } from 'vitest';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { jointAppearanceLaw } from '../../src/theorems/appearance-counts.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';
import { appearancesOf } from './joint-law.ts';
import { constantSchedule, finalsOf, walked } from './requests.ts';

const replicates = 200_000;
const pair = pairOf({ popularity: { lower: 0.1, upper: 0.2 }, batchSize: 1, steps: 4 });
const pmf = jointAppearanceLaw(pair);
const outcomes = pmf.length;

/** p-value of the law of two pairs that are so many replicates apart: the product of their laws. */
function pValueApart(finals: Float64Array, apart: number): number {
  const counts = appearancesOf(finals, pair.steps);
  const outcome = (replicate: number) => counts[2 * replicate] * (pair.steps + 1) + counts[2 * replicate + 1];
  const observed = new Array(outcomes ** 2).fill(0);
  for (let first = 0; first + 2 * apart <= counts.length / 2; first += 2 * apart) {
    for (let one = first; one < first + apart; one++) observed[outcome(one) * outcomes + outcome(one + apart)] += 1;
  }
  return chiSquarePValue(
    observed,
    pmf.flatMap((ofOne) => pmf.map((ofOther) => ofOne * ofOther)),
  );
}

/** Every pair is the pair so many replicates before it, once more. */
function drawnTwice(finals: Float64Array, apart: number): Float64Array {
  return finals.map((_, at) => finals[Math.floor(at / 2 / apart) % 2 === 0 ? at : at - 2 * apart]);
}

describe.each(walked)('the kernel of %s', (coupling) => {
  // Neighbours, and the two pairs that follow one another in a lane if all take equally long.
  it.each([
    { gain: pairOf().gain, apart: 1 },
    { gain: constantSchedule, apart: 1 },
    { gain: constantSchedule, apart: 64 },
  ])('draws independent pairs: $gain.model, $apart apart', ({ gain, apart }) => {
    const finals = finalsOf(coupling, { ...pair, gain }, replicates);
    expect(pValueApart(finals, apart)).toBeGreaterThan(share);
    expect(pValueApart(drawnTwice(finals, apart), apart)).toBeLessThan(share);
  });
});
