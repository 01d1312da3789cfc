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
import { lookUpGradient, type Parameter, parameter, wholeGradient } from '../parameter.ts';
import { multipleOfIdentity } from './embedding.ts';
import type { TowerWithKernel } from './tower.ts';

/** A linear layer y = Wx + b on a feature vector for each input. */
export interface LinearLayer {
  /** Shape [inputs, features]. */
  readonly features: Matrix;
  /** W, shape [d, features]. */
  readonly weight: Matrix;
  /** b, shape [d], or null for a layer without bias. */
  readonly bias: Float64Array | null;
}

/** A linear layer on features that stay as they are: frozen embeddings, for instance. J_iJ_jᵀ = (x_i·x_j + 1)I. */
export function frozenLinearTower(layer: LinearLayer): TowerWithKernel {
  const { features } = layer;
  const onLayer = layerTower(layer, 'frozen-linear');
  return {
    ...onLayer,
    parameters: [parameter('emb.weight', features, false), ...onLayer.parameters],
    gradients: (inputs, gradient) => [
      lookUpGradient(inputs, times(gradient, layer.weight)),
      ...onLayer.gradients(inputs, gradient),
    ],
  };
}

/** A linear layer on one-hot inputs: column i of W belongs to input i alone, a bias to all. */
export function oneHotLinearTower(weight: Matrix, bias: Float64Array | null): TowerWithKernel {
  return layerTower({ features: multipleOfIdentity(weight.columns, 1), weight, bias }, 'one-hot-linear');
}

/**
 * An embedding table followed by a linear layer. Not linear in its parameters: J_iJ_jᵀ = 1{i = j}WWᵀ + (x_i·x_j + 1)I
 * depends on them, and a step moves the outputs by it to first order only.
 */
export function embeddingLinearTower(layer: LinearLayer): TowerWithKernel {
  const frozen = frozenLinearTower(layer);
  return {
    ...frozen,
    name: 'embedding-linear',
    isLinear: false,
    parameters: frozen.parameters.map((part) => ({ ...part, isTrainable: true })),
    kernel(i, j) {
      const kernel = frozen.kernel(i, j);
      if (i === j) addScaled(kernel.values, 1, timesTransposed(layer.weight, layer.weight).values);
      return kernel;
    },
  };
}

/** The layer alone, its features no parameters. */
function layerTower({ features, weight, bias }: LinearLayer, name: string): TowerWithKernel {
  const parameters: Parameter[] = [parameter('lin.weight', weight)];
  if (bias !== null) parameters.push(parameter('lin.bias', { rows: 1, columns: bias.length, values: bias }));
  return {
    name,
    isLinear: true,
    inputs: features.rows,
    parameters,
    outputs(inputs) {
      const outputs = timesTransposed(gatherRows(features, inputs), weight);
      if (bias !== null) for (let row = 0; row < outputs.rows; row++) addScaled(rowOf(outputs, row), 1, bias);
      return outputs;
    },
    gradients(inputs, gradient) {
      const ofWeight = wholeGradient(times(transposed(gradient), gatherRows(features, inputs)));
      return bias === null ? [ofWeight] : [ofWeight, wholeGradient(columnSums(gradient))];
    },
    kernel: (i, j) => {
      const product = dot(rowOf(features, i), rowOf(features, j));
      return multipleOfIdentity(weight.rows, product + (bias === null ? 0 : 1));
    },
  };
}

function columnSums(matrix: Matrix): Matrix {
  const sums = zeros(1, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) addScaled(sums.values, 1, rowOf(matrix, row));
  return sums;
}
