import { addScaled, rowOf, zeros } from '../../maths/matrix.ts';
import { descend, type Parameter } from '../parameter.ts';
import type { Optimiser, OptimiserSpecification } from './optimiser.ts';
import { eachRow } from './rows.ts';

type Sgd = Extract<OptimiserSpecification, { method: 'sgd' }>;

/**
 * SGD: θ ← θ − ηv with v ← βv + g + λθ, as PyTorch has it. With β = λ = 0 only the rows that the gradient has are touched;
 * with momentum or dense decay every row moves at every step.
 */
export function openSgd({ momentum, weightDecay }: Sgd, parameters: readonly Parameter[]): Optimiser {
  if (momentum === 0 && weightDecay.rate === 0) {
    return { step: (gradients, learningRate) => descend(parameters, gradients, learningRate) };
  }
  const velocities = parameters.map(({ value }) => zeros(value.rows, value.columns));
  const isDense = momentum !== 0 || weightDecay.applies === 'dense';
  return {
    step(gradients, learningRate, beta = typeof momentum === 'number' ? momentum : momentum.high) {
      for (const [index, { value, isTrainable }] of parameters.entries()) {
        if (!isTrainable) continue;
        eachRow(value, gradients[index], isDense ? 'all' : 'present', (row, gradient) => {
          const [theta, velocity] = [rowOf(value, row), rowOf(velocities[index], row)];
          for (const axis of velocity.keys()) velocity[axis] *= beta;
          if (gradient !== null) addScaled(velocity, 1, gradient);
          if (gradient !== null || weightDecay.applies === 'dense') addScaled(velocity, weightDecay.rate, theta);
          addScaled(theta, -learningRate, velocity);
        });
      }
    },
  };
}
