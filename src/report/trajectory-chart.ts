import asciichart from 'asciichart';
import type { CellResult } from '../engine/cell-result.ts';
import { formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';

const [columns, height] = [60, 10];

/**
 * The mean norms of both runs over the recorded steps, as lines of text, each curve labelled at its end so that it can
 * be told without colour. Null with fewer than two recorded steps.
 */
export function trajectoryChart({ trajectory }: CellResult, paint: Paint): string | null {
  const { step, lower, upper } = trajectory;
  if (step.length < 2) return null;
  const [first, last] = [step[0], step[step.length - 1]];
  const curves = [resample(step, lower.mean), resample(step, upper.mean)];
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

/** The line of the plot on which a value lies, counted from the top. */
function rowOf(value: number, curves: readonly (readonly number[])[], rows: number): number {
  const [least, most] = [Math.min(...curves.flat()), Math.max(...curves.flat())];
  return most === least ? 0 : Math.round(((most - value) / (most - least)) * (rows - 1));
}

/** Linear interpolation on evenly spaced steps: asciichart draws one column a value. */
function resample(steps: readonly number[], values: readonly number[]): number[] {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  let left = 0;
  return Array.from({ length: columns }, (_, column) => {
    const at = first + ((last - first) * column) / (columns - 1);
    while (left < steps.length - 2 && steps[left + 1] < at) left += 1;
    const share = (at - steps[left]) / (steps[left + 1] - steps[left]);
    return values[left] + (values[left + 1] - values[left]) * share;
  });
}
