import { describe, expect, it } from 'vitest';
import { type ChunkSummary, emptySummary, mergeSummaries } from '../../src/coupling/chunk-summary.ts';
import { chunkAt } from '../../src/engine/plan.ts';
import { runCellKernel } from '../../src/engine/run-chunk.ts';
import { finalBits } from '../../src/kernels/finals.ts';
import { runKernel } from '../../src/kernels/index.ts';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { presenceProbability } from '../../src/process/presence.ts';
import { binOf, type FloatHistogram, FloatHistogramCounter } from '../../src/statistics/float-histogram.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { jointMoments } from '../../src/statistics/joint-moments.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';
import { lawPValue } from './joint-law.ts';
import { cellOf, keyOfBlock } from './requests.ts';
import { watchAll } from './watched-cells.ts';

const chunks = 8;

function requestOf(pair: PairParameters, replicates: number, block: number) {
  return { pair, recordedSteps: [], key: keyOfBlock(block), first: 0, replicates, starts: 1 };
}

/** The summary of eight chunks, each from a block of draws of its own unless said otherwise. */
function summaryOf(pair: PairParameters, blockOf = (chunk: number) => chunk): ChunkSummary {
  const summaries = Array.from({ length: chunks }, (_, chunk) => {
    return runKernel('counts', requestOf(pair, 25_000, blockOf(chunk))).summary;
  });
  return summaries.reduce(mergeSummaries, emptySummary);
}

/** How often each number of appearances came: every S_n has a bin of its own. */
function observedCounts({ runs }: FloatHistogram, steps: number): number[] {
  const countOfBin = new Map([...growthTable(1, 1, steps)].map((state, count) => [binOf(state, finalBits), count]));
  if (countOfBin.size !== steps + 1) throw new RangeError(`observedCounts: two of ${steps} states share a bin`);
  const observed = new Array(steps + 1).fill(0);
  let bin = 0;
  for (let at = 0; at < runs.length; at += 2) {
    bin += runs[at];
    observed[countOfBin.get(bin)!] += runs[at + 1];
  }
  return observed;
}

/** The least p-value of the laws of N′, of N″, and of whether they are equal. */
function summaryPValue({ histograms, order }: ChunkSummary, { popularity, batchSize, steps }: PairParameters): number {
  const [lower, upper] = [popularity.lower, popularity.upper].map((p) => presenceProbability(p, batchSize));
  const binomial = (presence: number) => Array.from({ length: steps + 1 }, (_, n) => binomialPmf(n, steps, presence));
  const tie = (1 - (upper - lower)) ** steps;
  const checks = [
    { observed: observedCounts(histograms!.lower, steps), law: binomial(lower) },
    { observed: observedCounts(histograms!.upper, steps), law: binomial(upper) },
    { observed: [order.ties, order.pairs - order.ties], law: [tie, 1 - tie] },
  ];
  // What is certain is no matter for a chi-square.
  const isOpen = ({ law }: (typeof checks)[number]) => !law.includes(1);
  for (const { observed, law } of checks) {
    for (const [outcome, p] of law.entries()) if (p === 0) expect(observed[outcome]).toBe(0);
  }
  return Math.min(...checks.filter(isOpen).map(({ observed, law }) => chiSquarePValue(observed, law)));
}

/** So many counts are likely that a sample of which each member comes eight times shows. */
const wide = pairOf({ popularity: { lower: 0.25, upper: 0.5 }, batchSize: 1, steps: 500 });

describe('the kernel of counts', () => {
  it.each([
    { name: 'small popularities', pair: pairOf() },
    { name: 'neighbouring popularities', pair: pairOf({ popularity: { lower: 0.1, upper: 0.11 } }) },
    { name: 'dense presence', pair: pairOf({ popularity: { lower: 0.2, upper: 0.4 } }) },
    { name: 'one slot', pair: pairOf({ popularity: { lower: 0.3, upper: 0.6 }, batchSize: 1 }) },
    { name: 'a rare item', pair: pairOf({ popularity: { lower: 2e-5, upper: 5e-5 }, steps: 9 }) },
    { name: 'an item that is always there', pair: pairOf({ popularity: { lower: 0.3, upper: 1 } }) },
    { name: 'an item of the upper run alone', pair: pairOf({ popularity: { lower: 0, upper: 0.2 } }) },
    { name: 'equal popularities', pair: pairOf({ popularity: { lower: 0.2, upper: 0.2 } }) },
    { name: 'many counts', pair: wide },
  ])('draws the exact laws of both counts and of their equality: $name', ({ pair }) => {
    expect(summaryPValue(summaryOf(pair), pair)).toBeGreaterThan(share / 3);
  });

  it('is rejected by the same check when it lets the item in 2 % too often', () => {
    const tooOften = { ...wide, popularity: { lower: 1.02 * 0.25, upper: 1.02 * 0.5 } };
    expect(summaryPValue(summaryOf(tooOften), wide)).toBeLessThan(share / 3);
  });

  it('is rejected by the same check when lower and upper are swapped', () => {
    const { histograms, ...rest } = summaryOf(wide);
    const swapped = { ...rest, histograms: { lower: histograms!.upper, upper: histograms!.lower } };
    expect(summaryPValue(swapped, wide)).toBeLessThan(share / 3);
  });

  it('is rejected by the same check when every chunk uses the same uniforms', () => {
    expect(
      summaryPValue(
        summaryOf(wide, () => 0),
        wide,
      ),
    ).toBeLessThan(share / 3);
  });

  it('draws the exact joint law of the counts, pair by pair as it tells them, and no other', () => {
    const pair = pairOf({ popularity: { lower: 0.05, upper: 0.1 }, steps: 5 });
    const finals = new Float64Array(2 * 5000);
    for (let traced = 0; traced < 5000; traced++) {
      finals.set(runKernel('counts', { ...requestOf(pair, 1, 0), traced }).trace.slice(-2), 2 * traced);
    }
    expect(lawPValue(finals, pair)).toBeGreaterThan(share);
    const swapped = finals.map((_, at) => finals[at % 2 === 0 ? at + 1 : at - 1]);
    expect(lawPValue(swapped, pair)).toBeLessThan(share);
  });

  it('certainly has all of the appearances where the item is always there', () => {
    const pair = pairOf({ popularity: { lower: 1, upper: 1 } });
    const { histograms, order } = runKernel('counts', requestOf(pair, 200, 0)).summary;
    expect(observedCounts(histograms!.lower, 6)).toEqual([0, 0, 0, 0, 0, 0, 200]);
    expect(observedCounts(histograms!.upper, 6)).toEqual([0, 0, 0, 0, 0, 0, 200]);
    expect(order.ties).toBe(200);
  });

  it('sums up the pairs that a watcher sees', () => {
    const cell = cellOf('counts', pairOf({ steps: 60, initialSquaredNorm: 0.05 }), 2500);
    const { summary } = runCellKernel(cell, chunkAt(cell, 0));
    const { finals, order } = watchAll(cell);
    const [lower, upper] = [0, 1].map((run) => Float64Array.from(finals.filter((_, at) => at % 2 === run)));
    expect(summary.order).toEqual(order);
    const histogramOf = (values: Float64Array) => {
      const counter = new FloatHistogramCounter(finalBits);
      for (const value of values) counter.add(value);
      return counter.toHistogram();
    };
    expect(summary.histograms).toEqual({ lower: histogramOf(lower), upper: histogramOf(upper) });
    for (const [actual, expected] of [
      [summary.norm, jointMoments(lower.map(Math.sqrt), upper.map(Math.sqrt))],
      [summary.squaredNorm, jointMoments(lower, upper)],
    ]) {
      expect(actual.count).toBe(2500);
      for (const run of [0, 1]) expect(actual.mean[run] / expected.mean[run]).toBeCloseTo(1, 11);
      for (const [index, moment] of actual.central.entries()) {
        expect(moment / expected.central[index]).toBeCloseTo(1, 9);
      }
    }
  });
});
