import { describe, expect, it } from 'vitest';
import { ownGainReversal } from '../../../../src/process/own-gain-reversal.ts';
import { orderByGain } from '../../../../src/report/figures/coupled/order-by-gain.ts';
import { orderPhases } from '../../../../src/report/figures/coupled/order-phases.ts';
import { orderViolations } from '../../../../src/report/figures/coupled/order-violations.ts';
import { formatShare } from '../../../../src/report/format-number.ts';
import { cellName } from '../../../../src/report/sources/cell-name.ts';
import { shareInterval } from '../../../../src/statistics/share-interval.ts';
import { rowsOf } from './source-of.ts';
import * as sources from './sources.ts';

describe('orderViolations', () => {
  it('has the shares of the summary with their intervals, a series a cell', () => {
    const { rows, series } = orderViolations.draw(sources.ownGains)!;
    expect(series.map(({ name }) => name)).toEqual(sources.ownGains.cells.map(({ swept }) => cellName(swept)));
    for (const { index, trajectory, replicates } of sources.ownGains.cells) {
      const ofCell = rows.filter(({ cell }) => cell === index);
      expect(ofCell.map(({ violated }) => violated)).toEqual(trajectory.pairsViolated);
      for (const { violated, share, low, high } of ofCell) {
        expect({ share, low, high }).toEqual(shareInterval(violated as number, replicates));
      }
    }
  });

  it('says how often the order broke in the worst cell, and that each break was predicted', () => {
    const { cells } = sources.ownGains;
    const worst = Math.max(...cells.map(({ order }) => order.pairsViolatedAtSomeStep));
    const { order, swept } = cells.find(({ order }) => order.pairsViolatedAtSomeStep === worst)!;
    const { caption } = orderViolations.draw(sources.ownGains)!;
    expect(caption).toContain(`In 6 of 6 cells some pair broke the order; most often with ${cellName(swept)}.`);
    expect(caption).toContain(`at some step in ${Number(((100 * worst) / 300).toPrecision(3))} % (`);
    expect(caption).toContain(`${order.newViolations} new violations, each one predicted by the sharp criterion.`);
    const wrong = { ...order, newViolationsPredicted: 1 };
    const changed = cells.map((cell) => (cell.swept === swept ? { ...cell, order: wrong } : cell));
    expect(orderViolations.draw({ ...sources.ownGains, cells: changed })!.caption).toContain(
      'where the sharp criterion predicted 1.',
    );
  });

  it('says that nothing broke it, and how rare that must be', () => {
    const { caption } = orderViolations.draw(sources.constant)!;
    expect(caption).toContain(
      'No pair broke the order at any step, of 300: with 95 % confidence fewer than 1.26 % do.',
    );
  });
});

it('bounds what did not break by one cell, since cells may share their draws', () => {
  const [first] = sources.constant.cells;
  const fewer = { ...first, index: 1, order: { ...first.order, pairs: 200 } };
  const of = (...cells: readonly (typeof first)[]) => orderViolations.draw({ ...sources.constant, cells })!.caption;
  const bound = (pairs: number) => formatShare(shareInterval(0, pairs).high);
  expect(of(first, { ...first, index: 1 })).toContain(
    `of 300 in each cell: with 95 % confidence fewer than ${bound(300)} do, in each cell by itself.`,
  );
  expect(of(first, fewer)).toContain(`of at least 200 in each cell: with 95 % confidence fewer than ${bound(200)} do`);
});

describe('orderByGain', () => {
  const figure = orderByGain.draw(sources.ownGains)!;

  it('has both shares of each cell against the spread of the gain, a slice a correlation', () => {
    expect(figure.slice!.options).toEqual(['gain.rho = 0', 'gain.rho = 0.5']);
    for (const { index, order, swept } of sources.ownGains.cells) {
      const [some, end] = figure.rows.filter(({ cell }) => cell === index);
      expect(some).toMatchObject({ value: swept['gain.sigma'], violated: order.pairsViolatedAtSomeStep });
      expect(end).toMatchObject({ value: swept['gain.sigma'], violated: order.pairsViolatedAtEnd });
      expect(end.share).toBe(order.pairsViolatedAtEnd / order.pairs);
    }
  });

  it('has what claim A12 predicts for independent own gains alone, within chance of what was measured', () => {
    const rows = rowsOf(figure, { series: 'at the end, by claim A12' });
    const independent = sources.ownGains.cells.filter(({ swept }) => swept['gain.rho'] === 0);
    expect(rows.map(({ share }) => share)).toEqual(independent.map(({ parameters }) => ownGainReversal(parameters)));
    const misses = independent.map(({ order }, at) =>
      Math.abs(order.pairsViolatedAtEnd / order.pairs - (rows[at].share as number)),
    );
    // Four standard errors of 300 pairs, and what the approximation misses with twenty appearances.
    for (const miss of misses) expect(miss).toBeLessThan(4 * Math.sqrt(0.25 / 300) + 0.05);
    expect(figure.caption).toContain(`within ${(100 * Math.max(...misses)).toFixed(2)} percentage points`);
    expect(figure.caption).toContain('in the 3 of 6 cells it speaks of');
  });

  it('predicts nothing where the two runs share no presence', () => {
    const cells = sources.ownGains.cells.map((cell) => ({ ...cell, coupling: 'independent' as const }));
    const { series, caption } = orderByGain.draw({ ...sources.ownGains, cells })!;
    expect(series).toHaveLength(2);
    expect(caption).toContain('Claim A12 foretells nothing here: it speaks of coupled pairs');
    expect(caption).not.toContain('these gains');
  });
});

describe('orderPhases', () => {
  const letters = (source: typeof sources.sliced) =>
    orderPhases
      .draw(source)!
      .rows.map(({ letter }) => letter)
      .join('');

  it('tells what a claim guarantees, what breaks on paths, and where the mean order fails', () => {
    expect(letters(sources.sliced)).toBe('G'.repeat(12));
    expect(letters(sources.counterexample)).toBe('FR');
    expect(letters(sources.ownGains)).toMatch(/^[FU]{6}$/);
    expect(orderPhases.draw(sources.sliced)!.caption).toContain('guaranteed by a claim in 12 (G: A3)');
  });

  it('tells what is kept without a claim from what a claim says, and doubt from failure', () => {
    const [cell] = sources.counterexample.cells;
    const kept = { ...cell, order: { ...cell.order, pairsViolatedAtSomeStep: 0 } };
    const doubt = {
      ...cell,
      norm: { ...cell.norm, difference: { ...cell.norm.difference, mean: -0.001, standardError: 0.01 } },
    };
    const cells = [kept, doubt].map((one, index) => ({
      ...one,
      index,
      swept: { ...one.swept, 'popularity.lower': index },
    }));
    expect(letters({ ...sources.counterexample, cells })).toBe('KU');
  });

  it('draws one swept field as a strip, a row a phase', async () => {
    const { planned } = sources.counterexample;
    const design = { ...planned.scenario.design, axes: ['popularity.lower'] };
    const strip = orderPhases.draw({
      ...sources.counterexample,
      planned: { ...planned, scenario: { ...planned.scenario, design } },
    })!;
    expect(JSON.stringify(strip.spec)).toContain('"y":{"field":"letter"');
    expect(strip.rows.map(({ x }) => x)).toEqual([0.25, 0.75]);
  });
});
