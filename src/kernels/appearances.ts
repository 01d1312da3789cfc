import type { CouplingName } from '../coupling/coupling.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { presenceProbability } from '../process/presence.ts';
import { fillGapTable, gapBuckets } from './gap-table.ts';
import type { KernelModule } from './kernel-module.ts';

/** Tells the kernel how the steps at which the item appears are drawn. */
export function openAppearances(kernel: KernelModule, coupling: CouplingName, pair: PairParameters): void {
  const { popularity, batchSize } = pair;
  const lower = presenceProbability(popularity.lower, batchSize);
  const upper = presenceProbability(popularity.upper, batchSize);
  switch (coupling) {
    case 'events':
      openGaps(kernel, pair);
      kernel.exports.openThinning(binaryDigits(lower / upper), lower === upper);
      kernel.exports.openByEvents();
      return;
    case 'steps':
      openTrials(kernel, 1, lower, upper);
      return;
    case 'slots':
      openTrials(kernel, batchSize, popularity.lower, popularity.upper);
      return;
    default:
      throw new RangeError(`openAppearances: there is no kernel that walks ${coupling}`);
  }
}

function openGaps(kernel: KernelModule, { popularity, batchSize, steps }: PairParameters): void {
  const logAbsence = batchSize * Math.log1p(-popularity.upper);
  fillGapTable(kernel.words(kernel.exports.openGaps(logAbsence, steps), gapBuckets), logAbsence);
}

function openTrials(kernel: KernelModule, trials: number, lower: number, upper: number): void {
  kernel.exports.openBernoulli(binaryDigits(lower), binaryDigits(upper), lower >= 1, upper >= 1);
  kernel.exports.openByTrials(trials, kernel.allocate(32));
}

/** ⌊2⁶⁴ p⌋ of a p below 1: all its digits, unless it is below 2⁻¹¹, and then all but its last ones. */
function binaryDigits(p: number): bigint {
  if (p >= 1) return 2n ** 64n - 1n;
  const high = Math.floor(p * 2 ** 32);
  const low = Math.floor((p * 2 ** 32 - high) * 2 ** 32);
  return (BigInt(high) << 32n) | BigInt(low);
}
