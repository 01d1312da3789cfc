import type { CouplingName } from '../coupling/coupling.ts';
import type { OrderCounts } from '../coupling/order-counts.ts';
import { baseGain } from '../process/gains/base-gain.ts';
import { gainModel } from '../process/gains/index.ts';
import { growthTable } from '../process/growth-table.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { openAppearances } from './appearances.ts';
import { summariseFinals } from './finals.ts';
import { type KernelModule, kernels } from './kernel-module.ts';
import { type KernelRequest, type KernelRun, traceWidth } from './kernel-run.ts';
import { seedKernel } from './seed.ts';
import { TrajectoryMemory } from './trajectories.ts';

const lanes = 64;
const counterLongs = 8;
/** Beyond them the gains leave the range of the kernel's exponential. */
const widestSigma = 8;
const [leastGain, greatestGain] = [1e-100, 1e100];
/** Trainings whose appearances are listed, lane by lane, have a list that long in each. */
const longestListed = 2 ** 16;
const longest = 2 ** 22;

/** Why the kernel cannot walk a pair that is coupled so, or null if it can. */
export function walkKernelRefusal(coupling: CouplingName, pair: PairParameters): string | null {
  if (pair.momentum.beta > 0) return 'momentum';
  if (pair.weightDecay.rate > 0) return 'weight decay';
  const { gain } = pair;
  if (gain.model === 'lognormal') {
    if (gain.sigma > widestSigma) return `a sigma above ${widestSigma}`;
    const meanGain = baseGain(pair);
    if (meanGain < leastGain || meanGain > greatestGain) return `a mean gain of ${meanGain}`;
    // Other kinds draw: `gains.ts` says what the walk can read.
  } else if (!gainModel(pair, 'lower').isDeterministic || gain.sharing === 'own') {
    return 'gains of this model';
  }
  if (pair.popularity.upper === 0) return 'an item that never appears';
  const most = coupling === 'events' || isCounted(pair) ? longest : longestListed;
  return pair.steps < 1 || pair.steps > most ? 'so many steps' : null;
}

/** Walks the pairs of a chunk: the same law as the plain twin of the coupling, from draws of its own. */
export function runWalkKernel(coupling: CouplingName, request: KernelRequest): KernelRun {
  // The window of the trajectories' histograms is a guess; too narrow a one is widened, and the chunk done again.
  for (let octaves = 16; ; octaves *= 4) {
    const run = runOnce(coupling, request, octaves);
    if (run !== null) return run;
  }
}

function runOnce(coupling: CouplingName, request: KernelRequest, octaves: number): KernelRun | null {
  const kernel = kernels();
  kernel.reset();
  const { pair, recordedSteps, first, replicates, traced } = request;
  seedKernel(kernel, request.key);
  openAppearances(kernel, coupling, pair);
  const trajectories = new TrajectoryMemory(kernel, recordedSteps, pair.steps, leastOf(request.starts), octaves);
  const counters = kernel.allocateZeros(8 * counterLongs);
  // The first violation is the least of the replicate numbers: larger than any at the start.
  kernel.longs(counters, counterLongs)[6] = 2n ** 62n;
  kernel.exports.openOrder(counters);
  const trace = kernel.allocate(traced === undefined ? 0 : 8 * traceWidth * (pair.steps + 1));
  kernel.exports.openTrace(traced ?? -1, trace);
  const finals = kernel.allocate(16 * replicates);
  const traceEnd = isCounted(pair)
    ? walkByCounting(kernel, pair, replicates, finals)
    : walkWithGains(kernel, coupling, request, finals);
  kernel.exports.closeTrajectories();
  if (!trajectories.hasRoom()) return null;
  const order = orderCounts(kernel.longs(counters, counterLongs), replicates, first);
  const summary = {
    ...summariseFinals(kernel, finals, replicates),
    order,
    trajectory: trajectories.moments(replicates),
  };
  return {
    summary,
    trace: kernel.floats(trace, (traceEnd - trace) / 8).slice(),
    finals: kernel.floats(finals, 2 * replicates),
  };
}

/** Whether the state is a function of the number of appearances. */
export function isCounted({ gain, initialSquaredNorm }: PairParameters): boolean {
  return gain.model === 'constant' && typeof initialSquaredNorm === 'number';
}

function walkByCounting(kernel: KernelModule, pair: PairParameters, replicates: number, finals: number): number {
  const gain = baseGain(pair);
  const states = kernel.place(growthTable(pair.initialSquaredNorm as number, gain, pair.steps));
  const list = kernel.allocate(4 * (pair.steps + 9));
  return kernel.exports.walkByCounting(pair.steps, replicates, states, gain, list, finals);
}

function walkWithGains(
  kernel: KernelModule,
  coupling: CouplingName,
  { pair, replicates, starts }: KernelRequest,
  finals: number,
): number {
  const { steps, gain } = pair;
  if (gain.model === 'lognormal') {
    const { sigma, rho, sharing } = gain;
    const scale = baseGain(pair) * Math.exp((-sigma * sigma) / 2);
    kernel.exports.openLognormalGains(sharing === 'shared', sigma, scale, kernel.place(jumps(steps, rho, sigma)));
  } else {
    kernel.exports.openGainsByStep(kernel.place(gainsByStep(pair)));
  }
  const lists = coupling === 'events' ? 0 : kernel.allocate(4 * lanes * (steps + 2));
  const startsAt = kernel.place(typeof starts === 'number' ? new Float64Array(replicates).fill(starts) : starts);
  return kernel.exports.walk(steps, replicates, startsAt, finals, lists);
}

function leastOf(starts: number | Float64Array): number {
  return typeof starts === 'number' ? starts : starts.reduce((least, start) => Math.min(least, start));
}

/** c_t at index t. */
function gainsByStep(pair: PairParameters): Float64Array {
  const gains = new Float64Array(pair.steps + 1);
  const path = gainModel(pair, 'lower').open();
  for (let step = 1; step <= pair.steps; step++) gains[step] = path.gain(step, 1, noDraws);
  return gains;
}

/** The jump of σ times a stationary AR(1) over g steps, x ← ρ^g x + σ√(1 − ρ^{2g}) z: both factors, at index 2g. */
function jumps(steps: number, rho: number, sigma: number): Float64Array {
  const factors = new Float64Array(2 * (steps + 1));
  // By products: powers differ in the last bit from one version of V8 to the next.
  let power = 1;
  for (let gap = 0; gap <= steps; gap++) {
    factors[2 * gap] = power;
    factors[2 * gap + 1] = sigma * Math.sqrt(1 - power * power);
    power *= rho;
  }
  return factors;
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
  throw new RangeError('runWalkKernel: a gain that depends on the step alone draws nothing');
}
