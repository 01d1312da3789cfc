/** What is wrong in a file of data that a scenario names. The message has a line a problem: `file.csv:12 — …`. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
