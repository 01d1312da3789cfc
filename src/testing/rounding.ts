import type { Path, PathStep } from './path.ts';

/** A number of a path, and the path that has another one in its place. */
interface Knob {
  readonly value: number;
  turned(value: number): Path;
}

/** Passes over the numbers: rounding one may let another become rounder. */
const passes = 3;

/** The path with s₀, each gain and each decay factor in the fewest significant digits that still break the claim. */
export function rounded(path: Path, breaks: (candidate: Path) => boolean): Path {
  let current = path;
  for (let pass = 0; pass < passes; pass++) {
    // Two numbers that become equal are one from then on, so the list is made anew.
    for (let index = 0, knob = knobsOf(current)[0]; knob !== undefined; index++, knob = knobsOf(current)[index]) {
      const { value, turned } = knob;
      const round = rounderNumbers(value).find((candidate) => breaks(turned(candidate)));
      if (round !== undefined) current = turned(round);
    }
  }
  return current;
}

/** s₀, then the numbers of each step; a number that both runs share is one. */
function knobsOf(path: Path): Knob[] {
  const start: Knob = {
    value: path.initialSquaredNorm,
    turned: (initialSquaredNorm) => ({ ...path, initialSquaredNorm }),
  };
  const ofSteps = path.steps.flatMap((step, index) =>
    [fieldsOf(step, 'lowerGain', 'upperGain', 0), fieldsOf(step, 'lowerDecay', 'upperDecay', 1)]
      .flat()
      .map((fields) => ({
        value: step[fields[0]],
        turned: (value: number) => {
          const changes = Object.fromEntries(fields.map((field) => [field, value]));
          return { ...path, steps: path.steps.with(index, { ...step, ...changes }) };
        },
      })),
  );
  return [start, ...ofSteps];
}

/** The two fields apart, together where they are equal, and without those that do nothing. */
function fieldsOf<Field extends keyof PathStep>(step: PathStep, lower: Field, upper: Field, idle: number): Field[][] {
  if (step[lower] === step[upper]) return step[lower] === idle ? [] : [[lower, upper]];
  return [lower, upper].filter((field) => step[field] !== idle).map((field) => [field]);
}

/** Numbers near this one, of its sign, with fewer significant digits: the roundest first, then the nearest. */
export function rounderNumbers(value: number): number[] {
  if (value < 0) return rounderNumbers(-value).map((number) => -number);
  const candidates: number[] = [];
  for (let digits = 1; digits <= 15; digits++) {
    const nearest = Number(value.toPrecision(digits));
    if (nearest === value) break;
    const unit = 10 ** (Math.floor(Math.log10(value)) - digits + 1);
    const around = [nearest, nearest + unit, nearest - unit].map((number) => Number(number.toPrecision(digits)));
    candidates.push(...around.filter((number) => number > 0));
  }
  return candidates;
}
