import type { Path } from '../problem.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import type { WrittenAxis } from '../schema/sweep.ts';

/** What a swept field takes. */
export type AxisValue = number | string | boolean;

/** A swept field and the values it takes, in order. */
export interface Axis {
  readonly name: string;
  readonly path: Path;
  readonly values: readonly AxisValue[];
}

/** How many values an axis has, without making them. */
export function axisLength(written: WrittenAxis): number {
  return Array.isArray(written) ? written.length : 'linear' in written ? written.linear[2] : written.log[2];
}

/** @param written whose grid, if it has one, is sound: see `axisProblems` */
export function expandAxis(name: string, written: WrittenAxis, { keysOf, isInteger }: FieldCatalogue): Axis {
  return { name, path: keysOf(name), values: axisValues(written, isInteger(name)) };
}

function axisValues(written: WrittenAxis, isIntegral: boolean): AxisValue[] {
  if (Array.isArray(written)) return written.map((value) => (value === 0 ? 0 : value));
  const isLinear = 'linear' in written;
  const [from, to, count] = isLinear ? written.linear : written.log;
  const between = isLinear
    ? (share: number) => from * (1 - share) + to * share
    : (share: number) => from * Math.exp(share * (Math.log(to) - Math.log(from)));
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return from;
    if (index === count - 1) return to;
    // Each from its index, so that no error adds up; to the digits that are right, so that 0.1 … 100 passes through 1.
    const value = Number(between(index / (count - 1)).toPrecision(isLinear ? 15 : 13));
    const inside = Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
    return isIntegral ? Math.round(inside) : inside;
  });
}
