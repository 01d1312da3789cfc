import stringWidth from 'string-width';
import { formatSignificant } from '../../report/format-number.ts';
import type { Room } from '../panels/panel.ts';
import { BrailleCanvas, brailleOf } from './braille.ts';

/** A canvas, and the colour of its dots. */
export interface Layer {
  readonly canvas: BrailleCanvas;
  readonly paint: (text: string) => string;
}

/** A picture of dots with a title above it, a line below it, and the ends of its vertical axis beside it. */
export interface BraillePlot {
  readonly title: string;
  /** What the lowest and the highest dots stand for; null where nothing is to be read off. */
  readonly range: readonly [lowest: number, highest: number] | null;
  /** The line below, given how many columns it has. */
  readonly foot: (columns: number) => string;
  readonly draw: (open: () => BrailleCanvas) => readonly Layer[];
}

/** A plot in exactly its room. In a low one the line below goes first, then the title; in a narrow one the axis. */
export function plotLines({ title, range, foot, draw }: BraillePlot, { width, height }: Room): string[] {
  const labels = range === null || width < 20 || height < 4 ? [] : range.map((value) => formatSignificant(value, 3));
  const gutter = labels.length === 0 ? 0 : 1 + Math.max(...labels.map((label) => stringWidth(label)));
  const columns = Math.max(0, width - gutter);
  const head = height < 3 ? [] : [fitted(title, width)];
  const tail = height < 5 ? [] : [' '.repeat(gutter) + fitted(foot(columns), columns)];
  const rows = Math.max(0, height - head.length - tail.length);
  const drawn = paintedLines(draw(() => new BrailleCanvas(columns, rows)));
  const body = drawn.map((line, row) => {
    const label = row === 0 ? labels[1] : row === rows - 1 ? labels[0] : undefined;
    return `${label ?? ''}`.padStart(Math.max(0, gutter - 1)) + (gutter === 0 ? '' : ' ') + line;
  });
  return [...head, ...body, ...tail];
}

/** Canvases of one size on one another: where several have dots, the last of them gives the colour to all. */
export function paintedLines(layers: readonly Layer[]): string[] {
  const { columns, rows } = layers[0].canvas;
  return Array.from({ length: rows }, (_, row) => {
    let line = '';
    let run = '';
    let painter: Layer['paint'] | null = null;
    for (let column = 0; column < columns; column++) {
      const here = layers.map(({ canvas }) => canvas.bitsAt(column, row));
      const top = layers[here.findLastIndex((bits) => bits !== 0)]?.paint ?? null;
      if (top !== painter) {
        line += painter === null ? run : painter(run);
        run = '';
        painter = top;
      }
      run += brailleOf(here.reduce((all, bits) => all | bits, 0));
    }
    return line + (painter === null ? run : painter(run));
  });
}

/** Text cut or filled to exactly so many columns; for characters of one column each. */
export function fitted(text: string, columns: number): string {
  return [...text].slice(0, columns).join('').padEnd(columns);
}

/** Three texts at the left, in the middle and at the right; without the middle one where that does not fit. */
export function spread([left, middle, right]: readonly [string, string, string], columns: number): string {
  const spare = columns - left.length - middle.length - right.length;
  if (spare < 2) return fitted(left + right.padStart(columns - left.length), columns);
  const before = Math.floor(spare / 2);
  return `${left}${' '.repeat(before)}${middle}${' '.repeat(spare - before)}${right}`;
}
