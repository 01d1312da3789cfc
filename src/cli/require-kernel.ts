import type { KernelOption } from '../engine/choose-member.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';

/**
 * Refuses trainings in single precision without their kernel: the plain twins have doubles only.
 *
 * @throws {ScenarioError}
 */
export function requireKernel(
  {
    cells,
    source,
  }: { readonly cells: readonly { readonly training: TrainingSpecification }[]; readonly source: string },
  kernel: KernelOption,
): void {
  if (kernel === 'plain' && cells.some(({ training }) => training.precision === 'single')) {
    throw new ScenarioError(`${source}: precision: single needs the kernels; leave out --kernel plain`);
  }
}
