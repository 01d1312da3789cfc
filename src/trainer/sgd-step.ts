import type { Matrix } from '../maths/matrix.ts';
import type { Loss, LossGradient } from './losses/loss.ts';
import { descend } from './parameter.ts';
import type { Tower } from './towers/tower.ts';

/** Two towers and the loss that pulls their outputs together. */
export interface TwoTowers {
  readonly user: Tower;
  readonly item: Tower;
  readonly loss: Loss;
}

/** A batch: user and item of each pair. */
export interface Batch {
  readonly users: readonly number[];
  readonly items: readonly number[];
}

/** The gradients of the loss at a batch, with respect to the towers' outputs. */
export function batchGradient({ user, item, loss }: TwoTowers, { users, items }: Batch): LossGradient {
  return loss.gradient(user.outputs(users), item.outputs(items));
}

/**
 * One step of plain SGD of both towers, in place.
 *
 * @returns the loss before the step
 */
export function sgdStep(model: TwoTowers, batch: Batch, learningRate: number): number {
  const { user, item } = model;
  const { value, users, items } = batchGradient(model, batch);
  // Both gradients are taken before either tower moves; they share no parameter.
  const gradients = [user.gradients(batch.users, users), item.gradients(batch.items, items)];
  descend(user.parameters, gradients[0], learningRate);
  descend(item.parameters, gradients[1], learningRate);
  return value;
}

/** The outputs of all inputs of a tower. */
export function allOutputs(tower: Tower): Matrix {
  return tower.outputs(Array.from({ length: tower.inputs }, (_, input) => input));
}
