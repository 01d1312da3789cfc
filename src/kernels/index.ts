import type { CouplingName } from '../coupling/coupling.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { presenceProbability } from '../process/presence.ts';
import { countsKernelRefusal, runCountsKernel } from './counts-kernel.ts';
import type { KernelRequest, KernelRun } from './kernel-run.ts';
import { isCounted, runWalkKernel, walkKernelRefusal } from './walk-kernel.ts';

/** Why no kernel simulates a pair by this coupling, or null if one does. The coupling itself must be exact for the pair. */
export function kernelRefusal(coupling: CouplingName, pair: PairParameters): string | null {
  if (coupling === 'independent') return 'runs that share no draw';
  return walkKernelRefusal(coupling, pair) ?? (coupling === 'counts' ? countsKernelRefusal(pair) : null);
}

/** Simulates the pairs of a chunk by the kernel of this coupling. */
export function runKernel(coupling: CouplingName, request: KernelRequest): KernelRun {
  return coupling === 'counts' ? runCountsKernel(request) : runWalkKernel(coupling, request);
}

/**
 * What a kernel takes for a pair, roughly, in nanoseconds on a processor of 2024: what `auto` compares, and what sizes the
 * chunks.
 */
export function kernelCost(coupling: CouplingName, pair: PairParameters, recordedPoints: number): number {
  if (coupling === 'counts') return 5;
  const { steps, batchSize, popularity, gain } = pair;
  const appearances = steps * presenceProbability(popularity.upper, batchSize);
  const perTrial = coupling === 'events' ? 0 : coupling === 'steps' ? 0.2 * steps : 0.09 * steps * batchSize;
  if (isCounted(pair)) {
    const perAppearance = recordedPoints > 0 ? 5 : coupling === 'events' ? 1.3 : 0;
    return 20 + perTrial + perAppearance * appearances + 2 * recordedPoints;
  }
  const perAppearance = gain.model !== 'lognormal' ? 3 : gain.sharing === 'shared' ? 6 : 10;
  return 20 + perTrial + perAppearance * appearances + 4 * recordedPoints;
}
