import { grow } from '../../process/grow.ts';
import { isOrderViolated } from '../../process/order.ts';
import { defineClaim } from '../claim.ts';
import { drawInteger, drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';

/** The largest gain that s₀² must reach for the order to be safe, from c₁, B and γ. */
type Threshold = (gain: number, batchSize: number, exponent: number) => number;

const [paths, steps] = [20_000, 12];

/** Claim A7: when a gain that counts copies keeps the order. */
export const multiplicityGuarantee = defineClaim<Threshold>({
  id: 'A7',
  statement: 'With c = c₁K^γ the order holds on every path if s₀² ≥ c₁B^γ.',
  source: 'derived for this project from claim A1',
  conditions: 'γ ≥ 0, the two batches share their slots, so K″ ≥ K′; no weight decay, no momentum',
  drawn: `${paths} paths of ${steps} steps, K″ uniform in 0 … B, K′ in 0 … K″, s₀² at the very limit`,
  tests: 0,
  claimed: (gain, batchSize, exponent) => gain * batchSize ** exponent,
  wrongTwin: { says: 's₀² ≥ c₁ is enough', claimed: (gain) => gain },
  check: (threshold, { uniform }) => [
    exactFinding(
      { what: 's″ ≥ s′ after every step', bound: 0, unit: 'steps violated' },
      walks(threshold, uniform('paths')),
    ),
  ],
});

function* walks(threshold: Threshold, uniform: () => number): Generator<ComparedCase> {
  for (let path = 0; path < paths; path++) {
    const gain = drawLogUniform(1e-3, 1e3, uniform);
    const [batchSize, exponent] = [drawInteger(1, 64, uniform), 2 * uniform()];
    const start = Math.sqrt(threshold(gain, batchSize, exponent));
    let [lower, upper, violated] = [start, start, 0];
    for (let step = 0; step < steps; step++) {
      const upperCopies = drawInteger(0, batchSize, uniform);
      const lowerCopies = drawInteger(0, upperCopies, uniform);
      if (lowerCopies > 0) lower = grow(lower, gain * lowerCopies ** exponent);
      if (upperCopies > 0) upper = grow(upper, gain * upperCopies ** exponent);
      if (isOrderViolated(lower, upper)) violated += 1;
    }
    yield { deviation: violated, told: () => `c₁ = ${gain}, B = ${batchSize}, γ = ${exponent}, s₀ = ${start}` };
  }
}
