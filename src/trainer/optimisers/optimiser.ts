import type { ParameterGradient } from '../parameter.ts';
import type { MomentumCycle } from './momentum-cycle.ts';

/** Moves the trainable parameters of one tower, in place; keeps what it must remember of them. */
export interface Optimiser {
  /** @param momentum of this step, where it has a cycle; else the specification's */
  step(gradients: readonly ParameterGradient[], learningRate: number, momentum?: number): void;
}

/** Weight decay λ: of every row at every step, or only of the rows that a step's gradient has. */
interface Decay {
  readonly rate: number;
  readonly applies: 'dense' | 'lazy';
}

/** An optimiser as a scenario writes it; the learning rate comes with each step. */
export type OptimiserSpecification =
  | { readonly method: 'sgd'; readonly momentum: number | MomentumCycle; readonly weightDecay: Decay }
  | AdamSpecification;

/** Adam adds the decay to the gradient; AdamW takes it off the parameter beside the step. */
export interface AdamSpecification {
  readonly method: 'adam' | 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: Decay;
}

/** Plain SGD: the first of the article's four conditions. */
export const plainSgd = {
  method: 'sgd',
  momentum: 0,
  weightDecay: { rate: 0, applies: 'dense' },
} as const satisfies OptimiserSpecification;
