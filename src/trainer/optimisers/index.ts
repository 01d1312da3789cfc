import type { Parameter } from '../parameter.ts';
import { openAdam } from './adam.ts';
import type { Optimiser, OptimiserSpecification } from './optimiser.ts';
import { openSgd } from './sgd.ts';

/** An optimiser of some parameters. To add one: a file in this folder, a line here. */
export function openOptimiser(specification: OptimiserSpecification, parameters: readonly Parameter[]): Optimiser {
  return specification.method === 'sgd' ? openSgd(specification, parameters) : openAdam(specification, parameters);
}
