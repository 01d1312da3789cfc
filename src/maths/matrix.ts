/** A matrix of doubles, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Entry (i, j) at i · columns + j. */
  readonly values: Float64Array;
}

/** A matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** A matrix with these entries, row by row. */
export function matrixOf(rows: number, columns: number, entries: ArrayLike<number>): Matrix {
  if (entries.length !== rows * columns) {
    throw new RangeError(`matrixOf: expected ${rows} × ${columns} entries, got ${entries.length}`);
  }
  return { rows, columns, values: Float64Array.from(entries) };
}

/** Row i, a view. */
export function rowOf({ columns, values }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

/** The rows with these numbers, copied; a number may come several times. */
export function gatherRows(matrix: Matrix, rows: readonly number[]): Matrix {
  const gathered = zeros(rows.length, matrix.columns);
  for (const [index, row] of rows.entries()) gathered.values.set(rowOf(matrix, row), index * matrix.columns);
  return gathered;
}

/** A Bᵀ: the dot products of the rows of two matrices. */
export function timesTransposed(a: Matrix, b: Matrix): Matrix {
  const product = zeros(a.rows, b.rows);
  const { columns } = a;
  // By index: a view for each of the rows' pairs would cost more than its dot product.
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += a.values[i * columns + k] * b.values[j * columns + k];
      product.values[i * b.rows + j] = sum;
    }
  }
  return product;
}

/** A B. */
export function times(a: Matrix, b: Matrix): Matrix {
  return timesTransposed(a, transposed(b));
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = zeros(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result.values[j * rows + i] = values[i * columns + j];
  return result;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}

/** Adds a multiple of one vector to another, in place. */
export function addScaled(target: Float64Array, scale: number, added: ArrayLike<number>): void {
  for (let index = 0; index < target.length; index++) target[index] += scale * added[index];
}
