import { dot, type Matrix, rowOf } from '../maths/matrix.ts';
import { displacements } from './displacement.ts';

/** How the rows of one side moved in a recorded step. */
export interface SideRecord {
  readonly rows: number;
  readonly moved: number;
  /** Share of all rows with |q·Δq| ≤ 1e-6: the article's measure, which depends on the scale (gap G9). */
  readonly articleShare: number;
  /** Share of the rows that moved with |cos(Δq, q)| no larger than rounding can make it. */
  readonly tangentShare: number;
  /** Median and maximum of |cos(Δq, q)| over the rows that moved; null where none did. */
  readonly cosine: { readonly median: number; readonly max: number } | null;
  /** The largest |cos(Δq, q)| that rounding alone may make of a tangent move, over the rows that moved. */
  readonly roundingFloor: number | null;
  /** Median of (s⁺ − s)/‖Δq‖² over the rows that moved: 1 where the step is tangent. */
  readonly growth: number | null;
  readonly meanNorm: number;
}

/** What the article calls orthogonal. */
const articleTolerance = 1e-6;

/** Ulps of q·Δq that rounding may make, for each of d + 4 operations: the gradient, the step, and both sums. */
const roundingUlps = 8;

/** Compares the outputs of a side before and after a step. */
export function sideRecord(before: Matrix, after: Matrix): SideRecord {
  const moves = displacements(before, after);
  const cosines = moves.map(({ cosine }) => Math.abs(cosine)).sort((a, b) => a - b);
  const floors = moves.map(({ row, length }) => {
    // The rounding of q + Δq is relative to q, not to Δq.
    const size = Math.sqrt(dot(rowOf(before, row), rowOf(before, row)));
    return roundingUlps * (before.columns + 4) * 2 ** -53 * (1 + size / length);
  });
  const inArticle = moves.filter(({ product }) => Math.abs(product) <= articleTolerance).length;
  const tangent = moves.filter(({ cosine }, index) => Math.abs(cosine) <= floors[index]).length;
  const growths = moves.map(({ growth }) => growth).sort((a, b) => a - b);
  const still = before.rows - moves.length;
  const norms = Array.from({ length: after.rows }, (_, row) => Math.sqrt(dot(rowOf(after, row), rowOf(after, row))));
  const hasMoved = moves.length > 0;
  return {
    rows: before.rows,
    moved: moves.length,
    articleShare: (inArticle + still) / before.rows,
    tangentShare: hasMoved ? tangent / moves.length : 1,
    cosine: hasMoved ? { median: middle(cosines), max: cosines.at(-1)! } : null,
    roundingFloor: hasMoved ? Math.max(...floors) : null,
    growth: hasMoved ? middle(growths) : null,
    meanNorm: norms.reduce((sum, norm) => sum + norm, 0) / norms.length,
  };
}

function middle(sorted: readonly number[]): number {
  return sorted[sorted.length >> 1];
}
