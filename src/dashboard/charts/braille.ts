/** A range of each axis: what is drawn lies between, ends included. */
export interface Axes {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

export type Point = readonly [x: number, y: number];

/** A part of a canvas's width, in dots. */
interface Area {
  readonly left: number;
  readonly width: number;
}

interface ScatterOptions {
  /** Where on the canvas; all of it unless given. */
  readonly area?: Area;
  readonly mark?: (canvas: BrailleCanvas, place: Point) => void;
}

/** The bit of each dot of a character, rows from the top: U+2800 plus the bits of its dots is the character. */
const dotBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/**
 * A picture of dots, two across and four down to a character of the terminal; a dot is about square.
 *
 * Dots are counted from the top left. What lies outside, or nowhere, is not drawn: no drawing throws, and none costs more
 * than the dots of the canvas.
 */
export class BrailleCanvas {
  /** Its size in characters, and in dots. */
  readonly columns: number;
  readonly rows: number;
  readonly dotsWide: number;
  readonly dotsHigh: number;
  readonly #bits: Uint8Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.dotsWide = 2 * columns;
    this.dotsHigh = 4 * rows;
    this.#bits = new Uint8Array(columns * rows);
  }

  dot(x: number, y: number): void {
    const [column, row] = [Math.round(x), Math.round(y)];
    // In this form it is false for NaN, too.
    if (!(column >= 0 && column < this.dotsWide && row >= 0 && row < this.dotsHigh)) return;
    this.#bits[(row >> 2) * this.columns + (column >> 1)] |= dotBits[row & 3][column & 1];
  }

  /** A straight line, both ends included. */
  line([x0, y0]: Point, [x1, y1]: Point): void {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const [from, to] = this.#within([x0, y0], [dx, dy]);
    const dots = Math.ceil((to - from) * Math.max(Math.abs(dx), Math.abs(dy)));
    for (let index = 0; index <= dots; index++) {
      const share = dots === 0 ? from : from + ((to - from) * index) / dots;
      this.dot(x0 + share * dx, y0 + share * dy);
    }
  }

  /** A circle, octant by octant; not drawn where its radius is larger than the canvas. */
  circle([x, y]: Point, radius: number): void {
    if (!(radius >= 0 && radius <= this.dotsWide + this.dotsHigh)) return;
    for (let near = 0; near <= radius * Math.SQRT1_2 + 0.5; near++) {
      const far = Math.sqrt(Math.max(0, radius * radius - near * near));
      for (const [dx, dy] of [
        [near, far],
        [far, near],
      ]) {
        for (const sign of [1, -1]) {
          this.dot(x + dx, y + sign * dy);
          this.dot(x - dx, y + sign * dy);
        }
      }
    }
  }

  /** The dots of a character: what is to be added to U+2800. */
  bitsAt(column: number, row: number): number {
    return this.#bits[row * this.columns + column];
  }

  lines(): string[] {
    return Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.columns }, (_, column) => brailleOf(this.bitsAt(column, row))).join(''),
    );
  }

  /** The shares of a line between which it is on the canvas, a dot more or less; none where it is nowhere. */
  #within(start: Point, step: Point): readonly [from: number, to: number] {
    let [from, to] = [0, 1];
    for (const [axis, dots] of [this.dotsWide, this.dotsHigh].entries()) {
      if (!Number.isFinite(start[axis]) || !Number.isFinite(step[axis])) return [0, -1];
      if (step[axis] === 0) continue;
      const ends = [-1, dots].map((edge) => (edge - start[axis]) / step[axis]);
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    return [from, to];
  }
}

/** The character with these dots; a blank for none, since some fonts draw U+2800 as hollow dots. */
export function brailleOf(bits: number): string {
  return bits === 0 ? ' ' : String.fromCharCode(0x2800 + bits);
}

/** Where a point of the plane is on a canvas, or on a part of its width: y goes up. A range of no length is its middle. */
export function placeOn(canvas: BrailleCanvas, axes: Axes, area: Area = { left: 0, width: canvas.dotsWide }) {
  const share = ([from, to]: readonly [number, number], value: number) => {
    return to > from ? (value - from) / (to - from) : 0.5;
  };
  return ([x, y]: Point): Point => [
    area.left + share(axes.x, x) * (area.width - 1),
    (1 - share(axes.y, y)) * (canvas.dotsHigh - 1),
  ];
}

/** A dot, or another mark, for each point. */
export function scatter(
  canvas: BrailleCanvas,
  points: readonly Point[],
  axes: Axes,
  { area, mark = (on, [x, y]) => on.dot(x, y) }: ScatterOptions = {},
): void {
  const place = placeOn(canvas, axes, area);
  for (const point of points) mark(canvas, place(point));
}

/** Lines from each point to the next; a single point is a dot. */
export function polyline(canvas: BrailleCanvas, points: readonly Point[], axes: Axes): void {
  const places = points.map(placeOn(canvas, axes));
  if (places.length === 1) canvas.dot(...places[0]);
  for (const [index, place] of places.slice(1).entries()) canvas.line(places[index], place);
}

/** The least and the greatest of what is finite; null where nothing is. */
export function rangeOf(values: readonly number[]): readonly [number, number] | null {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return least <= greatest ? [least, greatest] : null;
}
