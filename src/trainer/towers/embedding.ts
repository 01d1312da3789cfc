import { gatherRows, type Matrix, zeros } from '../../maths/matrix.ts';
import { lookUpGradient, parameter } from '../parameter.ts';
import type { TowerWithKernel } from './tower.ts';

/**
 * An embedding table: a row of its own for each input. J_iJ_jᵀ is the identity where i = j, else 0.
 *
 * @param table shape [inputs, d]
 * @param name of the table, as parameter files call it
 */
export function embeddingTower(table: Matrix, name = 'emb.weight'): TowerWithKernel {
  return {
    name: 'embedding',
    isLinear: true,
    inputs: table.rows,
    parameters: [parameter(name, table)],
    outputs: (inputs) => gatherRows(table, inputs),
    gradients: (inputs, gradient) => [lookUpGradient(inputs, gradient)],
    kernel: (i, j) => multipleOfIdentity(table.columns, i === j ? 1 : 0),
  };
}

/** A multiple of the identity, shape [size, size]. */
export function multipleOfIdentity(size: number, multiple: number): Matrix {
  const identity = zeros(size, size);
  for (let index = 0; index < size; index++) identity.values[index * size + index] = multiple;
  return identity;
}
