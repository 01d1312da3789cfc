import { addScaled, dot, type Matrix, rowOf, times, timesTransposed, transposed, zeros } from '../../maths/matrix.ts';
import type { Loss, ScoreLoss } from './loss.ts';

/** Shorter rows count as this long, as in the usual normalisation x/max(‖x‖, 1e-12). */
const leastNorm = 1e-12;

/**
 * The loss F(C) of the cosines C of users and items. With u = Σ_k (∂F/∂cos_k) k̂ the gradient is (u − (q̂ᵀu)q̂)/‖q‖:
 * tangent to the sphere at q, and the shorter the longer q is.
 *
 * @see theory, section 2
 */
export function cosineLoss(name: string, ofCosines: ScoreLoss): Loss {
  return {
    name,
    isCosine: true,
    gradient(users, items) {
      const [userDirections, itemDirections] = [directionsOf(users), directionsOf(items)];
      const { value, gradient } = ofCosines(timesTransposed(userDirections, itemDirections));
      return {
        value,
        users: tangentGradient(users, userDirections, times(gradient, itemDirections)),
        items: tangentGradient(items, itemDirections, times(transposed(gradient), userDirections)),
      };
    },
  };
}

/** The signals u of the users, shape [B, d]: what the loss pulls with at unit norm. */
export function userSignals(ofCosines: ScoreLoss, users: Matrix, items: Matrix): Matrix {
  const [userDirections, itemDirections] = [directionsOf(users), directionsOf(items)];
  return times(ofCosines(timesTransposed(userDirections, itemDirections)).gradient, itemDirections);
}

/** (u − (q̂ᵀu)q̂)/‖q‖, row by row. */
export function tangentGradient(rows: Matrix, directions: Matrix, signals: Matrix): Matrix {
  const gradient = zeros(rows.rows, rows.columns);
  for (let row = 0; row < rows.rows; row++) {
    const [target, direction, signal] = [gradient, directions, signals].map((matrix) => rowOf(matrix, row));
    const norm = normOf(rowOf(rows, row));
    addScaled(target, 1 / norm, signal);
    addScaled(target, -dot(direction, signal) / norm, direction);
  }
  return gradient;
}

/** Each row brought to length 1. */
export function directionsOf(matrix: Matrix): Matrix {
  const directions = zeros(matrix.rows, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    const values = rowOf(matrix, row);
    addScaled(rowOf(directions, row), 1 / normOf(values), values);
  }
  return directions;
}

/** NaN for a row too long to square: it has no direction, and as 0 it would go unnoticed. */
function normOf(row: Float64Array): number {
  const norm = Math.max(Math.sqrt(dot(row, row)), leastNorm);
  return norm < Number.POSITIVE_INFINITY ? norm : Number.NaN;
}
