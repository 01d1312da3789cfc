import { growthBounds } from '../../process/bounds.ts';
import { growthTable } from '../../process/growth-table.ts';
import { defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';

/** An upper bound on S_n², and what x_n/c − 2n tends to, up to a constant. */
interface Growth {
  readonly atMost: (start: number, gain: number, appearances: number) => number;
  readonly drift: (appearances: number) => number;
}

const [cases, appearances] = [3000, 200];

/** Claim A5: ‖q‖⁴ grows linearly. */
export const fourthPowerLaw = defineClaim<Growth>({
  id: 'A5',
  statement:
    'x₀ + 2cn < S_n² ≤ x₀ + 2cn + c²/x₀ + (c/2)ln(1 + 2c(n − 1)/x₀), so ‖q‖ ~ (2cn)^¼; S_n²/c − 2n − ½ ln n tends to 1.72314 from s₀² = c and to 3.72314 from 4c and c/4.',
  source: 'derived for this project from x_{n+1} = x_n + 2c + c²/x_n',
  conditions: 'a constant c > 0, n ≥ 1',
  drawn: `${cases} pairs (s₀, c) with s₀²/c over twelve decades, ${appearances} appearances; 10⁷ appearances for the constants`,
  tests: 0,
  claimed: {
    atMost: (start, gain, count) => growthBounds(start, gain, count).atMost,
    drift: (count) => Math.log(count) / 2,
  },
  wrongTwin: {
    says: 'the same without the logarithms',
    claimed: {
      atMost: (start, gain, count) => start ** 2 + 2 * gain * count + (gain / start) ** 2,
      drift: () => 0,
    },
  },
  check: ({ atMost, drift }, { uniform }) => [
    // An ulp of S for each appearance, twice that for its square, and up to 2.5 ulp in the square and the bounds themselves.
    exactFinding(
      { what: 'the bounds on S_n²', bound: 4.5, unit: 'ulp an appearance beyond' },
      bounds(atMost, uniform('bounds')),
    ),
    exactFinding({ what: 'the constants 1.72314, 3.72314, 3.72314', bound: 1e-5, unit: 'beyond' }, constants(drift)),
  ],
});

function* bounds(atMost: Growth['atMost'], uniform: () => number): Generator<ComparedCase> {
  for (let index = 0; index < cases; index++) {
    const start = drawLogUniform(1e-3, 1e3, uniform);
    const gain = start * start * drawLogUniform(1e-6, 1e6, uniform);
    const table = growthTable(start, gain, appearances);
    let deviation = 0;
    for (let n = 1; n <= appearances; n++) {
      const square = table[n] * table[n];
      const beyond = Math.max(growthBounds(start, gain, n).above - square, square - atMost(start, gain, n));
      deviation = Math.max(deviation, beyond / square / 2 ** -52 / n);
    }
    yield { deviation, told: () => `s₀ = ${start}, c = ${gain}` };
  }
}

function* constants(drift: Growth['drift']): Generator<ComparedCase> {
  const count = 10_000_000;
  const known = [
    [1, 1.72314],
    [4, 3.72314],
    [0.25, 3.72314],
  ];
  for (const [start, constant] of known) {
    // y = x/c − 2n moves slowly: its rounding stays small where that of x would not.
    let y = start;
    for (let n = 0; n < count; n++) y += 1 / (2 * n + y);
    const measured = y - drift(count);
    // What is left of the limit is below (½ ln n + K)/(4n): 2.5e-7 here; the constants are known to five digits.
    yield { deviation: Math.abs(measured - constant), told: () => `${measured} from s₀² = ${start} c` };
  }
}
