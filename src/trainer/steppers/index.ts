import type { KernelOption } from '../../engine/choose-member.ts';
import { hasRoom } from '../../kernels/info-nce-kernel.ts';
import { compiledInfoNce } from '../losses/compiled-info-nce.ts';
import type { TwoTowers } from '../sgd-step.ts';
import type { TowerOptimiser, TrainingSpecification } from '../specification.ts';
import { openFusedStepper } from './fused-stepper.ts';
import { openPlainStepper } from './plain-stepper.ts';
import type { Stepper } from './stepper.ts';

/** How long a training is, and its largest batch. */
export interface StepperSize {
  readonly steps: number;
  readonly batch: number;
}

/**
 * The one place that chooses what moves a model: the fused kernel where the specification allows, else the plain steps, with
 * InfoNCE compiled unless the plain twins are wanted.
 *
 * @throws {RangeError} where numbers in single precision are asked for and only the plain steps can do the work
 */
export function openStepper(
  model: TwoTowers,
  specification: TrainingSpecification,
  { steps, batch }: StepperSize,
  option: KernelOption,
): Stepper {
  const { loss, optimisers, precision, dimension } = specification;
  const shape = { precision, users: model.user.inputs, items: model.item.inputs, dimension, batch };
  const isFused = option === 'auto' && fusedRefusal(specification) === null && hasRoom(shape);
  if (isFused) return openFusedStepper(model, specification, steps, shape);
  if (precision === 'single') {
    const why =
      option === 'plain' ? 'kernels are not wanted' : (fusedRefusal(specification) ?? 'it has room for 2 GiB');
    throw new RangeError(`precision: single needs the fused kernel; ${why}`);
  }
  const isCompiled = option === 'auto' && isInfoNce(loss.name);
  const compiled = isCompiled ? compiledInfoNce(loss.name, loss.temperature) : model.loss;
  return openPlainStepper({ ...model, loss: compiled }, optimisers, steps);
}

/** Why the fused kernel cannot train this, or null if it can. */
export function fusedRefusal({ tower, loss, optimisers }: TrainingSpecification): string | null {
  if (tower.kind !== 'embedding') return `it has embedding towers only, not ${tower.kind}`;
  if (!isInfoNce(loss.name)) return `it has InfoNCE only, not ${loss.name}`;
  if (!isPlain(optimisers.user) || !isPlain(optimisers.item)) return 'it has SGD without momentum and decay only';
  return null;
}

function isInfoNce(name: string): name is 'info-nce-cosine' | 'info-nce-dot' {
  return name === 'info-nce-cosine' || name === 'info-nce-dot';
}

function isPlain(optimiser: TowerOptimiser): boolean {
  return optimiser.method === 'sgd' && optimiser.momentum === 0 && optimiser.weightDecay.rate === 0;
}
