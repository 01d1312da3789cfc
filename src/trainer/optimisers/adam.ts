import { rowOf, zeros } from '../../maths/matrix.ts';
import type { Parameter } from '../parameter.ts';
import type { AdamSpecification, Optimiser } from './optimiser.ts';
import { eachRow } from './rows.ts';

const epsilon = 1e-8;

/**
 * Adam and AdamW, as PyTorch has them: every row moves at every step, rows without a gradient by what is remembered.
 *
 * @see Kingma and Ba (2015), arXiv 1412.6980; Loshchilov and Hutter (2019), arXiv 1711.05101
 */
export function openAdam(specification: AdamSpecification, parameters: readonly Parameter[]): Optimiser {
  const { beta1, beta2, weightDecay, method } = specification;
  const [means, squares] = [0, 1].map(() => parameters.map(({ value }) => zeros(value.rows, value.columns)));
  let steps = 0;
  return {
    step(gradients, learningRate) {
      steps += 1;
      const meanCorrection = 1 - beta1 ** steps;
      const squareCorrection = Math.sqrt(1 - beta2 ** steps);
      for (const [index, { value, isTrainable }] of parameters.entries()) {
        if (!isTrainable) continue;
        eachRow(value, gradients[index], 'all', (row, gradient) => {
          const [theta, mean, square] = [value, means[index], squares[index]].map((matrix) => rowOf(matrix, row));
          const decay = gradient !== null || weightDecay.applies === 'dense' ? weightDecay.rate : 0;
          for (const axis of theta.keys()) {
            if (method === 'adamw') theta[axis] *= 1 - learningRate * decay;
            const g = (gradient?.[axis] ?? 0) + (method === 'adam' ? decay * theta[axis] : 0);
            mean[axis] = beta1 * mean[axis] + (1 - beta1) * g;
            square[axis] = beta2 * square[axis] + (1 - beta2) * g * g;
            const spread = Math.sqrt(square[axis]) / squareCorrection + epsilon;
            theta[axis] -= ((learningRate / meanCorrection) * mean[axis]) / spread;
          }
        });
      }
    },
  };
}
