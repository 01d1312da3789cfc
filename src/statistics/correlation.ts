import { sampleCorrelation } from 'simple-statistics';
import { twoSidedPValue } from '../maths/normal.ts';

/** A correlation, and the p-value of 'there is none'; null where one side does not vary, or there are fewer than 4. */
export interface Correlation {
  readonly coefficient: number;
  readonly pValue: number;
}

/** Pearson's correlation. */
export function pearson(xs: readonly number[], ys: readonly number[]): Correlation | null {
  return withPValue(xs, ys, sampleCorrelation);
}

/** Spearman's: Pearson's of the ranks, ties at their mean rank. */
export function spearman(xs: readonly number[], ys: readonly number[]): Correlation | null {
  return withPValue(xs, ys, (a, b) => sampleCorrelation(ranks(a), ranks(b)));
}

/** By Fisher's transform: atanh(r)√(n − 3) is about normal where there is no correlation. */
function withPValue(
  xs: readonly number[],
  ys: readonly number[],
  of: (xs: number[], ys: number[]) => number,
): Correlation | null {
  if (xs.length < 4 || !isVaried(xs) || !isVaried(ys)) return null;
  const coefficient = Math.min(1, Math.max(-1, of([...xs], [...ys])));
  const zScore = Math.atanh(coefficient) * Math.sqrt(xs.length - 3);
  return { coefficient, pValue: Number.isFinite(zScore) ? twoSidedPValue(zScore) : 0 };
}

function isVaried(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

/** Ranks from 0, ties at their mean rank. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranked = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1].value === order[from].value) to += 1;
    for (let at = from; at <= to; at++) ranked[order[at].index] = (from + to) / 2;
    from = to + 1;
  }
  return ranked;
}
