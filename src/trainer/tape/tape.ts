import { type Matrix, zeros } from '../../maths/matrix.ts';

/** A matrix on a tape: its value, and the gradient of the scalar that the tape is wound back from. */
export interface Variable {
  readonly value: Matrix;
  /** Of the same shape; zeros until something is wound back. */
  readonly gradient: Matrix;
}

/** Reverse-mode differentiation: operations write down how to pass gradients back, and `windBack` runs them in reverse. */
export class Tape {
  readonly #backward: (() => void)[] = [];

  /** A leaf: a parameter, or a constant whose gradient nobody reads. */
  variable(value: Matrix): Variable {
    return { value, gradient: zeros(value.rows, value.columns) };
  }

  /**
   * The result of an operation.
   *
   * @param backward adds to the gradients of the operation's inputs, given the result's
   */
  record(value: Matrix, backward: (gradient: Matrix) => void): Variable {
    const result = this.variable(value);
    this.#backward.push(() => backward(result.gradient));
    return result;
  }

  /** Passes a gradient of the result back to everything that it was computed from. Once a tape. */
  windBack(result: Variable, gradient: Matrix): void {
    result.gradient.values.set(gradient.values);
    for (const backward of this.#backward.reverse()) backward();
  }
}
