import type { Matrix } from '../../maths/matrix.ts';

/** An encoder of numbered inputs. */
export interface Tower {
  readonly name: string;
  /** Whether the outputs are linear in the parameters, so that a step moves them by exactly −η Σ_j J_iJ_jᵀg_j. */
  readonly isLinear: boolean;
  /** The outputs of some inputs, shape [inputs, d]; an input may come several times. */
  outputs(inputs: readonly number[]): Matrix;
  /** J_iJ_jᵀ, shape [d, d]: how a gradient at the output of input j moves the output of input i. */
  kernel(i: number, j: number): Matrix;
  /**
   * One step of plain SGD, in place.
   *
   * @param gradient ∂L/∂output for each of the inputs, shape [inputs, d]
   */
  step(inputs: readonly number[], gradient: Matrix, learningRate: number): void;
}
