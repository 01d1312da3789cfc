import { mostRows } from '../../report/figures/moved-rows.ts';
import { formatCount, formatParameter } from '../../report/format-number.ts';
import type { StepRecord } from '../../trainer/training-summary.ts';
import { screenPaint } from '../paint.ts';
import type { ShownItems, ShownRecord, ShownTraining } from '../shown-training.ts';
import { type Axes, type BrailleCanvas, type Point, placeOn, polyline, rangeOf, scatter } from './braille.ts';
import { type BraillePlot, fitted, type Layer, spread } from './braille-plot.ts';

/** A picture of a training. A flat one loses little where it is low: two of them go on one another. */
export interface TrainingPicture extends BraillePlot {
  readonly isFlat: boolean;
}

/** All pictures that a training has something for. */
export function trainingPictures(training: ShownTraining): TrainingPicture[] {
  const pictured = training.records.findLast(({ picture }) => picture != null);
  return [
    overEpochs('loss', training.losses, []),
    overEpochs('Pearson of popularity and norm', pearsons(training.records), [0]),
    pictured === undefined ? null : displacementPicture(pictured),
    training.items === null ? null : normPicture(training.items),
  ].filter((picture) => picture !== null);
}

function pearsons(records: readonly ShownRecord[]): Point[] {
  return records.flatMap(({ epoch, popularity }) => {
    const coefficient = popularity?.pearson ?? Number.NaN;
    return Number.isFinite(coefficient) ? [[epoch, coefficient] as const] : [];
  });
}

/** A line from epoch to epoch, on an axis that holds some levels, too, which are drawn. */
function overEpochs(title: string, points: readonly Point[], levels: readonly number[]): TrainingPicture | null {
  const [x, y] = [rangeOf(points.map(([epoch]) => epoch)), rangeOf([...points.map(([, value]) => value), ...levels])];
  if (x === null || y === null) return null;
  const axes = { x, y: widened(y) };
  const [from, to] = x.map(formatCount);
  return {
    title,
    isFlat: true,
    range: axes.y,
    foot: (columns) => spread([from, from === to ? 'epoch' : 'epochs', from === to ? '' : to], columns),
    draw(open) {
      const [ground, line] = [open(), open()];
      for (const level of levels) ground.line(...edges(ground, axes, level));
      polyline(line, points, axes);
      return [
        { canvas: ground, paint: screenPaint.dim },
        { canvas: line, paint: screenPaint.lower },
      ];
    },
  };
}

/** A range of no length has some on both sides. */
function widened([from, to]: readonly [number, number]): readonly [number, number] {
  const more = from < to ? 0 : Math.abs(to) / 10 || 1;
  return [from - more, to + more];
}

function edges(canvas: BrailleCanvas, axes: Axes, level: number): [Point, Point] {
  const [, y] = placeOn(canvas, axes)([axes.x[0], level]);
  return [
    [0, y],
    [canvas.dotsWide - 1, y],
  ];
}

/** More rows than this are dots: larger marks would run into one another. */
const mostMarks = 100;

/** A dot's place among popularities that reach over more than this is by its logarithm. */
const widestLinear = 20;

/** The items' norms over their popularity: at the start on the left, at the end on the right, on the same axes. */
function normPicture({ training, popularity, initialNorm, finalNorm }: ShownItems): TrainingPicture | null {
  const counts = rangeOf(popularity);
  const norms = rangeOf([...initialNorm, ...finalNorm]);
  if (counts === null || norms === null) return null;
  const isLogarithmic = counts[1] > widestLinear * Math.max(1, counts[0]);
  // An item that was never met stands with those met once.
  const across = (count: number) => (isLogarithmic ? Math.log(Math.max(1, count)) : count);
  const axes = { x: [across(counts[0]), across(counts[1])], y: widened(norms) } as const;
  const points = (of: readonly number[]) => popularity.map((count, item) => [across(count), of[item]] as const);
  const mark = popularity.length > mostMarks ? {} : { mark: block };
  const [least, most] = [formatParameter(counts[0]), formatParameter(counts[1])];
  return {
    title: `norm over popularity${isLogarithmic ? ' (log)' : ''}, training ${training}`,
    isFlat: false,
    range: axes.y,
    foot(columns) {
      const [half, gap] = halves(columns);
      return ['start', 'end'].map((when) => spread([least, when, most], half)).join('│'.padEnd(gap));
    },
    draw(open) {
      const [start, end, border] = [open(), open(), open()];
      const [half, gap] = halves(start.columns);
      for (const [canvas, norm, left] of [
        [start, initialNorm, 0],
        [end, finalNorm, 2 * (half + gap)],
      ] as const) {
        // A dot at the very edge would be lost beside the border.
        scatter(canvas, points(norm), axes, { area: { left: left + 1, width: 2 * half - 3 }, ...mark });
      }
      border.line([2 * half, 0], [2 * half, border.dotsHigh - 1]);
      return [
        { canvas: border, paint: screenPaint.dim },
        { canvas: start, paint: screenPaint.lower },
        { canvas: end, paint: screenPaint.upper },
      ];
    },
  };
}

/** The columns of two equal parts, and of what is between them. */
function halves(columns: number): [half: number, gap: number] {
  const half = Math.max(0, Math.floor((columns - 1) / 2));
  return [half, Math.max(0, columns - 2 * half)];
}

/** Radii of the article's circles. */
const radii = [1, 1.5, 2];

/** The plane: circles, and of each row a line from where it was before the step to a mark where it is. */
function displacementPicture({ epoch, picture }: ShownRecord): TrainingPicture {
  const { user, item } = picture as NonNullable<StepRecord['picture']>;
  const sides = { user: strokesOf(user), item: strokesOf(item) };
  const isCrowd = Math.max(sides.user.length, sides.item.length) > mostMarks;
  const range = rangeOf([...sides.user, ...sides.item].flat(2).map(Math.abs));
  const reach = 1.08 * Math.max(radii.at(-1)!, range?.[1] ?? 0);
  return {
    title: `displacement in epoch ${formatCount(epoch)}; circles ${radii.join(', ')}`,
    isFlat: false,
    range: null,
    foot: (columns) =>
      fitted(`${isCrowd ? 'users and items' : '+ users, ■ items'}, each with a line from before`, columns),
    draw(open) {
      const [circles, users, items] = [open(), open(), open()];
      const { place, scale } = squareOn(circles, reach);
      for (const radius of radii) circles.circle(place([0, 0]), radius * scale);
      for (const [canvas, side, mark] of [
        [users, sides.user, plus],
        [items, sides.item, block],
      ] as const) {
        for (const [from, to] of side) {
          canvas.line(place(from), place(to));
          if (!isCrowd) mark(canvas, place(to));
        }
      }
      return [
        { canvas: circles, paint: screenPaint.dim },
        { canvas: users, paint: screenPaint.lower },
        { canvas: items, paint: screenPaint.upper },
      ] satisfies Layer[];
    },
  };
}

/** Before and after of each row; of very many, as many as the figures draw, evenly spaced. */
function strokesOf({ from, to }: NonNullable<StepRecord['picture']>['user']): [Point, Point][] {
  const rows = Math.floor(Math.min(from.length, to.length) / 2);
  const count = Math.min(rows, mostRows);
  return Array.from({ length: count }, (_, index) => {
    const at = 2 * Math.floor((index * rows) / count);
    return [
      [from[at], from[at + 1]],
      [to[at], to[at + 1]],
    ];
  });
}

/** The largest square in the middle of a canvas, as a plane from −reach to reach; and the dots of a unit. */
function squareOn({ dotsWide, dotsHigh }: BrailleCanvas, reach: number) {
  const scale = Math.max(0, Math.min(dotsWide, dotsHigh) - 1) / (2 * reach);
  const place = ([x, y]: Point): Point => [(dotsWide - 1) / 2 + scale * x, (dotsHigh - 1) / 2 - scale * y];
  return { place, scale };
}

function plus(canvas: BrailleCanvas, [x, y]: Point): void {
  canvas.line([x - 1, y], [x + 1, y]);
  canvas.line([x, y - 1], [x, y + 1]);
}

function block(canvas: BrailleCanvas, [x, y]: Point): void {
  // Upwards and to the right: a block on the lowest line is seen whole.
  canvas.line([x, y], [x + 1, y]);
  canvas.line([x, y - 1], [x + 1, y - 1]);
}
