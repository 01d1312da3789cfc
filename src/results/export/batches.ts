/** Rows that are written or loaded at a time. */
const rowsAtATime = 2048;

/** Rows, some two thousand at a time. */
export async function* batches<T>(rows: AsyncIterable<T>, size = rowsAtATime): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
