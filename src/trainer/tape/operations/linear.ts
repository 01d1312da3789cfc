import { addScaled, type Matrix, rowOf, times, timesTransposed, transposed, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';

/** a + b, of one shape. */
export function add(tape: Tape, a: Variable, b: Variable): Variable {
  const sum = zeros(a.value.rows, a.value.columns);
  sum.values.forEach((_, index) => {
    sum.values[index] = a.value.values[index] + b.value.values[index];
  });
  return tape.record(sum, (gradient) => {
    accumulate(a, gradient);
    accumulate(b, gradient);
  });
}

/** xWᵀ + b for each row x: shapes [n, k], [m, k] and [1, m]. */
export function affine(tape: Tape, x: Variable, weight: Variable, bias: Variable): Variable {
  const product = timesTransposed(x.value, weight.value);
  for (let row = 0; row < product.rows; row++) addScaled(rowOf(product, row), 1, bias.value.values);
  return tape.record(product, (gradient) => {
    accumulate(x, times(gradient, weight.value));
    accumulate(weight, times(transposed(gradient), x.value));
    for (let row = 0; row < gradient.rows; row++) addScaled(bias.gradient.values, 1, rowOf(gradient, row));
  });
}

/** Adds to a variable's gradient. */
function accumulate(variable: Variable, gradient: Matrix): void {
  addScaled(variable.gradient.values, 1, gradient.values);
}
