import { addScaled, gatherRows, rowOf, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';

/** The rows of a table with these numbers; a number may come several times. */
export function gather(tape: Tape, table: Variable, rows: readonly number[]): Variable {
  return tape.record(gatherRows(table.value, rows), (gradient) => {
    for (const [index, row] of rows.entries()) addScaled(rowOf(table.gradient, row), 1, rowOf(gradient, index));
  });
}

/** Columns from … to − 1. */
export function columns(tape: Tape, x: Variable, from: number, to: number): Variable {
  const { rows } = x.value;
  const slice = zeros(rows, to - from);
  for (let row = 0; row < rows; row++) rowOf(slice, row).set(rowOf(x.value, row).subarray(from, to));
  return tape.record(slice, (gradient) => {
    for (let row = 0; row < rows; row++) addScaled(rowOf(x.gradient, row).subarray(from, to), 1, rowOf(gradient, row));
  });
}

/** Matrices of as many rows side by side. */
export function concatenate(tape: Tape, parts: readonly Variable[]): Variable {
  const { rows } = parts[0].value;
  const joined = zeros(
    rows,
    parts.reduce((sum, { value }) => sum + value.columns, 0),
  );
  const each = (visit: (part: Variable, row: number, from: number) => void) => {
    let from = 0;
    for (const part of parts) {
      for (let row = 0; row < rows; row++) visit(part, row, from);
      from += part.value.columns;
    }
  };
  each((part, row, from) => rowOf(joined, row).set(rowOf(part.value, row), from));
  return tape.record(joined, (gradient) => {
    each((part, row, from) => {
      const target = rowOf(part.gradient, row);
      addScaled(target, 1, rowOf(gradient, row).subarray(from, from + target.length));
    });
  });
}

/** Single rows, one below the other. */
export function stack(tape: Tape, rows: readonly Variable[]): Variable {
  const stacked = zeros(rows.length, rows[0].value.columns);
  for (const [index, row] of rows.entries()) rowOf(stacked, index).set(row.value.values);
  return tape.record(stacked, (gradient) => {
    for (const [index, row] of rows.entries()) addScaled(row.gradient.values, 1, rowOf(gradient, index));
  });
}

/** The mean of the rows, shape [1, columns]. */
export function meanRow(tape: Tape, x: Variable): Variable {
  const { rows } = x.value;
  const mean = zeros(1, x.value.columns);
  for (let row = 0; row < rows; row++) addScaled(mean.values, 1 / rows, rowOf(x.value, row));
  return tape.record(mean, (gradient) => {
    for (let row = 0; row < rows; row++) addScaled(rowOf(x.gradient, row), 1 / rows, gradient.values);
  });
}

/** The first row, shape [1, columns]. */
export function firstRow(tape: Tape, x: Variable): Variable {
  return gather(tape, x, [0]);
}
