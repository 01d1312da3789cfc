import {
  addScaled,
  dot,
  gatherRows,
  type Matrix,
  rowOf,
  times,
  timesTransposed,
  transposed,
  zeros,
} from '../../maths/matrix.ts';
import { embeddingTower, multipleOfIdentity } from './embedding.ts';
import type { Tower } from './tower.ts';

/** A linear layer y = Wx + b on a feature vector for each input. */
interface LinearLayer {
  /** Shape [inputs, features]. */
  readonly features: Matrix;
  /** W, shape [d, features]; stepped in place. */
  readonly weight: Matrix;
  /** b, shape [d], or null for a layer without bias; stepped in place. */
  readonly bias: Float64Array | null;
}

/** A linear layer on features that stay as they are: frozen embeddings, for instance. J_iJ_jᵀ = (x_i·x_j + 1)I. */
export function frozenLinearTower({ features, weight, bias }: LinearLayer): Tower {
  return {
    name: 'frozen-linear',
    isLinear: true,
    outputs: (inputs) => linearOutputs(gatherRows(features, inputs), weight, bias),
    kernel: (i, j) => {
      return multipleOfIdentity(weight.rows, dot(rowOf(features, i), rowOf(features, j)) + (bias === null ? 0 : 1));
    },
    step: (inputs, gradient, learningRate) => {
      stepLayer(gatherRows(features, inputs), weight, bias, gradient, learningRate);
    },
  };
}

/** A linear layer on one-hot inputs: column i of W belongs to input i alone, a bias to all. */
export function oneHotLinearTower(weight: Matrix, bias: Float64Array | null): Tower {
  return {
    ...frozenLinearTower({ features: multipleOfIdentity(weight.columns, 1), weight, bias }),
    name: 'one-hot-linear',
  };
}

/**
 * An embedding table followed by a linear layer. Not linear in its parameters: J_iJ_jᵀ = 1{i = j}WWᵀ + (x_i·x_j + 1)I
 * depends on them, and a step moves the outputs by it to first order only.
 */
export function embeddingLinearTower({ features, weight, bias }: LinearLayer): Tower {
  const layer = frozenLinearTower({ features, weight, bias });
  return {
    ...layer,
    name: 'embedding-linear',
    isLinear: false,
    kernel(i, j) {
      const kernel = layer.kernel(i, j);
      if (i === j) addScaled(kernel.values, 1, timesTransposed(weight, weight).values);
      return kernel;
    },
    step(inputs, gradient, learningRate) {
      // Both gradients are taken before either part moves.
      const embeddingGradient = times(gradient, weight);
      layer.step(inputs, gradient, learningRate);
      embeddingTower(features).step(inputs, embeddingGradient, learningRate);
    },
  };
}

function linearOutputs(features: Matrix, weight: Matrix, bias: Float64Array | null): Matrix {
  const outputs = timesTransposed(features, weight);
  if (bias !== null) for (let row = 0; row < outputs.rows; row++) addScaled(rowOf(outputs, row), 1, bias);
  return outputs;
}

function stepLayer(
  features: Matrix,
  weight: Matrix,
  bias: Float64Array | null,
  gradient: Matrix,
  learningRate: number,
): void {
  addScaled(weight.values, -learningRate, times(transposed(gradient), features).values);
  if (bias === null) return;
  const sums = zeros(1, gradient.columns).values;
  for (let row = 0; row < gradient.rows; row++) addScaled(sums, 1, rowOf(gradient, row));
  addScaled(bias, -learningRate, sums);
}
