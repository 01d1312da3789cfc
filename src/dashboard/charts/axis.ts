import { formatSignificant } from '../../report/format-number.ts';
import type { AxisScale } from '../ui-state.ts';

/** The vertical axis of a chart: where a value is drawn, and what value a line stands for. */
export interface Axis {
  /** The lines that it spans: 1 where all values are equal, else those that were asked for. */
  readonly rows: number;
  /** How far up a value lies, between 0 for the lowest line and rows − 1; NaN where it cannot be drawn. */
  heightOf(value: number): number;
  /** The value, untransformed, that a line stands for, counted from the lowest. */
  label(row: number): string;
}

interface Transformation {
  /** Of a value in units of the greatest size there is, so that a fourth power does not overflow. */
  readonly forward: (value: number) => number;
  readonly back: (transformed: number) => number;
}

const transformations: Readonly<Record<AxisScale, Transformation>> = {
  linear: { forward: (value) => value, back: (transformed) => transformed },
  // Of 0 it is −∞ and of negative numbers NaN: neither is drawn.
  logarithmic: { forward: Math.log, back: Math.exp },
  'fourth power': {
    forward: (value) => Math.sign(value) * value ** 4,
    back: (transformed) => Math.sign(transformed) * Math.abs(transformed) ** 0.25,
  },
};

/** The axis that holds all of the values that can be drawn; null where there is none. */
export function axisOf(values: readonly number[], scale: AxisScale, rows: number): Axis | null {
  const { forward, back } = transformations[scale];
  const greatest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  const unit = greatest === 0 ? 1 : greatest;
  const drawn = values.map((value) => forward(value / unit)).filter(Number.isFinite);
  if (drawn.length === 0) return null;
  const [least, most] = drawn.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const span = most - least;
  if (span === 0 || rows < 2) {
    const isDrawn = (value: number) => Number.isFinite(forward(value / unit));
    return { rows: 1, heightOf: (value) => (isDrawn(value) ? 0 : Number.NaN), label: () => text(unit * back(most), 4) };
  }
  const digits = Math.min(9, Math.max(3, 1 + Math.ceil(Math.log10((rows - 1) / span))));
  return {
    rows,
    heightOf: (value) => {
      const transformed = forward(value / unit);
      return Number.isFinite(transformed) ? ((transformed - least) / span) * (rows - 1) : Number.NaN;
    },
    label: (row) => text(unit * back(least + (span * row) / (rows - 1)), scale === 'linear' ? digits : 4),
  };
}

function text(value: number, digits: number): string {
  return formatSignificant(value, digits);
}
