import { drawStandardNormal } from '../coupling/start.ts';
import { type Matrix, zeros } from '../maths/matrix.ts';

/** A matrix of independent N(0, 1) entries, row by row; one uniform each. */
export function drawNormalMatrix(rows: number, columns: number, uniform: () => number): Matrix {
  const matrix = zeros(rows, columns);
  for (let index = 0; index < matrix.values.length; index++) matrix.values[index] = drawStandardNormal(uniform);
  return matrix;
}

/** Weight and bias of a linear layer as PyTorch draws them: uniform in ±1/√features; one uniform each. */
export function drawLinearLayer(outputs: number, features: number, uniform: () => number) {
  const bound = 1 / Math.sqrt(features);
  const draw = () => bound * (2 * uniform() - 1);
  const weight = zeros(outputs, features);
  for (let index = 0; index < weight.values.length; index++) weight.values[index] = draw();
  return { weight, bias: Float64Array.from({ length: outputs }, draw) };
}
