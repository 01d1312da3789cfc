import { rowOf, times, timesTransposed, transposed, zeros } from '../../maths/matrix.ts';
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
    const gradient = zeros(scores.rows, scores.columns);
    let value = 0;
    for (let row = 0; row < scores.rows; row++) {
      const logits = rowOf(scores, row).map((score) => score / temperature);
      const largest = Math.max(...logits);
      const weights = logits.map((logit) => Math.exp(logit - largest));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const label = labelOf(row);
      value += (largest + Math.log(total) - logits[label]) / scores.rows;
      const target = rowOf(gradient, row);
      weights.forEach((weight, column) => {
        target[column] = (weight / total - (column === label ? 1 : 0)) / (scores.rows * temperature);
      });
    }
    return { value, gradient };
  };
}
