import { rowOf, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';

const epsilon = 1e-5;

/** (x − mean)/√(biased variance + 1e-5) · weight + bias for each row x; weight and bias of shape [1, columns]. */
export function layerNorm(tape: Tape, x: Variable, weight: Variable, bias: Variable): Variable {
  const { rows, columns } = x.value;
  const [result, standard] = [zeros(rows, columns), zeros(rows, columns)];
  const deviations = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = rowOf(x.value, row);
    const mean = meanOf(values);
    deviations[row] = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)) + epsilon);
    for (const [index, value] of values.entries()) {
      const standardised = (value - mean) / deviations[row];
      rowOf(standard, row)[index] = standardised;
      rowOf(result, row)[index] = standardised * weight.value.values[index] + bias.value.values[index];
    }
  }
  return tape.record(result, (gradient) => {
    for (let row = 0; row < rows; row++) {
      const [incoming, standardised, target] = [gradient, standard, x.gradient].map((matrix) => rowOf(matrix, row));
      const scaled = incoming.map((value, index) => value * weight.value.values[index]);
      const mean = meanOf(scaled);
      const along = meanOf(scaled.map((value, index) => value * standardised[index]));
      for (const [index, value] of scaled.entries()) {
        target[index] += (value - mean - standardised[index] * along) / deviations[row];
        weight.gradient.values[index] += incoming[index] * standardised[index];
        bias.gradient.values[index] += incoming[index];
      }
    }
  });
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
