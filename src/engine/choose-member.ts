import type { CouplingName } from '../coupling/coupling.ts';
import { chooseCoupling, couplings, formatCost } from '../coupling/index.ts';
import { kernelCost, kernelRefusal } from '../kernels/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { GeneratorName } from '../random/generators/index.ts';

/** What draws a cell's pairs: the compiled SIMD kernel of a coupling, or its plain twin. */
export type KernelName = 'simd' | 'plain';

/** Whether kernels may be used where there are any, or the plain twins are wanted. */
export type KernelOption = 'auto' | 'plain';

export interface Member {
  readonly coupling: CouplingName;
  readonly kernel: KernelName;
  /** Why this coupling. */
  readonly reason: string;
}

/** What the choice depends on. */
export interface MemberRequest {
  readonly pair: PairParameters;
  readonly coupling: CouplingName | 'auto';
  readonly generator: GeneratorName;
  readonly recordedSteps: readonly number[];
}

/**
 * The one place that chooses the coupling of a cell, and the kernel or its plain twin.
 *
 * @throws {RangeError} when the coupling asked for cannot simulate this pair exactly
 */
export function chooseMember(
  { pair, coupling, generator, recordedSteps }: MemberRequest,
  option: KernelOption,
): Member {
  const isRecorded = recordedSteps.length > 0;
  // The kernels draw from generators of their own; whoever asks for another one wants that.
  const mayUseKernel = option === 'auto' && generator === 'sfc32';
  const hasKernel = (name: CouplingName) => mayUseKernel && kernelRefusal(name, pair) === null;
  if (coupling === 'auto' && mayUseKernel) {
    const cheapest = cheapestKernel(pair, recordedSteps);
    if (cheapest !== null) return cheapest;
  }
  const choice = chooseCoupling(pair, coupling, isRecorded);
  return { ...choice, kernel: hasKernel(choice.coupling) ? 'simd' : 'plain' };
}

/** The cheapest kernel that is exact for the pair, if there is any. */
function cheapestKernel(pair: PairParameters, recordedSteps: readonly number[]): Member | null {
  const isRecorded = recordedSteps.length > 0;
  const costs = couplings
    .filter(({ name, refusal }) => refusal(pair, isRecorded) === null && kernelRefusal(name, pair) === null)
    .map(({ name }) => ({ name, cost: kernelCost(name, pair, recordedSteps.length) }))
    .toSorted((a, b) => a.cost - b.cost);
  if (costs.length === 0) return null;
  const [best, ...others] = costs;
  const dearer = others.map(({ name, cost }) => `${name} ${formatCost(cost)}`).join(', ');
  return {
    coupling: best.name,
    kernel: 'simd',
    reason: `cheapest exact kernel: about ${formatCost(best.cost)} ns a pair${dearer === '' ? '' : ` (${dearer})`}`,
  };
}
