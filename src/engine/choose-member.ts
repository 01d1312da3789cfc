import type { CouplingName } from '../coupling/coupling.ts';
import { chooseCoupling, couplings, formatCost, pairCost, whyNotCounts } from '../coupling/index.ts';
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
  // The kernels draw from generators of their own; whoever asks for another one wants that.
  const mayUseKernel = option === 'auto' && generator === 'sfc32';
  if (mayUseKernel && coupling === 'auto') return cheapestMember(pair, recordedSteps);
  const choice = chooseCoupling(pair, coupling, recordedSteps.length > 0);
  const hasKernel = mayUseKernel && kernelRefusal(choice.coupling, pair) === null;
  return { ...choice, kernel: hasKernel ? 'simd' : 'plain' };
}

/** What an operation of the plain twins takes, in nanoseconds. */
export const plainOperation = 40;

/** The cheapest member that is exact for the pair and couples the two runs, by its kernel where it has one. */
function cheapestMember(pair: PairParameters, recordedSteps: readonly number[]): Member {
  const isRecorded = recordedSteps.length > 0;
  const [best, ...others] = couplings
    .filter(({ name, refusal }) => name !== 'independent' && refusal(pair, isRecorded) === null)
    .map(({ name }) => {
      const kernel: KernelName = kernelRefusal(name, pair) === null ? 'simd' : 'plain';
      const isKernel = kernel === 'simd';
      const cost = isKernel ? kernelCost(name, pair, recordedSteps.length) : plainOperation * pairCost(pair, name);
      return { name, kernel, cost };
    })
    // Of two that cost the same the less literal.
    .toReversed()
    .toSorted((a, b) => a.cost - b.cost);
  const dearer = others.map(({ name, kernel, cost }) => `${name}${suffix(kernel)} ${formatCost(cost)}`).join(', ');
  const reason = `cheapest exact member: about ${formatCost(best.cost)} ns a pair (${dearer})`;
  return { coupling: best.name, kernel: best.kernel, reason: `${reason}${whyNotCounts(pair, isRecorded)}` };
}

function suffix(kernel: KernelName): string {
  return kernel === 'plain' ? ' without kernel' : '';
}
