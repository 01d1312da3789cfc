import { leastAfterAppearance } from '../../process/bounds.ts';
import { growthTable } from '../../process/growth-table.ts';
import { defineClaim } from '../claim.ts';
import { drawInteger, drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

/** By what c is multiplied when s₀ is multiplied by λ, and the floor of S_n. */
interface Scaling {
  readonly gainFactor: (scale: number) => number;
  readonly floor: (gain: number) => number;
}

const [cases, appearances] = [5000, 50];
const ulp = 2 ** -52;

/** Claim A4: the floor 2√c, and the two symmetries of S_n. */
export const floorAndScaling = defineClaim<Scaling>({
  id: 'A4',
  statement:
    'S_n ≥ 2√c for n ≥ 1; S_n(λs₀, λ²c) = λS_n(s₀, c), bit for bit where λ is a power of 2; S_n(s₀, c) = S_n(c/s₀, c).',
  source: 'article, step 3 (the floor, by arithmetic and geometric means); the symmetries derived for this project',
  conditions: 'any s₀ > 0 and any constant c > 0',
  drawn: `${cases} pairs (s₀, c) over twelve decades each, ${appearances} appearances, λ from 2⁻⁴⁰ to 2⁴⁰`,
  tests: 0,
  claimed: { gainFactor: (scale) => scale * scale, floor: leastAfterAppearance },
  wrongTwin: {
    says: 'c scales as s does, and the floor is 2.001√c',
    claimed: { gainFactor: (scale) => scale, floor: (gain) => 1.0005 * leastAfterAppearance(gain) },
  },
  check: ({ gainFactor, floor }, { uniform }) => [
    // Half an ulp each from the quotient, the sum and the root.
    exactFinding({ what: 'S_n ≥ 2√c', bound: 2, unit: 'ulp below' }, floors(floor, uniform('floors'))),
    exactFinding(
      { what: 'S_n(2^k s₀, 4^k c) = 2^k S_n(s₀, c)', bound: 0, unit: 'cases' },
      scalings(gainFactor, uniform('scalings')),
    ),
    // Φ_c shrinks relative errors above √c, and each of n steps adds less than an ulp.
    exactFinding(
      { what: 'S_n(s₀, c) = S_n(c/s₀, c)', bound: 1, unit: 'ulp an appearance' },
      reflections(uniform('reflections')),
    ),
  ],
});

function* drawCases(uniform: () => number): Generator<{ start: number; gain: number; told: () => string }> {
  for (let index = 0; index < cases; index++) {
    const gain = drawLogUniform(1e-6, 1e6, uniform);
    // Every fourth start is √c, from where the floor is reached.
    const start = index % 4 === 0 ? Math.sqrt(gain) : drawLogUniform(1e-6, 1e6, uniform);
    yield { start, gain, told: () => `s₀ = ${start}, c = ${gain}` };
  }
}

function* floors(floor: Scaling['floor'], uniform: () => number): Generator<ComparedCase> {
  for (const { start, gain, told } of drawCases(uniform)) {
    const least = Math.min(...growthTable(start, gain, appearances).subarray(1));
    yield { deviation: Math.max(0, floor(gain) - least) / least / ulp, told };
  }
}

function* scalings(gainFactor: Scaling['gainFactor'], uniform: () => number): Generator<ComparedCase> {
  for (const { start, gain, told } of drawCases(uniform)) {
    const scale = 2 ** drawInteger(-40, 40, uniform);
    const scaled = growthTable(scale * start, gainFactor(scale) * gain, appearances);
    const plain = growthTable(start, gain, appearances);
    yield trueCase(
      scaled.every((state, n) => state === scale * plain[n]),
      () => `${told()}, λ = ${scale}`,
    );
  }
}

function* reflections(uniform: () => number): Generator<ComparedCase> {
  for (const { start, gain, told } of drawCases(uniform)) {
    const reflected = growthTable(gain / start, gain, appearances);
    const deviations = growthTable(start, gain, appearances).map((state, n) => {
      return n === 0 ? 0 : Math.abs(state - reflected[n]) / state / ulp / n;
    });
    // The first appearance also feels the rounding of c/s₀.
    yield { deviation: Math.max(...deviations.subarray(2)), told };
  }
}
