import type { CouplingName } from '../coupling/coupling.ts';
import { chooseCoupling } from '../coupling/index.ts';
import { eventsKernelRefusal } from '../kernels/events-kernel.ts';
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
  const choice = chooseCoupling(pair, coupling, recordedSteps.length > 0);
  // The kernel draws from a generator of its own; whoever asks for another one wants that.
  const hasEventsKernel = option === 'auto' && generator === 'sfc32' && eventsKernelRefusal(pair) === null;
  if (!hasEventsKernel) return { ...choice, kernel: 'plain' };
  if (choice.coupling === 'events') return { ...choice, kernel: 'simd' };
  // An appearance costs the kernel less than a step costs the plain twin, however many steps hold the item.
  const isBetter = coupling === 'auto' && choice.coupling !== 'counts';
  return isBetter
    ? { coupling: 'events', kernel: 'simd', reason: 'exact, and has a kernel' }
    : { ...choice, kernel: 'plain' };
}
