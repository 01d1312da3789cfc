import { endOf, type Path, type PathStep, type State } from './path.ts';
import { rounded } from './rounding.ts';

/** Whether the end of a path breaks what is claimed. */
export type IsBroken = (end: State) => boolean;

/** Steps that may be walked in trying to drop some: about a second's worth. */
const mostWalked = 2e8;

/**
 * A path with as few steps and as round numbers as a greedy search finds, whose end still breaks the claim: steps are
 * dropped, then joined where one step does the work of two, then s₀ and each gain rounded, until nothing more gives.
 *
 * @returns null where the path, walked again, does not break the claim
 */
export function shrink(path: Path, isBroken: IsBroken): Path | null {
  const breaks = (candidate: Path) => isBroken(endOf(candidate));
  if (!breaks(path)) return null;
  let current = path;
  for (let before = Infinity; current.steps.length < before; ) {
    before = current.steps.length;
    current = rounded(joined(dropped(current, breaks), breaks), breaks);
  }
  return current;
}

/** Drops blocks of steps, halves of the path first, then quarters, down to single ones. */
function dropped(path: Path, breaks: (candidate: Path) => boolean): Path {
  let current = path;
  let walked = 0;
  let size = Math.ceil(path.steps.length / 2);
  for (let hasDropped = false; size >= 1 && walked < mostWalked; ) {
    for (let at = current.steps.length - 1; at >= 0 && walked < mostWalked; at -= size) {
      const from = Math.max(0, at - size + 1);
      const candidate = { ...current, steps: current.steps.toSpliced(from, at - from + 1) };
      walked += candidate.steps.length;
      if (!breaks(candidate)) continue;
      current = candidate;
      hasDropped = true;
    }
    // Single steps are tried until none can go.
    if (size === 1 && !hasDropped) break;
    size = Math.ceil(size / 2);
    hasDropped = false;
  }
  return current;
}

/** Joins neighbours where one step that leads to the same state still breaks the claim. */
function joined(path: Path, breaks: (candidate: Path) => boolean): Path {
  let current = path;
  let state = startOf(path);
  for (let at = 0; at + 1 < current.steps.length; ) {
    const [first, second] = current.steps.slice(at, at + 2);
    const step = joinedStep(first, second, state);
    const candidate = step === null ? null : { ...current, steps: current.steps.toSpliced(at, 2, step) };
    if (candidate !== null && breaks(candidate)) current = candidate;
    else {
      state = endOf({ ...current, steps: current.steps.slice(0, at + 1) });
      at += 1;
    }
  }
  return current;
}

function startOf({ initialSquaredNorm }: Path): State {
  return { lower: initialSquaredNorm, upper: initialSquaredNorm };
}

/** One step instead of two, for runs that each appear in both or in neither; null where there is none. */
function joinedStep(first: PathStep, second: PathStep, state: State): PathStep | null {
  const isAlike = (run: 'lowerGain' | 'upperGain') => first[run] > 0 === second[run] > 0;
  if (!isAlike('lowerGain') || !isAlike('upperGain')) return null;
  const end = { lower: walk(state.lower, 'lower', first, second), upper: walk(state.upper, 'upper', first, second) };
  const lowerDecay = first.lowerDecay * second.lowerDecay;
  const upperDecay = first.upperDecay * second.upperDecay;
  const gain = (from: number, to: number, decay: number) => Math.max(0, (to - decay * from) * from);
  const lowerGain = first.lowerGain > 0 ? gain(state.lower, end.lower, lowerDecay) : 0;
  const upperGain = first.upperGain > 0 ? gain(state.upper, end.upper, upperDecay) : 0;
  // A gain that both runs met stays one gain.
  const isShared = [first, second].every((step) => step.lowerGain === step.upperGain);
  return { lowerGain, upperGain: isShared ? lowerGain : upperGain, lowerDecay, upperDecay };
}

function walk(squaredNorm: number, run: 'lower' | 'upper', ...steps: PathStep[]): number {
  return steps.reduce((s, step) => step[`${run}Decay`] * s + step[`${run}Gain`] / s, squaredNorm);
}
