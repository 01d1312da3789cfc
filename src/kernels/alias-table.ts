/** Words an outcome: the share of its column that is its own, times 2⁶⁴, low word first; the outcome of the rest; none. */
const width = 4;

/** A law ready for the alias method (Walker 1977), on 2^bits outcomes. */
export interface AliasTable {
  readonly bits: number;
  readonly words: Uint32Array;
}

/**
 * The columns of the alias method: as many as the power of two above the outcomes, each with at most two outcomes in it.
 * Those that are added have probability 0.
 *
 * @param probabilities of the outcomes; their sum need not be 1
 * @see Vose (1991), A linear algorithm for generating random numbers with a given distribution
 */
export function aliasTable(probabilities: Float64Array): AliasTable {
  const bits = Math.max(1, Math.ceil(Math.log2(probabilities.length)));
  const columns = 2 ** bits;
  const total = probabilities.reduce((sum, probability) => sum + probability, 0);
  const heights = new Float64Array(columns);
  for (let outcome = 0; outcome < probabilities.length; outcome++) {
    heights[outcome] = (probabilities[outcome] / total) * columns;
  }
  // Small columns from the left, large ones from the right.
  const waiting = new Uint32Array(columns);
  let [small, large] = [0, columns];
  for (let column = 0; column < columns; column++) {
    if (heights[column] < 1) waiting[small++] = column;
    else waiting[--large] = column;
  }
  const words = new Uint32Array(width * columns);
  while (small > 0 && large < columns) {
    const [filled, donor] = [waiting[--small], waiting[large]];
    setColumn(words, filled, heights[filled], donor);
    heights[donor] -= 1 - heights[filled];
    if (heights[donor] < 1) {
      large += 1;
      waiting[small++] = donor;
    }
  }
  // What is left is full, up to rounding.
  for (let index = 0; index < small; index++) setColumn(words, waiting[index], 1, waiting[index]);
  for (let index = large; index < columns; index++) setColumn(words, waiting[index], 1, waiting[index]);
  return { bits, words };
}

function setColumn(words: Uint32Array, column: number, share: number, other: number): void {
  const high = Math.min(2 ** 32 - 1, Math.floor(share * 2 ** 32));
  words[width * column] = Math.min(2 ** 32 - 1, Math.floor((share * 2 ** 32 - high) * 2 ** 32));
  words[width * column + 1] = high;
  words[width * column + 2] = other;
}
