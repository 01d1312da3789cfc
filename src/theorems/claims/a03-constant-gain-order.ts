import { grow } from '../../process/grow.ts';
import { growthTable } from '../../process/growth-table.ts';
import { isOrderViolated } from '../../process/order.ts';
import { defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

/** The gains that both runs of a pair meet at its steps. */
type Gains = (gain: number, steps: number, uniform: () => number) => readonly number[];

const [paths, steps] = [5000, 40];

/** Claim A3: a constant gain keeps the order of every pair, from any start. */
export const constantGainOrder = defineClaim<Gains>({
  id: 'A3',
  statement: 'With a constant gain s = S_N, and S increases strictly: the order holds on every path, from any s₀ > 0.',
  source: 'article, step 2; that the zone s ≥ √c is not needed was derived for this project',
  conditions: 'the same c > 0 at every appearance of both runs, the same start',
  drawn: `${paths} paths of ${steps} steps with random presences, s₀ and c over twelve decades`,
  tests: 0,
  claimed: (gain, count) => new Array(count).fill(gain),
  wrongTwin: {
    says: 'so it does when both runs meet gains that vary from step to step over four decades',
    claimed: (gain, count, uniform) =>
      Array.from({ length: count }, () => drawLogUniform(gain / 100, 100 * gain, uniform)),
  },
  check: (gains, { uniform }) => [
    exactFinding({ what: 'S_0 < S_1 < … in doubles', bound: 0, unit: 'cases' }, tables(uniform('tables'))),
    exactFinding(
      { what: 's″ ≥ s′ after every step', bound: 0, unit: 'steps violated' },
      walks(gains, uniform('paths')),
    ),
  ],
});

/** Increments c/s stay above the rounding of s while c is above 1e-12 s₀². */
function* tables(uniform: () => number): Generator<ComparedCase> {
  for (let path = 0; path < paths; path++) {
    const start = drawLogUniform(1e-6, 1e6, uniform);
    const gain = start * start * drawLogUniform(1e-12, 1e12, uniform);
    const table = growthTable(start, gain, steps);
    const isIncreasing = table.every((state, index) => index === 0 || state > table[index - 1]);
    yield trueCase(isIncreasing, () => `s₀ = ${start}, c = ${gain}`);
  }
}

function* walks(gains: Gains, uniform: () => number): Generator<ComparedCase> {
  for (let path = 0; path < paths; path++) {
    const start = drawLogUniform(1e-6, 1e6, uniform);
    const [both, upperOnly] = [uniform() / 2, uniform() / 2];
    let [lower, upper, violated] = [start, start, 0];
    for (const gain of gains(drawLogUniform(1e-6, 1e6, uniform), steps, uniform)) {
      const u = uniform();
      if (u < both) lower = grow(lower, gain);
      if (u < both + upperOnly) upper = grow(upper, gain);
      if (isOrderViolated(lower, upper)) violated += 1;
    }
    yield { deviation: violated, told: () => `from s₀ = ${start}, at ${violated} of ${steps} steps` };
  }
}
