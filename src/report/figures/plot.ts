import { extent } from './axis-scale.ts';
import type { Choice, Figure, Series } from './figure.ts';

/** Pixels of a picture on paper; a page gives it the room that there is. */
const plotSize = { width: 640, height: 400 } as const;

/** What every figure's specification begins with. */
export const plotFrame = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  ...plotSize,
  // The size is that of the picture with its axes and legend: a page makes it fit its place.
  autosize: { type: 'fit', contains: 'padding' },
  data: { name: 'rows' },
} as const;

/** The two runs of a pair: Okabe and Ito's blue and vermilion, apart for every kind of colour vision. */
export const pairSeries = [
  { run: 'lower', name: '‖q′‖, the less popular', color: '#0072B2' },
  { run: 'upper', name: '‖q″‖, the more popular', color: '#D55E00' },
] as const;

/**
 * Colours of series: apart for every kind of colour vision as far as eight can be, and 3:1 against white and a dark page
 * alike. No figure tells its series by them alone.
 */
const seriesColors = ['#0072B2', '#D55E00', '#009E73', '#B0559B', '#8F7A00', '#2E8BC0', '#C4453C', '#7A7A7A'] as const;

/** No more series than a reader can tell apart. */
export const mostSeries = seriesColors.length;

/** Dashes that go with the colours. */
const seriesDashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
  [1, 3],
  [10, 4],
  [4, 1, 1, 1],
  [3, 5],
];

/** Names with the colours of series, in order. */
export function colored(names: readonly string[]): Series[] {
  return names.map((name, index) => ({ name, color: seriesColors[index % mostSeries] }));
}

/** Tells series by colour. */
export function seriesColor(series: readonly Series[]) {
  return seriesScale(
    series,
    series.map(({ color }) => color),
  );
}

/**
 * Tells series by dashes, beside their colour.
 *
 * @param marks names of series that have no lines: the legend shows their marks
 */
export function seriesDash(series: readonly Series[], marks: readonly string[] = []) {
  return seriesScale(
    series,
    series.map(({ name }, index) => seriesDashes[marks.includes(name) ? 0 : index % mostSeries]),
  );
}

/** Tells lines by the same dashes, where the legend shows something else of the series. */
export function dashOf(series: readonly Series[]) {
  const condition = series.map(({ name }, index) => {
    return { test: { field: 'series', equal: name }, value: seriesDashes[index % mostSeries] };
  });
  return { condition, value: [1, 0] };
}

/**
 * Tells series by shapes, beside their colour.
 *
 * @param lines names of series that have no marks: the legend shows a line
 */
export function seriesShape(series: readonly Series[], lines: readonly string[] = []) {
  return seriesScale(
    series,
    series.map(({ name }, index) => (lines.includes(name) ? 'stroke' : seriesShapes[index % mostSeries])),
  );
}

/** Tells series by what each has of a range, in order. */
export function seriesScale<Value>(series: readonly Series[], range: readonly Value[]) {
  return {
    field: 'series',
    type: 'nominal',
    scale: { domain: series.map(({ name }) => name), range: [...range] },
    legend: legendOf(series),
  } as const;
}

const seriesShapes = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
];

/** None where there is nothing to tell apart. */
function legendOf(series: readonly Series[]) {
  return series.length < 2 ? null : seriesLegend(series);
}

/** The legend of series, of a single one too. */
export function seriesLegend(series: readonly Series[]) {
  const longest = Math.max(...series.map(({ name }) => name.length));
  return {
    title: null,
    orient: 'bottom',
    columns: longest > longestOfTwo ? 1 : 2,
    labelLimit: 560,
    symbolSize: 80,
  } as const;
}

/** The legend of series that lines tell apart: dashes, not filled marks. */
export const lineLegend = {
  title: null,
  orient: 'bottom',
  columns: 2,
  labelLimit: 560,
  symbolType: 'stroke',
  symbolSize: 500,
  symbolStrokeWidth: 2.5,
} as const;

/** Two names with more letters have no room beside each other on a narrow screen. */
const longestOfTwo = 26;

/**
 * The parameters by which a page hides series and chooses: `hidden`, names of series, `chosen`, an option, and `sliced`, one
 * of the figure's slices. A figure has them in `params`, and `drawnOnly` as its first transform.
 */
export function readerParams(choice: Choice | null, slice: Choice | null = null) {
  return [
    { name: 'hidden', value: [] },
    { name: 'chosen', value: choice?.options[0] ?? '' },
    { name: 'sliced', value: slice?.options[0] ?? '' },
  ];
}

/** Leaves out the rows of hidden series, and those of other options and slices than the chosen ones. */
export function drawnOnly(choice: Choice | null, slice: Choice | null = null) {
  const isChosen = choice === null ? '' : ' && datum.choice === chosen';
  const isSliced = slice === null ? '' : ' && datum.slice === sliced';
  return { filter: `indexof(hidden, datum.series) < 0${isChosen}${isSliced}` };
}

/** Makes the field `…Told` of one that not every row has: as a tooltip tells it, a dash where there is none. */
export function told(field: string, format?: string) {
  const text = format === undefined ? `datum.${field}` : `format(datum.${field}, '${format}')`;
  return { calculate: `isValid(datum.${field}) ? ${text} : '–'`, as: `${field}Told` };
}

/**
 * Makes the axes of a layer drag and zoom: with the wheel while Shift is held, so that a page still scrolls. Of the layers
 * of a figure one has it; `Figure.zoomed` names the fields on its axes, which the keys of a page move.
 */
export const zoomParam = {
  name: 'zoom',
  select: { type: 'interval', zoom: 'wheel![event.shiftKey]' },
  bind: 'scales',
} as const;

/** Positive numbers that span more than this are drawn on a logarithmic axis. */
const widestLinear = 20;

/** The scale of an axis for numbers: logarithmic where they are positive and span decades. */
export function numericScale(values: readonly number[]) {
  const [least, greatest] = extent(values);
  const isLog = least > 0 && greatest > widestLinear * least;
  // Marks at the ends are not cut.
  const room = { nice: false, padding: 12 } as const;
  return isLog ? ({ type: 'log', ...room } as const) : ({ type: 'linear', zero: false, ...room } as const);
}

/** The scale of an axis for recorded steps: logarithmic where they were recorded so. */
export function stepScale(steps: readonly number[]) {
  const middle = steps[Math.floor(steps.length / 2)];
  const isLog = 4 * middle < steps.at(-1)!;
  const room = { nice: false, padding: 8 } as const;
  return isLog ? ({ type: 'log', ...room } as const) : ({ type: 'linear', zero: true, ...room } as const);
}

/** A line that stands for a value, not for data. */
export const ruleMark = { type: 'rule', color: 'grey', strokeDash: [4, 3] as number[] } as const;

/** The first, the last and what lies evenly between them. */
export function evenly<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, index) => values[Math.round((index * (values.length - 1)) / (most - 1))]);
}

/** Of a figure in which a reader has nothing to choose. */
export const noChoice: Pick<Figure, 'series' | 'choice' | 'zoomed'> = { series: [], choice: null, zoomed: [] };
