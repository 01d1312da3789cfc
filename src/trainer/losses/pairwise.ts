import { addScaled, dot, type Matrix, rowOf, zeros } from '../../maths/matrix.ts';
import { directionsOf, tangentGradient } from './cosine-loss.ts';
import type { Loss } from './loss.ts';

/** mean (1 − cos(q, k))² over the pairs; no negatives. */
export const squaredCosineGap: Loss = pairwiseLoss('squared-cosine-gap', (cosine) => ({
  value: (1 - cosine) ** 2,
  slope: -2 * (1 - cosine),
}));

/** −mean cos(q, k) over the pairs; no negatives. */
export const negativeCosine: Loss = pairwiseLoss('negative-cosine', (cosine) => ({ value: -cosine, slope: -1 }));

/** The mean of a function of each pair's own cosine: O(Bd), since no two pairs meet. */
function pairwiseLoss(name: string, ofCosine: (cosine: number) => { value: number; slope: number }): Loss {
  return {
    name,
    isCosine: true,
    gradient(users, items) {
      const { rows, columns } = users;
      const [userDirections, itemDirections] = [directionsOf(users), directionsOf(items)];
      const signals: readonly [Matrix, Matrix] = [zeros(rows, columns), zeros(rows, columns)];
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const [q, k] = [rowOf(userDirections, row), rowOf(itemDirections, row)];
        const { value, slope } = ofCosine(dot(q, k));
        sum += value;
        addScaled(rowOf(signals[0], row), slope / rows, k);
        addScaled(rowOf(signals[1], row), slope / rows, q);
      }
      return {
        value: sum / rows,
        users: tangentGradient(users, userDirections, signals[0]),
        items: tangentGradient(items, itemDirections, signals[1]),
      };
    },
  };
}
