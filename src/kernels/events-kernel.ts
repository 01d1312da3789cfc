import seedrandom from 'seedrandom';
import type { OrderCounts } from '../coupling/order-counts.ts';
import { baseGain } from '../process/gains/base-gain.ts';
import { gainModel } from '../process/gains/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { presenceProbability } from '../process/presence.ts';
import { fillGapTable, gapBuckets } from './gap-table.ts';
import { type KernelModule, kernels } from './kernel-module.ts';

/** What a kernel is asked for: the pairs of one chunk. */
export interface KernelRequest {
  readonly pair: PairParameters;
  readonly recordedSteps: readonly number[];
  /** Seeds the chunk's generators: a stream key. */
  readonly key: string;
  /** The number of the chunk's first replicate. */
  readonly first: number;
  /** The initial squared norm of each pair. */
  readonly starts: Float64Array;
  /** The pair, counted within the chunk, whose steps are wanted. */
  readonly traced?: number;
}

/** What a kernel returns. The arrays are views of its memory, good until its next run. */
export interface KernelResult {
  /** s′, s″ of each pair in turn. */
  readonly finals: Float64Array;
  /** Likewise after each recorded step; a pair's row starts at its number times `recordedStride`. */
  readonly recorded: Float64Array;
  readonly recordedStride: number;
  readonly order: OrderCounts;
  /** step, c′, c″, s′, s″ of each appearance of the traced pair in turn. */
  readonly trace: Float64Array;
}

/** Words of the kernel's lanes, draws and masks. */
const laneBytes = 8192;
const [generatorWords, counterLongs] = [16, 8];
/** Room for the ziggurat and the exponential's table. */
const tableBytes = 4096;
/** Numbers a traced step. */
export const traceWidth = 5;

/** Beyond it the exponents leave the range of the kernel's exponential. */
const widestSigma = 8;

/** Why the kernel cannot simulate a pair, or null if it can. */
export function eventsKernelRefusal(pair: PairParameters): string | null {
  if (pair.momentum.beta > 0) return 'momentum';
  if (pair.weightDecay.rate > 0) return 'weight decay';
  const { gain } = pair;
  if (gain.model === 'lognormal') {
    if (gain.sigma > widestSigma) return `a sigma above ${widestSigma}`;
  } else if (!gainModel(pair, 'lower').isDeterministic || gain.sharing === 'own') {
    return 'gains of this model';
  }
  if (pair.popularity.upper === 0) return 'an item that never appears';
  return pair.steps < 1 || pair.steps > 2 ** 22 ? 'so many steps' : null;
}

/** The events coupling on the kernel: the same law as its plain twin, from draws of its own. */
export function runEventsKernel(request: KernelRequest): KernelResult {
  const kernel = kernels();
  kernel.reset();
  const { pair, recordedSteps, starts, first, traced } = request;
  const replicates = starts.length;
  const logAbsence = pair.batchSize * Math.log1p(-pair.popularity.upper);
  const stride = recordedSteps.length + 1;
  const at = {
    lanes: kernel.allocate(laneBytes),
    random: kernel.allocate(4 * generatorWords),
    gapTable: kernel.allocate(2 * gapBuckets),
    gains: kernel.allocate(8 * (pair.steps + 1)),
    widths: kernel.allocate(8 * (pair.steps + 1)),
    tables: kernel.allocate(tableBytes),
    starts: kernel.allocate(8 * replicates),
    slotOf: kernel.allocate(2 * (pair.steps + 1)),
    recorded: kernel.allocate(recordedSteps.length === 0 ? 0 : 16 * (replicates + 1) * stride),
    finals: kernel.allocate(16 * replicates),
    counters: kernel.allocate(8 * counterLongs),
    trace: kernel.allocate(traced === undefined ? 0 : 40 * (pair.steps + 1)),
  };
  const recordedFloats = recordedSteps.length === 0 ? 0 : 2 * (replicates + 1) * stride;
  seed(kernel, at.random, request.key);
  fillGapTable(kernel.halves(at.gapTable, gapBuckets), logAbsence);
  if (pair.gain.model === 'lognormal') {
    const { sharing, sigma, rho } = pair.gain;
    fillJumps(kernel.floats(at.gains, pair.steps + 1), kernel.floats(at.widths, pair.steps + 1), rho);
    const kind = sharing === 'shared' ? 1 : 2;
    kernel.exports.lognormalGains(kind, sigma, baseGain(pair), at.gains, at.widths, pair.steps, at.tables);
  } else {
    fillGains(kernel.floats(at.gains, pair.steps + 1), pair);
    kernel.exports.gainsByStep(at.gains);
  }
  kernel.floats(at.starts, replicates).set(starts);
  fillSlots(kernel.halves(at.slotOf, pair.steps + 1), recordedSteps);
  kernel.floats(at.recorded, recordedFloats).fill(0);
  // The first violation is the least of the replicate numbers: larger than any at the start.
  kernel.longs(at.counters, counterLongs).fill(0n)[6] = 2n ** 62n;
  const [thinningHigh, thinningLow] = thinningWords(pair);
  const traceSteps = kernel.exports.events(
    at.lanes,
    at.random,
    at.gapTable,
    logAbsence,
    thinningHigh,
    thinningLow,
    pair.steps,
    replicates,

    at.starts,
    at.slotOf,
    recordedSteps.length,
    at.recorded,
    at.finals,
    at.counters,
    traced ?? -1,
    at.trace,
  );
  return {
    finals: kernel.floats(at.finals, 2 * replicates),
    recorded: kernel.floats(at.recorded, recordedFloats),
    recordedStride: 2 * stride,
    order: orderCounts(kernel.longs(at.counters, counterLongs), replicates, first),
    trace: kernel.floats(at.trace, traceWidth * traceSteps),
  };
}

/** Four xoshiro128++ streams with a state of 128 bits each. */
function seed(kernel: KernelModule, address: number, key: string): void {
  const seeder = seedrandom(key);
  kernel.words(address, generatorWords).forEach((_, word, words) => {
    words[word] = seeder.int32();
  });
}

/** c_t at index t. */
function fillGains(gains: Float64Array, pair: PairParameters): void {
  const path = gainModel(pair, 'lower').open();
  for (let step = 1; step <= pair.steps; step++) gains[step] = path.gain(step, 1, noDraws);
}

/** The jump of a stationary AR(1) over g steps, at index g: x ← ρ^g x + √(1 − ρ^{2g}) z. */
function fillJumps(powers: Float64Array, widths: Float64Array, rho: number): void {
  for (let gap = 0; gap < powers.length; gap++) {
    powers[gap] = rho ** gap;
    widths[gap] = Math.sqrt(1 - powers[gap] * powers[gap]);
  }
}

/** At index t the number of recorded steps before t. */
function fillSlots(slotOf: Uint16Array, recordedSteps: readonly number[]): void {
  let slot = 0;
  for (let step = 0; step < slotOf.length; step++) {
    while (slot < recordedSteps.length && recordedSteps[slot] < step) slot += 1;
    slotOf[step] = slot;
  }
}

/** a′/a″ as two 32-bit digits, the first 2³² where the runs are the same. */
function thinningWords({ popularity, batchSize }: PairParameters): [high: bigint, low: number] {
  const [lower, upper] = [popularity.lower, popularity.upper].map((p) => presenceProbability(p, batchSize));
  const scaled = (lower / upper) * 2 ** 32;
  const high = Math.floor(scaled);
  return [BigInt(high), Math.floor((scaled - high) * 2 ** 32)];
}

function orderCounts(counters: BigInt64Array, pairs: number, first: number): OrderCounts {
  const [somewhere, atEnd, steps, isNew, predicted, ties, replicate, step] = [...counters].map(Number);
  return {
    pairs,
    pairsViolatedAtSomeStep: somewhere,
    pairsViolatedAtEnd: atEnd,
    violatedPairSteps: steps,
    newViolations: isNew,
    newViolationsPredicted: predicted,
    ties,
    firstViolation: somewhere === 0 ? null : { replicate: first + replicate, step },
  };
}

function noDraws(): never {
  throw new RangeError('runEventsKernel: a gain that depends on the step alone draws nothing');
}
