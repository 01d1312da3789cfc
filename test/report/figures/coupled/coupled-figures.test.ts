import { describe, expect, it } from 'vitest';
import { coupledFigures } from '../../../../src/report/figures/coupled/index.ts';
import { compileFigure, drawSvg } from '../../../../src/report/figures/draw.ts';
import type { CoupledSource } from '../../../../src/report/sources/coupled-source.ts';
import { foreignId } from '../sample.ts';
import * as sources from './sources.ts';

const drawn = Object.entries(sources).flatMap(([name, source]) => {
  return coupledFigures.flatMap((figure) => {
    const made = figure.draw(source);
    return made === null ? [] : [{ source: name, id: figure.id, figure: made }];
  });
});

/** The same cells with a sweep whose names and values are foreign. */
function withForeign(source: CoupledSource): CoupledSource {
  const renamed = (swept: object) =>
    Object.fromEntries(Object.entries(swept).map(([path, value]) => [path, typeof value === 'number' ? value : '']));
  const swept = (cell: CoupledSource['cells'][number]) => ({
    ...cell,
    swept: { ...renamed(cell.swept), [foreignId]: `${foreignId}${cell.index % 2}` },
  });
  const { planned } = source;
  const design = { ...planned.scenario.design, axes: [...planned.scenario.design.axes, foreignId] };
  return {
    planned: { ...planned, scenario: { ...planned.scenario, design } },
    cells: source.cells.map(swept),
    shown: source.shown.map((one) => ({ ...one, cell: swept(one.cell) })),
  };
}

describe.each(drawn)('$id of $source', ({ id, figure }) => {
  it('has its id, a caption in whole sentences, and rows with plain fields', () => {
    expect(figure.id).toBe(id);
    expect(figure.caption).toMatch(/^[A-Z].*\.$/);
    expect(figure.caption).not.toMatch(/undefined|NaN|null|Infinity/);
    expect(figure.rows.length).toBeGreaterThan(0);
    for (const field of new Set(figure.rows.flatMap((row) => Object.keys(row))))
      expect(field).toMatch(/^[A-Za-z0-9]+$/);
    for (const value of figure.rows.flatMap((row) => Object.values(row))) expect(value).not.toBeNaN();
  });

  it('has rows for each series, each option and each slice, and for no others', () => {
    const of = (field: string) => new Set(figure.rows.map((row) => row[field]));
    if (figure.series.length > 0) expect(of('series')).toEqual(new Set(figure.series.map(({ name }) => name)));
    if (figure.choice !== null) expect(of('choice')).toEqual(new Set(figure.choice.options));
    if (figure.slice) expect(of('slice')).toEqual(new Set(figure.slice.options));
  });

  it('tells no number where there is none', () => {
    const compiled = JSON.stringify(compileFigure(figure, 'page'));
    const unknown = figure.rows.flatMap((row) => Object.keys(row).filter((field) => row[field] === null));
    for (const field of new Set(unknown)) expect(compiled).not.toContain(`format(datum[\\"${field}\\"]`);
  });

  it('is drawn, with a mark for each row that is shown first and says something', async () => {
    expect(JSON.stringify(compileFigure(figure, 'page'))).toContain('"hidden"');
    const svg = await drawSvg(figure, 'paper');
    expect(svg).not.toContain('NaN');
    const shown = figure.rows.filter(
      (row) =>
        (figure.choice === null || row.choice === figure.choice.options[0]) &&
        (!figure.slice || row.slice === figure.slice.options[0]),
    );
    const told = svg.match(/<path aria-label="[^"]*" role="graphics-symbol"/g) ?? [];
    // The lines of what is known beforehand are told by the legend.
    const marked = shown.filter(({ step, fourth }) => fourth === undefined || step !== undefined);
    expect(told).toHaveLength(marked.length);
  });
});

it('shows nothing of a foreign name that a page or a terminal would obey', async () => {
  for (const source of [sources.ownGains, sources.sliced]) {
    for (const figure of coupledFigures) {
      const made = figure.draw(withForeign(source))!;
      if (made === null) continue;
      const json = JSON.stringify([made.rows, made.caption, made.choice, made.slice ?? null]);
      expect(json).not.toMatch(/\\u00|\u2028/);
      expect(await drawSvg(made, 'paper')).not.toContain('<script');
    }
  }
});

it('draws what a run has to show, and nothing else', () => {
  const ids = (source: CoupledSource) =>
    coupledFigures.filter((figure) => figure.draw(source) !== null).map(({ id }) => id);
  const perCell = ['norm-trajectories', 'fourth-power', 'final-norms', 'order-violations'];
  expect(ids(sources.constant)).toEqual([...perCell, 'variance-reduction']);
  expect(ids(sources.ownGains)).toEqual([
    ...perCell,
    'order-by-gain',
    'heat-map',
    'order-phases',
    'variance-reduction',
  ]);
  expect(ids(sources.rates)).toEqual([...perCell, 'along-field', 'order-phases', 'variance-reduction']);
  expect(ids(sources.scattered)).toEqual([...perCell, 'heat-map', 'order-phases', 'variance-reduction']);
  expect(ids(sources.single)).toEqual(['final-norms', 'variance-reduction']);
  expect(ids(sources.still)).toEqual(['final-norms', 'heat-map', 'order-phases']);
});

it('keeps cells apart whose names differ in digits that are not shown', () => {
  const alike = (cell: CoupledSource['cells'][number]) => ({
    ...cell,
    swept: { ...cell.swept, learningRate: 1 + cell.index * 1e-9 },
  });
  const source = {
    ...sources.rates,
    cells: sources.rates.cells.map(alike),
    shown: sources.rates.shown.map((one) => ({ ...one, cell: alike(one.cell) })),
  };
  const names = source.cells.map(({ index }) => `learningRate = 1 (cell ${index})`);
  for (const figure of coupledFigures) {
    const made = figure.draw(source);
    if (['norm-trajectories', 'fourth-power', 'final-norms'].includes(figure.id)) {
      expect(made!.choice!.options).toEqual(names);
      expect(new Set(made!.rows.map(({ choice }) => choice))).toEqual(new Set(names));
    }
    if (figure.id === 'order-violations') expect(made!.series.map(({ name }) => name)).toEqual(names);
  }
});

it('keeps slices apart whose names differ in digits that are not shown', () => {
  const alike = (cell: CoupledSource['cells'][number]) => ({
    ...cell,
    swept: { ...cell.swept, batchSize: 4 + Number(cell.swept.batchSize) * 1e-9 },
  });
  const source = { ...sources.sliced, cells: sources.sliced.cells.map(alike) };
  const { slice, rows } = coupledFigures.find(({ id }) => id === 'heat-map')!.draw(source)!;
  expect(slice!.options).toEqual(['batchSize = 4 (cell 0)', 'batchSize = 4 (cell 6)']);
  expect(new Set(rows.map(({ slice }) => slice))).toEqual(new Set(slice!.options));
});

it('tells an exact mean to as many digits as the estimate', () => {
  const figure = coupledFigures.find(({ id }) => id === 'norm-trajectories')!;
  const [cell] = sources.constant.cells;
  const of = (standardError: number) => {
    const lower = { ...cell.norm.lower, mean: 2.662477871, standardError, exact: 2.662477869 };
    const { summary } = sources.constant.shown[0];
    const changed = { ...cell, norm: { ...cell.norm, lower } };
    return figure.draw({ ...sources.constant, cells: [changed], shown: [{ cell: changed, summary }] })!.caption;
  };
  expect(of(4.4e-8)).toContain('2.662477871 ± 4.4e-8 (exactly 2.662477869)');
  expect(of(0.04)).toContain('2.662 ± 0.040 (exactly 2.66248)');
});
