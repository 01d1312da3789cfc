import { Rational } from '../../maths/rational.ts';
import { breaksOrderShared } from '../../process/order-criterion.ts';
import { defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

/** A criterion for the order of two runs to flip at a step that both take with the same gain; lower < upper. */
type Criterion = (lower: number, upper: number, gain: number) => boolean;

const cases = 20_000;

/** Claim A1: with a shared gain the order flips iff c > s′s″. */
export const sharedGainOrder = defineClaim<Criterion>({
  id: 'A1',
  statement: 'With a shared gain, a step puts the upper run below the lower one iff c > s′s″.',
  source: 'derived for this project from Φ_c(b) − Φ_c(a) = (b − a)(1 − c/(ab))',
  conditions: 'any s′ < s″ and any c > 0, no weight decay, no momentum',
  drawn: `${cases} triples (s′, s″, c), log-uniform over twelve decades, half of them within a few ulp of c = s′s″`,
  tests: 0,
  claimed: (lower, upper, gain) => breaksOrderShared(lower, upper, gain),
  wrongTwin: {
    says: 'the order flips iff c > s′²: the zone s ≥ √c, left by the lower run alone',
    claimed: (lower, _upper, gain) => gain > lower * lower,
  },
  check: (breaks, { uniform }) => [
    exactFinding(
      { what: 'the criterion against Φ_c(s″) < Φ_c(s′) in exact fractions', bound: 0, unit: 'cases' },
      triples(breaks, uniform('triples')),
    ),
  ],
});

function* triples(breaks: Criterion, uniform: () => number): Generator<ComparedCase> {
  for (let index = 0; index < cases; index++) {
    const lower = drawLogUniform(1e-6, 1e6, uniform);
    const upper = lower * (1 + drawLogUniform(1e-12, 1e6, uniform));
    const isNearTheEdge = index % 2 === 0;
    const gain = isNearTheEdge
      ? lower * upper * (1 + Math.round(8 * (uniform() - 0.5)) * 2 ** -51)
      : drawLogUniform(1e-12, 1e12, uniform);
    if (upper === lower || isRoundedAway(lower, upper, gain)) continue;
    const flips = grown(upper, gain).minus(grown(lower, gain)).sign() < 0;
    const told = () => `s′ = ${lower}, s″ = ${upper}, c = ${gain}: ${flips ? 'flips' : 'keeps'} its order`;
    yield trueCase(breaks(lower, upper, gain) === flips, told);
  }
}

/** Φ_c(s), exactly. */
function grown(squaredNorm: number, gain: number) {
  const s = Rational.of(squaredNorm);
  return s.plus(Rational.of(gain).over(s));
}

/** Whether c equals the rounded s′s″ but not s′s″ itself: which side it lies on is lost before the criterion is asked. */
function isRoundedAway(lower: number, upper: number, gain: number): boolean {
  return gain === lower * upper && Rational.of(lower).times(Rational.of(upper)).minus(Rational.of(gain)).sign() !== 0;
}
