import { describe, expect, it } from 'vitest';
import { growthTable } from '../../../../src/process/growth-table.ts';
import { presenceProbability } from '../../../../src/process/presence.ts';
import { fourthPower } from '../../../../src/report/figures/coupled/fourth-power.ts';
import { formatShare } from '../../../../src/report/format-number.ts';
import { cellName } from '../../../../src/report/sources/cell-name.ts';
import { meanSquareEstimate } from '../../../../src/statistics/pair-estimates.ts';
import { rowsOf } from './source-of.ts';
import * as sources from './sources.ts';

const figure = fourthPower.draw(sources.constant)!;
const [{ cell, summary }] = sources.constant.shown;

describe('fourthPower', () => {
  it('has the fourth powers of the quantiles of the summary, against a·t', () => {
    for (const [run, name] of [
      ['lower', figure.series[0].name],
      ['upper', figure.series[1].name],
    ] as const) {
      const rows = rowsOf(figure, { series: name });
      const presence = presenceProbability(cell.parameters.popularity[run], cell.parameters.batchSize);
      const { quantiles } = cell.trajectory[run];
      expect(rows.map(({ step }) => step)).toEqual(cell.trajectory.step);
      expect(rows.map(({ appearances }) => appearances)).toEqual(cell.trajectory.step.map((step) => presence * step));
      expect(rows.map(({ medianNorm }) => medianNorm)).toEqual(quantiles['0.5']);
      for (const [field, quantile] of [
        ['fourth', '0.5'],
        ['q05', '0.05'],
        ['q95', '0.95'],
      ]) {
        expect(rows.map((row) => row[field])).toEqual(quantiles[quantile].map((norm) => norm ** 4));
      }
    }
  });

  it('has S_n² and the line s₀² + 2cn where the gain is constant, and nowhere else', () => {
    const exact = rowsOf(figure, { series: 'S_n², exactly' });
    const table = growthTable(1, 1, exact.length - 1);
    expect(exact.map(({ fourth }) => fourth)).toEqual(Array.from(table, (s) => s ** 2));
    const line = rowsOf(figure, { series: 's₀² + 2cn' });
    expect(line.map(({ appearances, fourth }) => [appearances, fourth])).toEqual([
      [0, 1],
      [table.length - 1, 1 + 2 * (table.length - 1)],
    ]);
    for (const source of [sources.ownGains, sources.counterexample, sources.momentum]) {
      expect(fourthPower.draw(source)!.series.map(({ name }) => name)).toEqual(
        figure.series.slice(0, 2).map(({ name }) => name),
      );
    }
  });

  it('says of which cell it speaks, where there are several', () => {
    const [first] = sources.rates.cells;
    expect(fourthPower.draw(sources.rates)!.caption).toContain(
      `replicates. Of ${cellName(first.swept)}: the gain is constant: one curve`,
    );
    expect(fourthPower.draw(sources.ownGains)!.caption).toMatch(/Of gain\.sigma = .*: no curve is drawn/);
    expect(figure.caption).toContain('replicates. The gain is constant');
  });

  it('says how far the medians are off the curve, between its points on a line', () => {
    const table = growthTable(1, 1, 60);
    const strays = (['lower', 'upper'] as const).flatMap((run) => {
      const presence = presenceProbability(cell.parameters.popularity[run], cell.parameters.batchSize);
      return cell.trajectory.step.flatMap((step, at) => {
        const n = Math.floor(presence * step);
        const curve = table[n] ** 2 + (presence * step - n) * (table[n + 1] ** 2 - table[n] ** 2);
        return presence * step < 10 ? [] : [Math.abs(cell.trajectory[run].quantiles['0.5'][at] ** 4 / curve - 1)];
      });
    });
    expect(strays.length).toBeGreaterThan(2);
    expect(figure.caption).toContain(`medians of both are within ${formatShare(Math.max(...strays))} of it.`);
  });

  it('draws no curve of a training that is too long to follow', () => {
    const parameters = { ...cell.parameters, steps: 1e9 };
    const long = { cell: { ...cell, parameters }, summary };
    const { series, caption } = fourthPower.draw({ ...sources.constant, cells: [long.cell], shown: [long] })!;
    expect(series).toHaveLength(2);
    expect(caption).toContain('up to 50,000,000 appearances.');
  });

  it('says how fast E‖q″‖⁴ grew, beside 2c', () => {
    const { estimate, standardError } = meanSquareEstimate(summary.squaredNorm, 1);
    const expected = 60 * presenceProbability(0.1, 8);
    const said = /E‖q″‖⁴ has grown by ([\d.]+) ± ([\d.]+) an expected appearance; 2c = 2\.000\.$/.exec(figure.caption)!;
    expect(Number(said[1])).toBeCloseTo((estimate - 1) / expected, 2);
    expect(Number(said[2])).toBeCloseTo(standardError! / expected, 3);
    expect(fourthPower.draw(sources.counterexample)!.caption).not.toContain('2c =');
  });
});
