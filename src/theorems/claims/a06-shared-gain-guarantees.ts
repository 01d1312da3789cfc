import { grow } from '../../process/grow.ts';
import { isOrderViolated } from '../../process/order.ts';
import { defineClaim } from '../claim.ts';
import { drawInteger, drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';

/** How far a gain may exceed the largest earlier one that both runs met, in the third condition. */
type LargestRise = number;

const paths = 20_000;
const longest = 12;

/** Claim A6: three conditions under which a shared gain keeps the order. */
export const sharedGainGuarantees = defineClaim<LargestRise>({
  id: 'A6',
  statement:
    'A shared gain keeps the order on every path if (i) c_t ≤ s₀² always, or (ii) c_t never increases, or (iii) c_t ≤ s₀s″ at the first common appearance and then at most 4 times the largest earlier c met together.',
  source: 'derived for this project from claims A1 and A4',
  conditions: 'both runs meet the same gains from the same s₀; no weight decay, no momentum',
  drawn: `${paths} paths of up to ${longest} steps for each condition, half of their gains at the very limit`,
  tests: 0,
  claimed: 4,
  wrongTwin: { says: 'the same with 4.1 in place of 4', claimed: 4.1 },
  check: (largestRise, { uniform }) => {
    const [first, second, third] = [uniform('i'), uniform('ii'), uniform('iii')];
    return [
      violations('(i) gains of at most s₀²', first, (path) => limited(path.start ** 2, first)),
      violations('(ii) gains that never increase', second, (path) => limited(path.previous, second)),
      violations(`(iii) gains that rise at most ${largestRise} times`, third, (path) => {
        if (!path.isCommon) return drawLogUniform(1e-6, 1e3, third);
        return limited(path.largestCommon === 0 ? path.start * path.upper : largestRise * path.largestCommon, third);
      }),
    ];
  },
});

/** What a gain may depend on, just before the step that it is for. */
interface Path {
  readonly start: number;
  readonly upper: number;
  readonly previous: number;
  readonly largestCommon: number;
  readonly isCommon: boolean;
}

function violations(what: string, uniform: () => number, gainOf: (path: Path) => number) {
  return exactFinding({ what: `s″ ≥ s′: ${what}`, bound: 0, unit: 'steps violated' }, walks(uniform, gainOf));
}

function* walks(uniform: () => number, gainOf: (path: Path) => number): Generator<ComparedCase> {
  for (let index = 0; index < paths; index++) {
    const start = drawLogUniform(1e-3, 1e3, uniform);
    let [lower, upper, previous, largestCommon, violated] = [start, start, 1e3, 0, 0];
    const gains: number[] = [];
    const steps = drawInteger(2, longest, uniform);
    for (let step = 0; step < steps; step++) {
      const isCommon = uniform() < 0.5;
      const gain = gainOf({ start, upper, previous, largestCommon, isCommon });
      if (isCommon) {
        lower = grow(lower, gain);
        largestCommon = Math.max(largestCommon, gain);
      }
      upper = grow(upper, gain);
      previous = gain;
      gains.push(gain);
      if (isOrderViolated(lower, upper)) violated += 1;
    }
    yield { deviation: violated, told: () => `s₀ = ${start}, gains ${gains.join(', ')}` };
  }
}

/** The limit itself in every second draw, else anything from a millionth of it. */
function limited(limit: number, uniform: () => number): number {
  return uniform() < 0.5 ? limit : limit * drawLogUniform(1e-6, 1, uniform);
}
