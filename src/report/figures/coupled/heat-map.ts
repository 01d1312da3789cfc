import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { cellName } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import { extent } from '../axis-scale.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import { drawnOnly, plotFrame, readerParams, zoomParam } from '../plot.ts';
import { planeAxes } from './plane-axes.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { sweepText } from './sweep-words.ts';
import { type SweptPlane, sweptPlane } from './swept-plane.ts';

/** How the numbers of a quantity are shaded; a shade is a number, or its decimal logarithm. */
interface Shades {
  readonly scheme: 'purpleorange' | 'viridis';
  readonly isLog: boolean;
  readonly from: number;
  readonly to: number;
}

/** A quantity over two swept fields, one square or point a cell. */
export const heatMap: FigureOf<CoupledSource> = {
  id: 'heat-map',
  about: 'mean difference, order and variance reduction over two swept fields',
  draw(source) {
    const plane = sweptPlane(source);
    if (plane === null) return null;
    const { cells } = source;
    const shown = quantitiesOf(cells);
    const choice = { label: 'Quantity', options: shown.map(({ name }) => name) };
    const shades = Object.fromEntries(shown.map((quantity) => [quantity.name, shadesOf(cells, quantity)]));
    return {
      id: this.id,
      title: `Over ${plane.across.name} and ${plane.down.name}`,
      caption: captionOf(cells, plane),
      rows: shown.flatMap((quantity) => cells.flatMap((cell) => rowsOf(cell, quantity, shades, plane))),
      spec: specOf(plane, shades, choice),
      series: [],
      choice,
      slice: plane.choice,
      zoomed: plane.isScatter ? ['x', 'y'] : [],
    };
  },
};

function rowsOf(
  cell: ReportedCell,
  { name, of }: Quantity,
  shades: Readonly<Record<string, Shades>>,
  plane: SweptPlane,
): Datum[] {
  const value = of(cell);
  if (value === null) return [];
  const shade = shades[name].isLog ? Math.log10(value) : value;
  const place = { x: plane.across.of(cell), y: plane.down.of(cell) };
  const label = cellName(cell.swept);
  return [{ choice: name, slice: plane.nameOf(cell), cell: cell.index, label, ...place, value, shade }];
}

function specOf(plane: SweptPlane, shades: Readonly<Record<string, Shades>>, choice: Choice): TopLevelSpec {
  const { x, y } = planeAxes(plane);
  const color = {
    field: 'shade',
    type: 'quantitative',
    scale: {
      domain: [{ expr: 'shades[chosen].from' }, { expr: 'shades[chosen].to' }],
      scheme: { expr: 'shades[chosen].scheme' },
      zero: false,
      nice: false,
    },
    legend: {
      title: null,
      gradientLength: 220,
      tickCount: 5,
      labelExpr: "format(shades[chosen].isLog ? pow(10, datum.value) : datum.value, '.3~g')",
    },
  } as const;
  const mark = plane.isScatter
    ? ({ type: 'point', filled: true, opacity: 1, size: 160, stroke: 'grey', strokeWidth: 0.5 } as const)
    : ({ type: 'rect' } as const);
  return {
    ...plotFrame,
    params: [...readerParams(choice, plane.choice), { name: 'shades', value: shades }],
    transform: [drawnOnly(choice, plane.choice)],
    layer: [
      { ...(plane.isScatter ? { params: [zoomParam] } : {}), mark, encoding: { x, y, color: color as never, tooltip } },
      ...(hasRoomForNumbers(plane) ? [plane.isScatter ? scatteredNumbers(x, y) : numberLayer(x, y)] : []),
    ],
  } as TopLevelSpec;
}

/** Positive numbers that span more than this are shaded by their logarithms. */
const widestLinear = 20;

/**
 * The colours of a quantity, for all slices, so that they can be compared: away from 0 where it has both signs, else from the
 * least to the greatest.
 */
function shadesOf(cells: readonly ReportedCell[], { of }: Quantity): Shades {
  const values = cells.flatMap((cell) => of(cell) ?? []);
  const [least, greatest] = extent(values);
  if (least < 0 && greatest > 0) {
    const reach = Math.max(-least, greatest);
    return { scheme: 'purpleorange', isLog: false, from: -reach, to: reach };
  }
  const isLog = least > 0 && greatest > widestLinear * least;
  const [from, to] = isLog ? [Math.log10(least), Math.log10(greatest)] : [least, greatest];
  return { scheme: 'viridis', isLog, from, to: to > from ? to : from + 1 };
}

/** The numbers have it, too: they lie on what they say. */
const tooltip = [
  { field: 'label', title: 'cell' },
  { field: 'choice', title: 'quantity' },
  { field: 'value', format: '.5~g' },
];

const mostNumbers = { across: 12, down: 18 };

/** More points than this are too near each other for numbers. */
const mostScattered = 30;

function hasRoomForNumbers({ across, down, isScatter }: SweptPlane): boolean {
  const [columns, rows] = [across.values.length, down.values.length];
  return isScatter ? columns <= mostScattered : columns <= mostNumbers.across && rows <= mostNumbers.down;
}

function scatteredNumbers(x: object, y: object) {
  return {
    mark: { type: 'text', fontSize: 10, dy: -13, aria: false },
    encoding: { x, y, text: { field: 'value', type: 'quantitative', format: '.3~g' }, tooltip },
  };
}

/** The numbers in their squares, where those are wide enough; black or white, as the square lets them be read. */
function numberLayer(x: object, y: object) {
  return {
    mark: { type: 'text', fontSize: 11, aria: false },
    encoding: {
      x,
      y,
      text: { field: 'value', type: 'quantitative', format: '.3~g' },
      opacity: { condition: { test: "bandwidth('x') > 38 && bandwidth('y') > 12", value: 1 }, value: 0 },
      color: { condition: { test: "luminance(scale('color', datum.shade)) > 0.18", value: 'black' }, value: 'white' },
      tooltip,
    },
  };
}

function captionOf(cells: readonly ReportedCell[], plane: SweptPlane): string {
  const marks = plane.isScatter
    ? 'Points: the cells of the sweep, whose other fields vary, too.'
    : `Squares: the cells of the sweep${plane.choice === null ? '' : ', those with one value of the other fields at a time'}.`;
  return `${marks} ${sweepText(cells)}`;
}
