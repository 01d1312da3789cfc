import { type Matrix, rowOf, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';

/** max(0, x). Its slope at 0 is taken as 0. */
export function relu(tape: Tape, x: Variable): Variable {
  return entrywise(
    tape,
    x,
    (value) => Math.max(0, value),
    (value) => (value > 0 ? 1 : 0),
  );
}

const root = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** GELU by its tanh form: ½x(1 + tanh(√(2/π)(x + 0.044715x³))). */
export function gelu(tape: Tape, x: Variable): Variable {
  const inner = (value: number) => Math.tanh(root * (value + cubic * value * value * value));
  return entrywise(
    tape,
    x,
    (value) => 0.5 * value * (1 + inner(value)),
    (value) => {
      const t = inner(value);
      return 0.5 * (1 + t) + 0.5 * value * (1 - t * t) * root * (1 + 3 * cubic * value * value);
    },
  );
}

/** Softmax of each row. */
export function softmaxRows(tape: Tape, x: Variable): Variable {
  const { rows } = x.value;
  const result = zeros(rows, x.value.columns);
  for (let row = 0; row < rows; row++) {
    const [scores, target] = [rowOf(x.value, row), rowOf(result, row)];
    const largest = Math.max(...scores);
    let total = 0;
    for (const [index, score] of scores.entries()) {
      target[index] = Math.exp(score - largest);
      total += target[index];
    }
    for (const index of target.keys()) target[index] /= total;
  }
  return tape.record(result, (gradient) => {
    for (let row = 0; row < rows; row++) {
      const [weights, incoming, target] = [result, gradient, x.gradient].map((matrix) => rowOf(matrix, row));
      let mean = 0;
      for (const [index, weight] of weights.entries()) mean += weight * incoming[index];
      for (const [index, weight] of weights.entries()) target[index] += weight * (incoming[index] - mean);
    }
  });
}

function entrywise(tape: Tape, x: Variable, of: (value: number) => number, slope: (value: number) => number): Variable {
  const { values } = x.value;
  const result: Matrix = { ...x.value, values: values.map(of) };
  return tape.record(result, (gradient) => {
    for (const [index, value] of values.entries()) x.gradient.values[index] += slope(value) * gradient.values[index];
  });
}
