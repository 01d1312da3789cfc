import { type Matrix, rowOf } from '../../maths/matrix.ts';
import type { ParameterGradient } from '../parameter.ts';

/** Visits rows with their gradients: those that the gradient has, or all, with null for a row that it lacks. */
export function eachRow(
  value: Matrix,
  { rows, values }: ParameterGradient,
  which: 'all' | 'present',
  visit: (row: number, gradient: Float64Array | null) => void,
): void {
  if (rows === null) {
    for (let row = 0; row < value.rows; row++) visit(row, rowOf(values, row));
    return;
  }
  if (which === 'present') {
    for (const [at, row] of rows.entries()) visit(row, rowOf(values, at));
    return;
  }
  const position = new Map(rows.map((row, at) => [row, at]));
  for (let row = 0; row < value.rows; row++) {
    const at = position.get(row);
    visit(row, at === undefined ? null : rowOf(values, at));
  }
}
