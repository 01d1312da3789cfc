import { addScaled, gatherRows, rowOf, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';
import type { Span } from './attention.ts';

/** The rows of a table with these numbers; a number may come several times. */
export function gather(tape: Tape, table: Variable, rows: readonly number[]): Variable {
  return tape.record(gatherRows(table.value, rows), (gradient) => {
    for (const [index, row] of rows.entries()) addScaled(rowOf(table.gradient, row), 1, rowOf(gradient, index));
  });
}

/** The mean of each sequence's rows, shape [sequences, columns]. */
export function meanRows(tape: Tape, x: Variable, spans: readonly Span[]): Variable {
  const means = zeros(spans.length, x.value.columns);
  for (const [index, { from, to }] of spans.entries()) {
    for (let row = from; row < to; row++) addScaled(rowOf(means, index), 1 / (to - from), rowOf(x.value, row));
  }
  return tape.record(means, (gradient) => {
    for (const [index, { from, to }] of spans.entries()) {
      for (let row = from; row < to; row++) addScaled(rowOf(x.gradient, row), 1 / (to - from), rowOf(gradient, index));
    }
  });
}
