import { describe, expect, it } from 'vitest';
import { replicateStreams } from '../../../src/random/streams.ts';
import { binOf, floatHistogram } from '../../../src/statistics/float-histogram.ts';
import { distanceFromLaw, largestExcess } from '../../../src/statistics/histogram-distance.ts';
import { atMostPValue } from '../../../src/statistics/hypothesis-tests/binomial-test.ts';
import {
  chanceDistance,
  chanceExcess,
  detectableDistance,
  detectableExcess,
  dominancePValue,
  lawPValue,
} from '../../../src/statistics/hypothesis-tests/dkw.ts';
import { share } from '../../error-budget.ts';

const bits = 10;
const draws = 400;
const repetitions = 2000;
const level = 0.05;

/** A sample of 1 + shift + U, as its histogram. */
function sample(uniform: () => number, shift = 0) {
  const values = Array.from({ length: draws }, () => 1 + shift + uniform());
  const first = binOf(1, bits);
  const counts = new Float64Array(binOf(4, bits) - first);
  for (const value of values) counts[binOf(value, bits) - first] += 1;
  return floatHistogram(bits, first, counts, Math.min(...values), Math.max(...values));
}

const below = (x: number) => Math.min(1, Math.max(0, x - 1));

function rejections(pValue: (uniform: () => number) => number): number {
  const streams = replicateStreams(5, 'dkw', 'sfc32');
  let count = 0;
  for (let index = 0; index < repetitions; index++) if (pValue(streams(index)('claim')) < level) count += 1;
  return count;
}

describe('the test of a law', () => {
  it('raises a false alarm at most as often as its level says', () => {
    const count = rejections((uniform) => lawPValue(draws, distanceFromLaw(sample(uniform), below)));
    expect(atMostPValue(count, repetitions, level)).toBeGreaterThan(share);
  });

  it('is not empty: it rejects the true law now and then', () => {
    // The asymptotic probability at this level is the level itself; in bins and at 400 draws a little less.
    expect(rejections((uniform) => lawPValue(draws, distanceFromLaw(sample(uniform), below)))).toBeGreaterThan(20);
  });

  it('finds a law at the detectable distance at least 99 times in a hundred', () => {
    const shift = detectableDistance(draws, level);
    const count = rejections((uniform) => lawPValue(draws, distanceFromLaw(sample(uniform, shift), below)));
    expect(count / repetitions).toBeGreaterThan(0.99);
  });
});

describe('the test of dominance', () => {
  it('raises a false alarm at most as often as its level says, where the two laws are one', () => {
    const count = rejections((uniform) => dominancePValue(draws, largestExcess(sample(uniform), sample(uniform))));
    expect(atMostPValue(count, repetitions, level)).toBeGreaterThan(share);
  });

  it('finds the detectable excess at least 99 times in a hundred', () => {
    const shift = detectableExcess(draws, level);
    const count = rejections((uniform) =>
      dominancePValue(draws, largestExcess(sample(uniform), sample(uniform, shift))),
    );
    expect(count / repetitions).toBeGreaterThan(0.99);
  });
});

it('finds no excess of a sample over itself, and all of it over a sample above', () => {
  const streams = replicateStreams(6, 'dkw', 'sfc32');
  const one = sample(streams(0)('claim'));
  expect(largestExcess(one, one)).toBe(0);
  expect(largestExcess(one, sample(streams(0)('claim'), 1))).toBe(1);
  expect(largestExcess(sample(streams(0)('claim'), 1), one)).toBe(0);
});

it('takes the distance that chance exceeds at a level to that level', () => {
  for (const alpha of [0.05, 1e-6]) {
    expect(lawPValue(draws, chanceDistance(draws, alpha))).toBeCloseTo(alpha, 12);
    expect(dominancePValue(draws, chanceExcess(draws, alpha))).toBeCloseTo(alpha, 12);
  }
});
