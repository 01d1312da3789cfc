import { type Matrix, zeros } from '../../../maths/matrix.ts';
import type { Tape, Variable } from '../tape.ts';

/** The rows of one sequence among the rows of all: from … to − 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Multi-head attention within each sequence: softmax(QKᵀ/√w)V for each head's w columns. What a padding mask would hide is
 * in no span, so it is never looked at.
 *
 * @param queries shape [rows of all sequences, width], like the keys and the values
 * @param heads their number divides the width
 */
export function attention(
  tape: Tape,
  [queries, keys, values]: readonly [Variable, Variable, Variable],
  spans: readonly Span[],
  heads: number,
): Variable {
  const { rows, columns } = queries.value;
  const width = columns / heads;
  const scale = 1 / Math.sqrt(width);
  const blocks = spans.flatMap(({ from, to }) => {
    return Array.from({ length: heads }, (_, head) => new Block(from, to - from, head * width, width, columns));
  });
  const result = zeros(rows, columns);
  const weights = blocks.map((block) => {
    const scores = block.products(queries.value, keys.value, scale);
    softmaxInPlace(scores, block.rows);
    block.addWeighted(result, scores, values.value);
    return scores;
  });
  return tape.record(result, (gradient) => {
    for (const [index, block] of blocks.entries()) {
      const weight = weights[index];
      block.addWeightedTransposed(values.gradient, weight, gradient);
      const ofScores = softmaxGradient(weight, block.products(gradient, values.value, 1), block.rows, scale);
      block.addWeighted(queries.gradient, ofScores, keys.value);
      block.addWeightedTransposed(keys.gradient, ofScores, queries.value);
    }
  });
}

/** One head of one sequence: some rows and some columns of matrices that hold them all. */
class Block {
  readonly rows: number;
  readonly #first: number;
  readonly #width: number;
  readonly #stride: number;

  constructor(from: number, rows: number, column: number, width: number, stride: number) {
    this.rows = rows;
    this.#first = from * stride + column;
    this.#width = width;
    this.#stride = stride;
  }

  /** scale · ABᵀ, shape [rows, rows]. */
  products({ values: a }: Matrix, { values: b }: Matrix, scale: number): Float64Array {
    const products = new Float64Array(this.rows * this.rows);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.rows; j++) {
        const [ofA, ofB] = [this.#first + i * this.#stride, this.#first + j * this.#stride];
        let sum = 0;
        for (let axis = 0; axis < this.#width; axis++) sum += a[ofA + axis] * b[ofB + axis];
        products[i * this.rows + j] = scale * sum;
      }
    }
    return products;
  }

  /** target += WA. */
  addWeighted({ values: target }: Matrix, weights: Float64Array, { values: a }: Matrix): void {
    this.#add(target, a, (i, j) => weights[i * this.rows + j]);
  }

  /** target += WᵀA. */
  addWeightedTransposed({ values: target }: Matrix, weights: Float64Array, { values: a }: Matrix): void {
    this.#add(target, a, (i, j) => weights[j * this.rows + i]);
  }

  #add(target: Float64Array, a: Float64Array, weight: (i: number, j: number) => number): void {
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.rows; j++) {
        const [to, from, w] = [this.#first + i * this.#stride, this.#first + j * this.#stride, weight(i, j)];
        for (let axis = 0; axis < this.#width; axis++) target[to + axis] += w * a[from + axis];
      }
    }
  }
}

function softmaxInPlace(scores: Float64Array, size: number): void {
  for (let row = 0; row < scores.length; row += size) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = row; at < row + size; at++) largest = Math.max(largest, scores[at]);
    let total = 0;
    for (let at = row; at < row + size; at++) {
      scores[at] = Math.exp(scores[at] - largest);
      total += scores[at];
    }
    for (let at = row; at < row + size; at++) scores[at] /= total;
  }
}

/** scale · W∘(G − the row's mean of G under W): what a gradient G of the weights is of the scores. */
function softmaxGradient(weights: Float64Array, gradient: Float64Array, size: number, scale: number): Float64Array {
  const ofScores = new Float64Array(weights.length);
  for (let row = 0; row < weights.length; row += size) {
    let mean = 0;
    for (let at = row; at < row + size; at++) mean += weights[at] * gradient[at];
    for (let at = row; at < row + size; at++) ofScores[at] = scale * weights[at] * (gradient[at] - mean);
  }
  return ofScores;
}
