import { dot, type Matrix, rowOf } from '../../maths/matrix.ts';
import { scheduleFactor } from '../../process/schedules/index.ts';
import { openOptimiser } from '../optimisers/index.ts';
import { cycledMomentum } from '../optimisers/momentum-cycle.ts';
import { batchGradient, type TwoTowers } from '../sgd-step.ts';
import type { TowerOptimiser, TrainingSpecification } from '../specification.ts';
import type { Stepper } from './stepper.ts';

/** Any towers, any loss, an optimiser for each tower; the model's parameters are stepped in place. */
export function openPlainStepper(
  model: TwoTowers,
  optimisers: TrainingSpecification['optimisers'],
  steps: number,
): Stepper {
  const open = () => ({
    user: openMove(optimisers.user, model.user, steps),
    item: openMove(optimisers.item, model.item, steps),
  });
  let moves = open();
  return {
    step(number, batch) {
      const { value, users, items } = batchGradient(model, batch);
      if (!Number.isFinite(value)) return value;
      // The towers share no parameter: that one has moved changes nothing for the other.
      moves.user(number, batch.users, users);
      moves.item(number, batch.items, items);
      return value;
    },
    restart() {
      moves = open();
    },
    itemSquaredNorm(item) {
      // The items' tower is an embedding table.
      const row = rowOf(model.item.parameters[0].value, item);
      return dot(row, row);
    },
    settle() {},
  };
}

/** Moves one tower: its optimiser, at the rate that the schedule has for the step. */
function openMove(optimiser: TowerOptimiser, tower: TwoTowers['user'], steps: number) {
  const { step: move } = openOptimiser(optimiser, tower.parameters);
  const factor = scheduleFactor(optimiser.schedule, steps);
  const momentum = cycleOf(optimiser);
  return (step: number, inputs: readonly number[], gradient: Matrix) => {
    move(tower.gradients(inputs, gradient), optimiser.learningRate * factor(step), momentum?.(step));
  };
}

/** The momentum as a function of the step, where it has a cycle. */
function cycleOf(optimiser: TowerOptimiser): ((step: number) => number) | undefined {
  const { schedule } = optimiser;
  if (optimiser.method !== 'sgd' || typeof optimiser.momentum === 'number' || schedule.shape !== 'cyclic') return;
  return cycledMomentum(optimiser.momentum, schedule);
}
