import asciichart from 'asciichart';
import type { CellResult } from '../engine/cell-result.ts';
import { formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { resample } from './resample.ts';

const [columns, height] = [60, 10];

/**
 * The mean norms of both runs over the recorded steps, as lines of text, each curve labelled at its end so that it can
 * be told without colour. Null with fewer than two recorded steps.
 */
export function trajectoryChart({ trajectory }: CellResult, paint: Paint): string | null {
  const { step, lower, upper } = trajectory;
  if (step.length < 2) return null;
  const [first, last] = [step[0], step[step.length - 1]];
  const curves = flattened([lower, upper].map(({ mean }) => resample(step, mean, { first, last, count: columns })));
  const format = (value: number) => formatSignificant(value, 4).padStart(9);
  const rows = asciichart.plot(curves, { height, format }).split('\n');
  const [lowerRow, upperRow] = curves.map((curve) => rowOf(curve[columns - 1], curves, rows.length));
  const labelled = rows.map((row, index) => {
    const labels = [index === upperRow ? paint.upper(' ‖q″‖') : '', index === lowerRow ? paint.lower(' ‖q′‖') : ''];
    return `  ${row}${labels.join('')}`;
  });
  const axis = `${' '.repeat(12)}step ${first}${String(last).padStart(columns - 5 - String(first).length)}`;
  return `${labelled.join('\n')}\n${paint.dim(axis)}`;
}

/** A range of a few ulps, which the chart library would count rows in for ever, is none. */
function flattened(curves: readonly number[][]): number[][] {
  const [least, most] = [Math.min(...curves.flat()), Math.max(...curves.flat())];
  return most - least > 1e-12 * Math.abs(most) ? [...curves] : curves.map((curve) => curve.map(() => least));
}

/** The line of the plot on which a value lies, counted from the top. */
function rowOf(value: number, curves: readonly (readonly number[])[], rows: number): number {
  const [least, most] = [Math.min(...curves.flat()), Math.max(...curves.flat())];
  return most === least ? 0 : Math.round(((most - value) / (most - least)) * (rows - 1));
}
