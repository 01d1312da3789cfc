import type { CouplingName } from '../../src/coupling/coupling.ts';
import { type Cell, planCells } from '../../src/engine/plan.ts';
import { runKernel } from '../../src/kernels/index.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { streamKey } from '../../src/random/stream-address.ts';

/** The couplings whose kernels walk from appearance to appearance. */
export const walked = ['slots', 'steps', 'events'] as const;

/** A constant gain that the kernels do not know to be one, so that they walk instead of counting. */
export const constantSchedule: GainSpecification = {
  model: 'schedule',
  sharing: 'shared',
  schedule: { shape: 'constant' },
};

export function keyOfBlock(block: number): string {
  return streamKey({ seed: 41, group: 'kernel test', purpose: 'kernel', block });
}

/** A copy of the final states of a chunk of pairs that all start from the same number. */
export function finalsOf(
  coupling: CouplingName,
  pair: PairParameters,
  replicates: number,
  { block = 0, recordedSteps = [] as readonly number[] } = {},
): Float64Array {
  const starts = pair.initialSquaredNorm as number;
  const request = { pair, recordedSteps, key: keyOfBlock(block), first: 0, replicates, starts };
  return runKernel(coupling, request).finals!.slice();
}

/** A cell of this coupling, planned with kernels. */
export function cellOf(
  coupling: CouplingName,
  pair: PairParameters,
  replicates: number,
  recordedSteps: readonly number[] = [],
): Cell {
  const request = { pair, coupling, generator: 'sfc32', seed: 3, replicates, recordedSteps } as const;
  const [cell] = planCells([request]).cells;
  if (cell.kernel !== 'simd') throw new Error(`cellOf: no kernel draws ${coupling} of this pair`);
  return cell;
}
