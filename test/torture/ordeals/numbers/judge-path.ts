import type { ObservedStep } from '../../../../src/coupling/path-record.ts';
import type { Cell } from '../../../../src/engine/plan.ts';
import { watchPair } from '../../../../src/engine/replay-pair.ts';
import { PairSimulator } from '../../../../src/engine/run-chunk.ts';
import { isClose, isPossibleGain, stepGain } from './known-gains.ts';
import { keptAt } from './small-law.ts';

/** One pair, walked and judged step by step. */
export interface JudgedPath {
  readonly lower: number;
  readonly upper: number;
  readonly recordedLower: readonly number[];
  readonly recordedUpper: readonly number[];
  /** Steps after which s″ was below s′ by more than rounding, and how often it fell below. */
  readonly violatedSteps: number;
  readonly newViolations: number;
  /** Steps whose upper batch held the item; null where the path does not show them. */
  readonly appearances: number | null;
}

/** What a path must not be; the ordeal adds how to bring it about again. */
export class WrongPath extends Error {}

/** Repeats pairs of a cell with an observer, and holds every step against the formulas, written down once more. */
export function pathJudge(cell: Cell): (replicate: number) => JudgedPath {
  let walk = new Walk(cell);
  // A plain twin's tables are made once for all pairs.
  const simulator = cell.kernel === 'plain' ? new PairSimulator(cell, (observed) => walk.see(observed)) : null;
  return (replicate) => {
    walk = new Walk(cell);
    simulator?.draw(replicate);
    const record = simulator?.record ?? watchPair(cell, replicate, (observed) => walk.see(observed));
    return walk.end({
      initial: record.initial,
      lower: record.lower,
      upper: record.upper,
      recordedLower: [...record.recordedLower],
      recordedUpper: [...record.recordedUpper],
    });
  };
}

interface End {
  readonly initial: { readonly lower: number; readonly upper: number };
  readonly lower: number;
  readonly upper: number;
  readonly recordedLower: readonly number[];
  readonly recordedUpper: readonly number[];
}

class Walk {
  readonly #cell: Cell;
  readonly #seen: ObservedStep[] = [];

  constructor(cell: Cell) {
    this.#cell = cell;
  }

  see(observed: ObservedStep): void {
    this.#seen.push(observed);
  }

  end({ initial, ...end }: End): JudgedPath {
    const { pair, coupling } = this.#cell;
    const isIndependent = coupling === 'independent';
    if (!isIndependent && initial.lower !== initial.upper) throw new WrongPath('the two runs start apart');
    if (typeof pair.initialSquaredNorm === 'number' && initial.lower !== pair.initialSquaredNorm)
      throw new WrongPath(`the start is ${initial.lower}`);
    const isWalked = coupling !== 'counts';
    let before = { step: 0, ...initial };
    let [violatedSteps, newViolations] = [0, 0];
    let wasViolated = isBelow(initial.lower, initial.upper);
    for (const observed of this.#seen) {
      if (observed.step <= before.step || observed.step > pair.steps) throw new WrongPath(`step ${observed.step}`);
      if (isWalked && pair.momentum.beta === 0) this.#judgeStep(before, observed);
      if (wasViolated) violatedSteps += observed.step - 1 - before.step;
      const isViolated = isBelow(observed.lower, observed.upper);
      if (isViolated) violatedSteps += 1;
      if (isViolated && !wasViolated) newViolations += 1;
      wasViolated = isViolated;
      before = observed;
    }
    if (wasViolated) violatedSteps += pair.steps - before.step;
    if (end.lower !== before.lower || end.upper !== before.upper)
      throw new WrongPath(
        `it ends at ${end.lower} and ${end.upper}, its last step at ${before.lower}, ${before.upper}`,
      );
    this.#judgeRecorded(initial, end);
    if (pair.momentum.beta > 0) this.#judgeVectors(initial, end);
    if (coupling === 'counts' && typeof pair.initialSquaredNorm === 'number') this.#judgeCounts(end);
    const { appearances } = this;
    if (pair.popularity.upper === 1 && appearances !== null && appearances !== pair.steps)
      throw new WrongPath(`at popularity 1 the item is in ${appearances} of ${pair.steps} batches`);
    return { ...end, violatedSteps, newViolations, appearances };
  }

  /** Every observed step holds the item in the upper run, but where decay or momentum moves the others, too. */
  get appearances(): number | null {
    const { pair, coupling } = this.#cell;
    const isDense = pair.weightDecay.rate > 0 && pair.weightDecay.applies === 'dense';
    const isShown = coupling !== 'independent' && coupling !== 'counts' && !isDense && pair.momentum.beta === 0;
    return isShown ? this.#seen.length : null;
  }

  #judgeStep(before: { lower: number; upper: number }, observed: ObservedStep): void {
    const { pair, coupling } = this.#cell;
    for (const run of ['lower', 'upper'] as const) {
      const gain = run === 'lower' ? observed.lowerGain : observed.upperGain;
      const kept = keptAt(pair, observed.step);
      const { [run]: s } = before;
      const absent = pair.weightDecay.applies === 'dense' ? kept * s : s;
      const isPresent = isPossibleGain(pair, run, observed.step, gain) && isClose(observed[run], kept * s + gain / s);
      const isAbsent = gain === 0 && isClose(observed[run], absent);
      const popularity = pair.popularity[run];
      if (popularity === 0 ? !isAbsent : popularity === 1 ? !isPresent : !isPresent && !isAbsent)
        throw new WrongPath(`step ${observed.step}: ${run} from ${s} to ${observed[run]} by c = ${gain}`);
    }
    if (coupling === 'independent' || pair.gain.sharing === 'own') return;
    const { model } = pair.gain;
    const isCounted = model === 'multiplicity' || model === 'in-batch-softmax';
    if (!isCounted && observed.lowerGain > 0 && observed.lowerGain !== observed.upperGain)
      throw new WrongPath(
        `step ${observed.step}: c′ = ${observed.lowerGain} and c″ = ${observed.upperGain} are shared`,
      );
    if (pair.popularity.lower === pair.popularity.upper && observed.lower !== observed.upper)
      throw new WrongPath(`step ${observed.step}: equal popularities lead to ${observed.lower} and ${observed.upper}`);
  }

  #judgeRecorded(initial: { lower: number; upper: number }, end: Pick<End, 'recordedLower' | 'recordedUpper'>): void {
    let at = 0;
    let state = initial;
    for (const [point, step] of this.#cell.recordedSteps.entries()) {
      while (at < this.#seen.length && this.#seen[at].step <= step) state = this.#seen[at++];
      if (end.recordedLower[point] !== state.lower || end.recordedUpper[point] !== state.upper)
        throw new WrongPath(`step ${step} is recorded as ${end.recordedLower[point]} and ${end.recordedUpper[point]}`);
    }
  }

  /** Without a pull nothing moves; a single pull of length √c/‖q‖, met again β times as long at each later step, moves q so far. */
  #judgeVectors(initial: { lower: number; upper: number }, end: Pick<End, 'lower' | 'upper'>): void {
    const { pair } = this.#cell;
    const { beta } = pair.momentum;
    if (pair.weightDecay.rate > 0 || pair.gain.model !== 'constant') return;
    for (const run of ['lower', 'upper'] as const) {
      const pulls = this.#seen.filter((step) => (run === 'lower' ? step.lowerGain : step.upperGain) > 0);
      if (pulls.length > 1) continue;
      const times = pulls.length === 0 ? 0 : pair.steps - pulls[0].step + 1;
      const moved = (1 - beta ** times) / (1 - beta);
      const { [run]: s } = initial;
      const expected = s + ((stepGain(pair, run, 1)! * moved) / s) * moved;
      if (!isClose(end[run], expected, 1e-9)) throw new WrongPath(`${run} ends at ${end[run]}, not at ${expected}`);
    }
  }

  /** Where it ends must be some S_n, n″ ≥ n′. */
  #judgeCounts(end: Pick<End, 'lower' | 'upper'>): void {
    const { pair } = this.#cell;
    const gain = stepGain(pair, 'lower', 1)!;
    if (pair.steps > 10_000) return;
    let s = pair.initialSquaredNorm as number;
    let [lower, upper] = [-1, -1];
    for (let n = 0; n <= pair.steps; n++) {
      if (lower < 0 && isClose(s, end.lower)) lower = n;
      if (isClose(s, end.upper)) upper = n;
      s += gain / s;
    }
    if (lower < 0 || upper < lower)
      throw new WrongPath(`no numbers of appearances lead to ${end.lower} and ${end.upper}`);
  }
}

/** Whether s″ is below s′ by more than 64 units in the last place. */
export function isBelow(lower: number, upper: number): boolean {
  return lower - upper > lower * 2 ** -46;
}
