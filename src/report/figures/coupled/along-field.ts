import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { cellName } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  colored,
  drawnOnly,
  numericScale,
  plotFrame,
  readerParams,
  seriesColor,
  seriesScale,
  told,
  zoomParam,
} from '../plot.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { sweepText } from './sweep-words.ts';
import { type NumericAxis, numericAxes, type Slices, slicesBeside } from './swept-axes.ts';

const [measured, exact] = colored(['measured', 'exact']);

/** A quantity along the one field that is swept: `heat-map` is for two. */
export const alongField: FigureOf<CoupledSource> = {
  id: 'along-field',
  about: 'mean difference, order and variance reduction along the one swept field',
  draw(source) {
    const { cells } = source;
    const [axis, ...others] = numericAxes(source);
    if (axis === undefined || others.length > 0) return null;
    const slices = slicesBeside([axis], source);
    const quantities = quantitiesOf(cells);
    const choice = { label: 'Quantity', options: quantities.map(({ name }) => name) };
    const rows = quantities.flatMap((quantity) => cells.flatMap((cell) => rowsOf(cell, quantity, axis, slices)));
    const series = [measured, exact].filter(({ name }) => rows.some(({ series }) => series === name));
    return {
      id: this.id,
      title: `Along ${axis.name}`,
      caption: `Points: the cells of the sweep, with 2 standard errors or the 95 % interval of a share; crosses: exact numbers. ${sweepText(cells)}`,
      rows,
      spec: specOf(axis, series, choice, slices),
      series: series.length < 2 ? [] : series,
      choice,
      slice: slices.choice,
      zoomed: ['x', 'value'],
    };
  },
};

function rowsOf(cell: ReportedCell, quantity: Quantity, axis: NumericAxis, slices: Slices): Datum[] {
  const value = quantity.of(cell);
  const known = quantity.exact(cell);
  const [low, high] = quantity.interval(cell) ?? [null, null];
  const place = { choice: quantity.name, slice: slices.nameOf(cell), cell: cell.index, label: cellName(cell.swept) };
  return [
    ...(value === null ? [] : [{ ...place, series: measured.name, x: axis.of(cell), value, low, high }]),
    ...(known === null ? [] : [{ ...place, series: exact.name, x: axis.of(cell), value: known }]),
  ];
}

/** Cells from which marks are small. */
const crowd = 100;

function specOf(axis: NumericAxis, series: readonly Series[], choice: Choice, { choice: slice }: Slices): TopLevelSpec {
  const x = { field: 'x', type: 'quantitative', title: axis.name, scale: numericScale(axis.values) } as const;
  const y = { field: 'value', type: 'quantitative', title: null, scale: { zero: false } } as const;
  const color = seriesColor(series);
  const isCrowded = axis.values.length > crowd;
  return {
    ...plotFrame,
    params: readerParams(choice, slice),
    transform: [drawnOnly(choice, slice), told('low', '.5~g'), told('high', '.5~g')],
    layer: [
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5, opacity: isCrowded ? 0.4 : 1, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        params: [zoomParam],
        mark: { type: 'point', opacity: 1, size: isCrowded ? 12 : 45 },
        encoding: {
          x,
          y,
          color,
          shape: seriesScale(series, ['circle', 'cross']),
          tooltip: [
            { field: 'label', title: 'cell' },
            { field: 'choice', title: 'quantity' },
            { field: 'series' },
            { field: 'value', format: '.5~g' },
            { field: 'lowTold', type: 'nominal', title: 'from' },
            { field: 'highTold', type: 'nominal', title: 'to' },
          ],
        },
      },
    ],
  };
}
