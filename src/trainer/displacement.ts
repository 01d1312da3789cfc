import { dot, type Matrix, rowOf } from '../maths/matrix.ts';

/** How one row moved in a step. */
export interface Displacement {
  readonly row: number;
  /** q·Δq: the article's metric of orthogonality, which depends on the scale. */
  readonly product: number;
  /** cos(q, Δq), which does not. */
  readonly cosine: number;
  /** ‖Δq‖ */
  readonly length: number;
  /** (s⁺ − s)/‖Δq‖², 1 where the step is tangent. */
  readonly growth: number;
}

/** The displacements of the rows that moved. */
export function displacements(before: Matrix, after: Matrix): Displacement[] {
  return Array.from({ length: before.rows }, (_, row) => row).flatMap((row) => {
    const [from, to] = [rowOf(before, row), rowOf(after, row)];
    const move = to.map((value, index) => value - from[index]);
    const length = Math.sqrt(dot(move, move));
    if (length === 0) return [];
    const product = dot(from, move);
    const cosine = product / length / Math.sqrt(dot(from, from));
    return [{ row, product, cosine, length, growth: (dot(to, to) - dot(from, from)) / dot(move, move) }];
  });
}
