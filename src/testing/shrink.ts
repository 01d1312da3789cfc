import { endOf, type Path, type PathStep, type State } from './path.ts';
import { rounded } from './rounding.ts';

/** Whether the end of a path breaks what is claimed. */
export type IsBroken = (end: State) => boolean;

/** Steps that may be walked in trying to drop some: about a second's worth. */
const mostWalked = 2e8;

/** Paths that stay longer are left as they are: joining and rounding take the square of their length. */
const mostJoined = 300;

/**
 * A path with as few steps and as round numbers as a greedy search finds, whose end still breaks the claim: steps are
 * dropped, then joined where one step does the work of two, then s₀ and each gain rounded, until nothing more gives. Of a
 * path that needs more than 300 steps, only steps are dropped.
 *
 * @returns null where the path, walked again, does not break the claim
 */
export function shrink(path: Path, isBroken: IsBroken): Path | null {
  const breaks = (candidate: Path) => isBroken(endOf(candidate));
  if (!breaks(path)) return null;
  // Ends: every change takes a step, an appearance or a digit away, and rounding may let another step go.
  for (let current = condensed(path, breaks); ; ) {
    const shorter = dropped(current, breaks);
    if (shorter.steps.length > mostJoined) return shorter;
    const simpler = rounded(joined(shorter, breaks), breaks);
    if (simpler === current) return current;
    current = simpler;
  }
}

/** Takes stretches of nothing but decay, which dense decay fills most of a path with, as one step each. */
function condensed(path: Path, breaks: (candidate: Path) => boolean): Path {
  const steps: PathStep[] = [];
  for (const step of path.steps) {
    const last = steps.at(-1);
    if (last === undefined || !isIdle(last) || !isIdle(step)) steps.push(step);
    else steps[steps.length - 1] = joinedStep(last, step, startOf(path))!;
  }
  const candidate = { ...path, steps };
  return steps.length < path.steps.length && breaks(candidate) ? candidate : path;
}

/** Whether the item is in neither run's batch. */
function isIdle({ lowerGain, upperGain }: PathStep): boolean {
  return lowerGain === 0 && upperGain === 0;
}

/** Drops blocks of steps, halves of the path first, then quarters, down to single ones. */
function dropped(path: Path, breaks: (candidate: Path) => boolean): Path {
  let current = path;
  let walked = 0;
  for (let size = Math.ceil(path.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = current.steps.length - 1; at >= 0 && walked < mostWalked; at -= size) {
      const from = Math.max(0, at - size + 1);
      const candidate = { ...current, steps: current.steps.toSpliced(from, at - from + 1) };
      walked += candidate.steps.length;
      if (breaks(candidate)) current = candidate;
    }
  }
  return path.isDense ? absented(current, breaks) : current;
}

/** Keeps of a step that cannot go only its decay where that will do: it can be joined with any other. */
function absented(path: Path, breaks: (candidate: Path) => boolean): Path {
  let current = path;
  for (let at = 0; at < path.steps.length && path.steps.length <= mostJoined; at++) {
    const step = current.steps[at];
    if (isIdle(step)) continue;
    const idle = { ...step, lowerGain: 0, upperGain: 0 };
    const candidate = { ...current, steps: current.steps.with(at, idle) };
    if (breaks(candidate)) current = candidate;
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

/**
 * One step instead of two, null where there is none: each run must appear in both or in neither, unless one step holds
 * the item in neither run, since decay before or after an appearance is one with it.
 */
function joinedStep(first: PathStep, second: PathStep, state: State): PathStep | null {
  const isAlike = (run: 'lowerGain' | 'upperGain') => first[run] > 0 === second[run] > 0;
  const isOne = isIdle(first) || isIdle(second) || (isAlike('lowerGain') && isAlike('upperGain'));
  if (!isOne) return null;
  const end = { lower: walk(state.lower, 'lower', first, second), upper: walk(state.upper, 'upper', first, second) };
  const lowerDecay = first.lowerDecay * second.lowerDecay;
  const upperDecay = first.upperDecay * second.upperDecay;
  const gain = (from: number, to: number, decay: number) => Math.max(0, (to - decay * from) * from);
  const appears = (run: 'lowerGain' | 'upperGain') => first[run] > 0 || second[run] > 0;
  const lowerGain = appears('lowerGain') ? gain(state.lower, end.lower, lowerDecay) : 0;
  const upperGain = appears('upperGain') ? gain(state.upper, end.upper, upperDecay) : 0;
  // A gain that both runs met stays one gain.
  const isShared = [first, second].every((step) => step.lowerGain === step.upperGain);
  return { lowerGain, upperGain: isShared ? lowerGain : upperGain, lowerDecay, upperDecay };
}

function walk(squaredNorm: number, run: 'lower' | 'upper', ...steps: PathStep[]): number {
  return steps.reduce((s, step) => step[`${run}Decay`] * s + step[`${run}Gain`] / s, squaredNorm);
}
