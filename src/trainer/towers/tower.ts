import type { Matrix } from '../../maths/matrix.ts';
import type { Parameter, ParameterGradient } from '../parameter.ts';

/** An encoder of numbered inputs. */
export interface Tower {
  readonly name: string;
  /** How many different inputs there are. */
  readonly inputs: number;
  readonly parameters: readonly Parameter[];
  /** The outputs of some inputs, shape [inputs, d]; an input may come several times. */
  outputs(inputs: readonly number[]): Matrix;
  /**
   * The gradients of the parameters, in their order.
   *
   * @param gradient ∂L/∂output for each of the inputs, shape [inputs, d]
   */
  gradients(inputs: readonly number[], gradient: Matrix): ParameterGradient[];
}

/** A tower whose first-order displacements are known. */
export interface TowerWithKernel extends Tower {
  /** Whether the outputs are linear in the parameters, so that a step moves them by exactly −η Σ_j J_iJ_jᵀg_j. */
  readonly isLinear: boolean;
  /** J_iJ_jᵀ, shape [d, d]: how a gradient at the output of input j moves the output of input i. */
  kernel(i: number, j: number): Matrix;
}
