import type { Batch } from '../sgd-step.ts';

/** Moves both towers of a model, batch by batch. */
export interface Stepper {
  /**
   * One step of the towers' optimisers.
   *
   * @param number of the step, from 1: the schedules' time
   * @returns the loss before the step; where it is not finite, nothing has moved
   */
  step(number: number, batch: Batch): number;
  /** Begins again, from the model's parameters as they are now. */
  restart(): void;
  /** s = ‖q‖² of an item's embedding as it is now. */
  itemSquaredNorm(item: number): number;
  /** Brings the model's parameters up to date, so that its outputs can be read. */
  settle(): void;
}
