import { addScaled, gatherRows, type Matrix, rowOf, zeros } from '../../maths/matrix.ts';
import type { Tower } from './tower.ts';

/**
 * An embedding table: a row of its own for each input. J_iJ_jᵀ is the identity where i = j, else 0.
 *
 * @param table shape [inputs, d]; stepped in place
 */
export function embeddingTower(table: Matrix): Tower {
  return {
    name: 'embedding',
    isLinear: true,
    outputs: (inputs) => gatherRows(table, inputs),
    kernel: (i, j) => multipleOfIdentity(table.columns, i === j ? 1 : 0),
    step(inputs, gradient, learningRate) {
      // Rows may repeat: the gradient of a row is the sum over its slots.
      for (const [slot, input] of inputs.entries())
        addScaled(rowOf(table, input), -learningRate, rowOf(gradient, slot));
    },
  };
}

/** A multiple of the identity, shape [size, size]. */
export function multipleOfIdentity(size: number, multiple: number): Matrix {
  const identity = zeros(size, size);
  for (let index = 0; index < size; index++) identity.values[index * size + index] = multiple;
  return identity;
}
