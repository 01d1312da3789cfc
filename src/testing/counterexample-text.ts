import { formatSignificant } from '../report/format-number.ts';
import { endOf, type Path, type PathStep, type State } from './path.ts';

/** Steps at either end of a long path that are told. */
const told = 6;

/** A path on one line: s₀, who appears at each step with which c, and where that ends. */
export function pathText(path: Path): string {
  const steps = path.steps.map((step, index) => `step ${index + 1}: ${stepText(step)}`);
  if (steps.length > 2 * told) steps.splice(told, steps.length - 2 * told, '…');
  return `s₀ = ${path.initialSquaredNorm}; ${[...steps, ''].join('; ')}then ${stateText(endOf(path))}`;
}

/** s′ and s″, in as many digits as tell them apart. */
export function stateText({ lower, upper }: State): string {
  const differing = [6, 9, 12, 15, 17].find((digits) => lower.toPrecision(digits) !== upper.toPrecision(digits)) ?? 17;
  const [s1, s2] = [lower, upper].map((value) => formatSignificant(value, differing));
  return `s′ = ${s1}, s″ = ${s2}`;
}

function stepText({ lowerGain, upperGain, lowerDecay, upperDecay }: PathStep): string {
  const gains = gainText(lowerGain, upperGain);
  if (lowerDecay === 1 && upperDecay === 1) return gains;
  const decays = lowerDecay === upperDecay ? `κ = ${lowerDecay}` : `κ′ = ${lowerDecay}, κ″ = ${upperDecay}`;
  return `${gains}, ${decays}`;
}

function gainText(lower: number, upper: number): string {
  if (lower === 0 && upper === 0) return 'in neither run';
  if (lower === 0) return `in the upper run alone, c = ${upper}`;
  return lower === upper ? `in both runs, c = ${lower}` : `in both runs, c′ = ${lower}, c″ = ${upper}`;
}
