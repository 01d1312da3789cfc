import { describe, expect, it } from 'vitest';
import { binomialPmf } from '../../../../src/maths/binomial.ts';
import { exactSquaredNormLaws } from '../../../../src/process/exact-law.ts';
import { presenceProbability } from '../../../../src/process/presence.ts';
import { finalNorms } from '../../../../src/report/figures/coupled/final-norms.ts';
import { binEdges, countsBetween } from '../../../../src/report/figures/coupled/norm-bins.ts';
import { FloatHistogramCounter } from '../../../../src/statistics/float-histogram.ts';
import { distanceFromLaw } from '../../../../src/statistics/histogram-distance.ts';
import { rowsOf } from './source-of.ts';
import * as sources from './sources.ts';

const figure = finalNorms.draw(sources.constant)!;
const [{ cell, summary }] = sources.constant.shown;
const runs = [
  ['lower', figure.series[0].name],
  ['upper', figure.series[1].name],
] as const;

const sum = (values: readonly unknown[]) => (values as number[]).reduce((total, value) => total + value, 0);

describe('finalNorms', () => {
  it('counts every replicate once, in at most 80 bins whose area is 1', () => {
    for (const source of [sources.constant, sources.ownGains, sources.sliced, sources.single, sources.still]) {
      const { rows, choice } = finalNorms.draw(source)!;
      for (const { cell } of source.shown) {
        for (const [, series] of runs) {
          const bars = rows.filter((row) => row.cell === cell.index && row.series === series);
          expect(bars.length).toBeLessThanOrEqual(80);
          expect(sum(bars.map(({ count }) => count))).toBe(cell.replicates);
          const areas = bars.map(
            ({ left, right, density }) => ((right as number) - (left as number)) * (density as number),
          );
          expect(sum(areas)).toBeCloseTo(1, 12);
        }
      }
      expect(choice?.options.length ?? 1).toBe(source.shown.length);
    }
  });

  it('has a bar for each number of appearances where they are few, with its binomial probability', () => {
    const presence = { lower: presenceProbability(0.05, 8), upper: presenceProbability(0.1, 8) };
    for (const [run, series] of runs) {
      const shares = rowsOf(figure, { series }).map(({ exactShare }) => exactShare as number);
      const known = Array.from({ length: 61 }, (_, n) => binomialPmf(n, 60, presence[run]));
      for (const share of shares) {
        expect(Math.min(...known.map((probability) => Math.abs(probability - share)))).toBeLessThan(1e-12);
      }
      expect(sum(shares)).toBeGreaterThan(0.99);
    }
  });

  it('says how far the distribution functions are from the exact law, and what chance does', () => {
    const laws = exactSquaredNormLaws(cell.parameters)!;
    const [lower, upper] = (['lower', 'upper'] as const).map((run) => {
      return distanceFromLaw(summary.histograms![run], (x) => laws[run].cdf(x * (1 - 2 ** -53))).toPrecision(2);
    });
    expect(figure.caption).toContain(`at most ${lower} (p′) and ${upper} (p″) from it`);
    expect(figure.caption).toContain('chance takes 300 replicates beyond 0.078 in at most 1 of 20 runs');
    expect(finalNorms.draw(sources.momentum)!.caption).toContain('no exact distribution is drawn.');
  });

  it('says where the less popular run is longer', () => {
    expect(figure.caption).toContain('Below every norm there are at least as many of the less popular runs');
    const [, { cell, summary }] = sources.counterexample.shown;
    const { caption } = finalNorms.draw({ ...sources.counterexample, shown: [{ cell, summary }] })!;
    expect(caption).toMatch(/the share of the more popular runs below it is larger, by 0\.\d+; .*beyond 0\.043 /);
  });
});

describe('binEdges', () => {
  const histogramOf = (values: readonly number[]) => {
    const counter = new FloatHistogramCounter(10);
    for (const value of values) counter.add(value);
    return counter.toHistogram();
  };

  it('groups many atoms evenly', () => {
    const atoms = Array.from({ length: 400 }, (_, index) => 100 + index);
    const histogram = histogramOf(atoms);
    const counts = countsBetween(binEdges({ lower: histogram, upper: histogram }, atoms), histogram);
    expect(counts).toHaveLength(80);
    expect(new Set(counts.map(({ count }) => count))).toEqual(new Set([5]));
  });

  it('leaves out the last thousandths of a long tail, and nothing else', () => {
    const values = Array.from({ length: 9995 }, (_, index) => 1 + index / 1e4);
    const tailed = histogramOf([...values, 1e6, 1e7, 1e8, 1e9, 1e10]);
    const counts = countsBetween(binEdges({ lower: tailed, upper: tailed }, null), tailed);
    const counted = sum(counts.map(({ count }) => count));
    expect(counted).toBeGreaterThan(9970);
    expect(counted).toBeLessThan(9996);
    expect(counts.at(-1)!.right).toBeLessThan(2);
    const whole = histogramOf(values);
    expect(sum(countsBetween(binEdges({ lower: whole, upper: whole }, null), whole).map(({ count }) => count))).toBe(
      9995,
    );
  });
});
