import { times, timesTransposed, transposed, zeros } from '../../maths/matrix.ts';
import { cosineLoss } from './cosine-loss.ts';
import type { Loss, ScoreLoss } from './loss.ts';

/** InfoNCE with in-batch negatives on the cosines of users and items. */
export function infoNceCosine(temperature: number): Loss {
  return cosineLoss('info-nce-cosine', infoNceOfScores(temperature));
}

/** InfoNCE with in-batch negatives on the plain dot products: it sees norms, and its gradients are not tangent. */
export function infoNceDot(temperature: number): Loss {
  const ofScores = infoNceOfScores(temperature);
  return {
    name: 'info-nce-dot',
    isCosine: false,
    gradient(users, items) {
      const { value, gradient } = ofScores(timesTransposed(users, items));
      return { value, users: times(gradient, items), items: times(transposed(gradient), users) };
    },
  };
}

/**
 * Cross-entropy of softmax(scores/τ) with one label a row, mean over the rows; its gradient is (softmax − 1{label})/(Bτ).
 *
 * @param temperature τ > 0
 * @param labelOf the column that a row belongs to; in a batch its own number
 */
export function infoNceOfScores(temperature: number, labelOf = (row: number) => row): ScoreLoss {
  return (scores) => {
    const { rows, columns, values } = scores;
    const gradient = zeros(rows, columns);
    let value = 0;
    // By index, because this loop is where a training with few dimensions spends its time.
    for (let row = 0; row < rows; row++) {
      const [first, label] = [row * columns, labelOf(row)];
      let largest = Number.NEGATIVE_INFINITY;
      for (let at = first; at < first + columns; at++) largest = Math.max(largest, values[at] / temperature);
      let total = 0;
      for (let at = first; at < first + columns; at++) {
        gradient.values[at] = Math.exp(values[at] / temperature - largest);
        total += gradient.values[at];
      }
      value += (largest + Math.log(total) - values[first + label] / temperature) / rows;
      const scale = 1 / (rows * temperature);
      for (let at = first; at < first + columns; at++) gradient.values[at] *= scale / total;
      gradient.values[first + label] -= scale;
    }
    return { value, gradient };
  };
}
