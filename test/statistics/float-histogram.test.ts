import fc from 'fast-check';
import { quantile } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  type FloatHistogram,
  FloatHistogramCounter,
  histogramQuantiles,
  mergeFloatHistograms,
} from '../../src/statistics/float-histogram.ts';

const positive = fc.double({ min: 1e-20, max: 1e20, noNaN: true });
const samples = fc.array(positive, { minLength: 1, maxLength: 60 });

function histogramOf(values: readonly number[], bits = 10): FloatHistogram {
  const counter = new FloatHistogramCounter(bits);
  for (const value of values) counter.add(value);
  return counter.toHistogram();
}

describe('FloatHistogramCounter', () => {
  it('loses no number, whatever the scale and the order', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { runs, minimum, maximum } = histogramOf(values);
        expect(runs.filter((_, index) => index % 2 === 1).reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect([minimum, maximum]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(histogramOf(values.toReversed())).toEqual(histogramOf(values));
      }),
    );
  });

  it('merges to the histogram of both samples, bit for bit', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        expect(mergeFloatHistograms(histogramOf(a), histogramOf(b))).toEqual(histogramOf([...a, ...b]));
      }),
    );
  });

  it('refuses to merge histograms of different widths', () => {
    expect(() => mergeFloatHistograms(histogramOf([1], 6), histogramOf([1], 10))).toThrow(
      'expected 6 mantissa bits, got 10',
    );
  });
});

describe('histogramQuantiles', () => {
  it('comes within one bin of the sample quantile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 200, maxLength: 400 }),
        (values) => {
          const probabilities = [0.05, 0.5, 0.95];
          const estimated = histogramQuantiles(histogramOf(values), probabilities);
          probabilities.forEach((probability, index) => {
            const sorted = values.toSorted((a, b) => a - b);
            // Between the two neighbouring order statistics, and a bin of 2⁻¹⁰ to either side.
            const rank = probability * values.length;
            const [left, right] = [
              sorted[Math.max(0, Math.ceil(rank) - 2)],
              sorted[Math.min(values.length - 1, Math.floor(rank))],
            ];
            expect(estimated[index]).toBeGreaterThanOrEqual(left * (1 - 2 ** -9));
            expect(estimated[index]).toBeLessThanOrEqual(right * (1 + 2 ** -9));
            expect(quantile(values, probability)).toBeGreaterThanOrEqual(left);
          });
        },
      ),
    );
  });

  it('spreads quantiles over a law that is narrower than a bin', () => {
    const values = Array.from({ length: 1000 }, (_, index) => 1 + index * 1e-8);
    const [low, median, high] = histogramQuantiles(histogramOf(values), [0.05, 0.5, 0.95]);
    expect(median).toBeCloseTo(1 + 500e-8, 7);
    expect(low).toBeCloseTo(1 + 50e-8, 7);
    expect(high).toBeCloseTo(1 + 950e-8, 7);
  });

  it('is exact for equal numbers', () => {
    expect(histogramQuantiles(histogramOf([Math.PI, Math.PI, Math.PI]), [0, 0.5, 1])).toEqual([
      Math.PI,
      Math.PI,
      Math.PI,
    ]);
  });
});
