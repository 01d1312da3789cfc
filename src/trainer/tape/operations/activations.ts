import type { Matrix } from '../../../maths/matrix.ts';
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

function entrywise(tape: Tape, x: Variable, of: (value: number) => number, slope: (value: number) => number): Variable {
  const { values } = x.value;
  const result: Matrix = { ...x.value, values: values.map(of) };
  return tape.record(result, (gradient) => {
    for (const [index, value] of values.entries()) x.gradient.values[index] += slope(value) * gradient.values[index];
  });
}
