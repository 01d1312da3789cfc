import asciichart from 'asciichart';
import stringWidth from 'string-width';
import { formatCount } from '../../report/format-number.ts';
import { resample } from '../../report/resample.ts';
import type { Room } from '../panels/panel.ts';
import type { AxisScale } from '../ui-state.ts';
import { type Axis, axisOf } from './axis.ts';

/** How a curve is drawn: as a thin or a heavy line, or by a mark of one column at each place. */
type Stroke = 'thin' | 'heavy' | { readonly mark: string; readonly everyColumns: number };

/** One curve of a chart; curves of one chart may be known at different places. */
export interface Curve {
  /** Written at its right end, so that it can be told without colour; empty for none. */
  readonly label: string;
  /** Where it is known, increasing. */
  readonly at: readonly number[];
  /** One for each place; those that are not finite leave a gap. */
  readonly values: readonly number[];
  readonly stroke: Stroke;
  readonly paint: (text: string) => string;
}

export interface ChartOptions {
  readonly scale: AxisScale;
  /** What the places are, for the line below the chart: `step`; null for no such line. */
  readonly places: string | null;
}

/** What is drawn in one column of one line. */
type Grid = (string | undefined)[][];

type Symbols = NonNullable<asciichart.PlotConfig['symbols']>;

/** asciichart's signs, in its order: crossing, axis, two half lines, line, four corners, upright. */
const strokes: Record<'thin' | 'heavy', Symbols> = {
  thin: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
  heavy: ['┿', '┤', '╺', '╸', '━', '┗', '┏', '┓', '┛', '┃'],
};

/** Fewer columns than this are left to the curves alone. */
const fewestColumns = 8;

/**
 * Curves on one grid, as lines of text that fit the room: marks under lines, earlier curves under later ones. Empty where
 * no value can be drawn.
 */
export function lineChart(curves: readonly Curve[], room: Room, { scale, places }: ChartOptions): string[] {
  const ends = extentOf(curves);
  const hasPlaces = places !== null && room.height > 3;
  const axis = axisOf(
    curves.flatMap(({ values }) => values),
    scale,
    room.height - (hasPlaces ? 1 : 0),
  );
  if (axis === null || ends === null || room.height < 1 || room.width < 1) return [];
  const labels = labelsOf(axis);
  const names = namesOf(curves, axis);
  const { left, right } = margins(room.width, widest(labels), widest(names.map(({ text }) => text)));
  const columns = room.width - right - (left === 0 ? 0 : left + 1);
  const grid = gridOf(curves, axis, columns, ends);
  const lines = grid.map((cells, index) => {
    const row = axis.rows - 1 - index;
    const start = left === 0 ? '' : `${labels[row].padStart(left)}${cells[0] ?? '┤'}`;
    const body = cells.slice(1).map((cell) => cell ?? ' ');
    const name = right === 0 ? '' : (names.find((one) => one.row === row)?.painted ?? '');
    return `${start}${body.join('')}${name}`.trimEnd();
  });
  if (!hasPlaces) return lines;
  return [...lines, `${' '.repeat(left)}${placesLine(places, ends, room.width - left - right)}`];
}

/** From the first place of any curve to the last; null where there is none. */
function extentOf(curves: readonly Curve[]): { first: number; last: number } | null {
  const places = curves.flatMap(({ at }) => at).filter(Number.isFinite);
  if (places.length === 0) return null;
  return places.reduce(({ first, last }, place) => ({ first: Math.min(first, place), last: Math.max(last, place) }), {
    first: places[0],
    last: places[0],
  });
}

function labelsOf(axis: Axis): string[] {
  return Array.from({ length: axis.rows }, (_, row) => axis.label(row));
}

interface Name {
  readonly row: number;
  readonly text: string;
  readonly painted: string;
}

/** The curves' labels, by the lines on which they end; those of one line stand side by side, the higher curve first. */
function namesOf(curves: readonly Curve[], axis: Axis): Name[] {
  const ended = curves.flatMap(({ label, values, paint }) => {
    const end = values.findLast((value) => Number.isFinite(axis.heightOf(value)));
    return label === '' || end === undefined ? [] : [{ label, paint, height: axis.heightOf(end) }];
  });
  const byRow = Map.groupBy(
    ended.toSorted((a, b) => b.height - a.height),
    ({ height }) => Math.round(height),
  );
  return [...byRow].map(([row, group]) => ({
    row,
    text: group.map(({ label }) => ` ${label}`).join(''),
    painted: group.map(({ label, paint }) => ` ${paint(label)}`).join(''),
  }));
}

/** Names at the ends tell the curves apart, so that the axis gives way first. */
function margins(width: number, left: number, right: number): { left: number; right: number } {
  if (width - left - 1 - right >= fewestColumns) return { left, right };
  if (width - right >= fewestColumns) return { left: 0, right };
  return { left: 0, right: 0 };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);
}

/** Lines of columns, from the top; column 0 is that of the axis. */
function gridOf(curves: readonly Curve[], axis: Axis, columns: number, ends: { first: number; last: number }): Grid {
  const grid: Grid = Array.from({ length: axis.rows }, () => new Array(columns + 1).fill(undefined));
  const isLine = ({ stroke }: Curve) => typeof stroke === 'string';
  for (const curve of [...curves.filter((one) => !isLine(one)), ...curves.filter(isLine)]) {
    const known = curve.at.flatMap((place, index) => (Number.isFinite(place) ? index : []));
    const at = known.map((index) => curve.at[index]);
    const heights = known.map((index) => axis.heightOf(curve.values[index]));
    const resampled = resample(at, heights, { ...ends, count: columns + 1 });
    if (typeof curve.stroke === 'string') drawLine(grid, resampled, strokes[curve.stroke], curve.paint);
    else drawMarks(grid, resampled, curve.stroke, curve.paint);
  }
  return grid;
}

function drawMarks(
  grid: Grid,
  heights: readonly number[],
  { mark, everyColumns }: Exclude<Stroke, string>,
  paint: Curve['paint'],
): void {
  for (let column = everyColumns; column < heights.length; column += everyColumns) {
    if (Number.isFinite(heights[column])) grid[rowAt(grid, heights[column])][column] = paint(mark);
  }
}

/** asciichart never sees anything but a run of finite heights within the grid: anything else makes it throw. */
function drawLine(grid: Grid, heights: readonly number[], symbols: Symbols, paint: Curve['paint']): void {
  for (const { start, run } of finiteRuns(heights)) {
    if (run.length === 1) {
      grid[rowAt(grid, run[0])][Math.max(1, start)] = paint(symbols[4]);
      continue;
    }
    // From 1, because asciichart marks a line of value 0; its label is one blank, and the axis its second column.
    const picture = asciichart.plot(
      run.map((height) => grid.length - rowAt(grid, height)),
      { min: 1, max: grid.length, height: grid.length - 1, offset: 2, format: () => ' ', symbols },
    );
    for (const [row, line] of picture.split('\n').entries()) {
      for (const [place, sign] of [...line].entries()) {
        const column = start + place - 1;
        const isBeforeRun = place < 1 || (place === 1 && (start > 0 || sign === symbols[1]));
        if (sign !== ' ' && !isBeforeRun) grid[row][column] = paint(sign);
      }
    }
  }
}

/** The line of a grid, from the top, on which a height lies. */
function rowAt(grid: Grid, height: number): number {
  return grid.length - 1 - Math.min(grid.length - 1, Math.max(0, Math.round(height)));
}

function finiteRuns(heights: readonly number[]): { start: number; run: number[] }[] {
  const runs: { start: number; run: number[] }[] = [];
  heights.forEach((height, index) => {
    if (!Number.isFinite(height)) return;
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.run.length === index) last.run.push(height);
    else runs.push({ start: index, run: [height] });
  });
  return runs;
}

function placesLine(name: string, { first, last }: { first: number; last: number }, width: number): string {
  const [start, end] = [`${name} ${formatCount(first)}`, formatCount(last)];
  const line = `${start}${end.padStart(Math.max(0, width - stringWidth(start)))}`;
  return stringWidth(line) <= width ? line : line.slice(0, Math.max(0, width));
}
