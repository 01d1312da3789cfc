import { InfoNceKernel, type InfoNceShape } from '../../kernels/info-nce-kernel.ts';
import { scheduleFactor } from '../../process/schedules/index.ts';
import type { TwoTowers } from '../sgd-step.ts';
import type { TrainingSpecification } from '../specification.ts';
import type { Stepper } from './stepper.ts';

/** Two embedding tables, InfoNCE and plain SGD: the kernel holds the tables, and a step is one pass over the batch. */
export function openFusedStepper(
  { user, item }: TwoTowers,
  { loss, optimisers }: TrainingSpecification,
  steps: number,
  shape: InfoNceShape,
): Stepper {
  const kernel = new InfoNceKernel(shape);
  const tables = { user: user.parameters[0].value.values, item: item.parameters[0].value.values };
  const restart = () => {
    kernel.users.set(tables.user);
    kernel.items.set(tables.item);
  };
  restart();
  const [userRate, itemRate] = [optimisers.user, optimisers.item].map(({ learningRate, schedule }) => {
    const factor = scheduleFactor(schedule, steps);
    return (step: number) => learningRate * factor(step);
  });
  return {
    step(number, { users, items }) {
      const value = kernel.loss(users, items, loss.temperature, loss.name === 'info-nce-cosine');
      if (Number.isFinite(value)) kernel.descend(userRate(number), itemRate(number));
      return value;
    },
    restart,
    itemSquaredNorm(item) {
      let sum = 0;
      for (let at = item * shape.dimension; at < (item + 1) * shape.dimension; at++) sum += kernel.items[at] ** 2;
      return sum;
    },
    settle() {
      tables.user.set(kernel.users);
      tables.item.set(kernel.items);
    },
  };
}
