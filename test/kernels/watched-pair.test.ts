import { describe, expect, it } from 'vitest';
import type { ObservedStep } from '../../src/coupling/path-record.ts';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { pairOf } from '../coupling/pairs.ts';
import { constantSchedule, finalsOf, walked } from './requests.ts';
import { runOfChunk, watchAll, watchedCells } from './watched-cells.ts';

describe.each(watchedCells)('the pairs of $name, watched', ({ cell }) => {
  const { finals, summary } = runOfChunk(cell);
  const watched = watchAll(cell);

  it('end as the kernel said', () => {
    expect(watched.finals).toEqual([...finals]);
  });

  it('have the order counts of the chunk, counted by the plain twin', () => {
    expect(summary.order).toEqual(watched.order);
    expect(summary.order.newViolationsPredicted).toBe(summary.order.newViolations);
    if (cell.pair.gain.model === 'constant') expect(summary.order.newViolations).toBe(0);
    else expect(summary.order.newViolations).toBeGreaterThan(20);
  });

  it('follow s ← s + c/s with the gains that the trace tells, at increasing steps', () => {
    let moves = 0;
    for (const replicate of [0, 5, 63, 64, 299]) {
      const path: ObservedStep[] = [];
      const record = watchPair(cell, replicate, (observed) => path.push(observed));
      let last = { step: 0, ...record.initial };
      for (const { step, lower, upper, lowerGain, upperGain } of path) {
        expect(step).toBeGreaterThan(last.step);
        expect(upperGain).toBeGreaterThan(0);
        expect([lower, upper]).toEqual([last.lower + lowerGain / last.lower, last.upper + upperGain / last.upper]);
        last = { step, lower, upper };
      }
      expect(last).toMatchObject({ lower: record.lower, upper: record.upper });
      moves += path.length;
    }
    expect(moves).toBeGreaterThan(50);
  });
});

it.each(walked.flatMap((coupling) => [pairOf().gain, constantSchedule].map((gain) => ({ coupling, gain }))))(
  'draws the same pairs by $coupling, $gain.model, whether states are recorded or not',
  ({ coupling, gain }) => {
    // So many appearances that the draws run out within a pair, and so many pairs that ties in the thinning come, too.
    const pair = pairOf({ popularity: { lower: 0.3, upper: 0.5 }, batchSize: 1, steps: 20_000, gain });
    const unrecorded = finalsOf(coupling, pair, 2000);
    const recorded = finalsOf(coupling, pair, 2000, { recordedSteps: [20_000] });
    const differing = unrecorded.findIndex((state, at) => state !== recorded[at]);
    expect(differing).toBe(-1);
  },
);
