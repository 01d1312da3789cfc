import type { Matrix } from '../../maths/matrix.ts';
import { zeros } from '../../maths/matrix.ts';
import { cosineLoss } from './cosine-loss.ts';
import type { Loss, ScoreLoss } from './loss.ts';

/** mean (1 − cos(q, k))² over the pairs; no negatives. */
export const squaredCosineGap: Loss = cosineLoss(
  'squared-cosine-gap',
  ofDiagonal((cosine) => ({ value: (1 - cosine) ** 2, slope: -2 * (1 - cosine) })),
);

/** −mean cos(q, k) over the pairs; no negatives. */
export const negativeCosine: Loss = cosineLoss(
  'negative-cosine',
  ofDiagonal((cosine) => ({ value: -cosine, slope: -1 })),
);

function ofDiagonal(ofCosine: (cosine: number) => { value: number; slope: number }): ScoreLoss {
  return ({ rows, values }: Matrix) => {
    const gradient = zeros(rows, rows);
    let value = 0;
    for (let row = 0; row < rows; row++) {
      const at = ofCosine(values[row * rows + row]);
      value += at.value / rows;
      gradient.values[row * rows + row] = at.slope / rows;
    }
    return { value, gradient };
  };
}
