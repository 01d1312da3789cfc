import { Rational } from '../../maths/rational.ts';
import { breaksOrder } from '../../process/order-criterion.ts';
import { defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

/** A criterion for the order to flip at a step that the runs take with gains of their own. */
type Criterion = (lower: number, upper: number, lowerGain: number, upperGain: number) => boolean;

const cases = 20_000;

/** Claim A2: with own gains the order flips iff (c′ − c″)s′ > (s″ − s′)(s′s″ − c′). */
export const ownGainOrder = defineClaim<Criterion>({
  id: 'A2',
  statement:
    'With own gains, a step puts the upper run below the lower one iff (c′ − c″)s′ > (s″ − s′)(s′s″ − c′); from s′ = s″ any c″ < c′ does.',
  source: 'derived for this project; the article says that c″ must be far below c′',
  conditions: 'any s′ ≤ s″ and any gains, no weight decay, no momentum',
  drawn: `${cases} steps, log-uniform over twelve decades, half of them within a few ulp of equality, and as many from s′ = s″`,
  tests: 0,
  claimed: (lower, upper, lowerGain, upperGain) => breaksOrder(lower, upper, lowerGain, upperGain),
  wrongTwin: {
    says: 'the order flips only if c″ is far below c′: below half of it',
    claimed: (lower, upper, lowerGain, upperGain) =>
      upperGain < lowerGain / 2 && breaksOrder(lower, upper, lowerGain, upperGain),
  },
  check: (breaks, { uniform }) => [
    exactFinding(
      // Six operations, each within half an ulp of its result: a drop this small beside its terms has no sure sign.
      { what: 'the criterion against Φ″(s″) < Φ′(s′) in exact fractions', bound: 3, unit: 'ulp of the terms' },
      steps(breaks, uniform('steps')),
    ),
    exactFinding({ what: 'from s′ = s″ it flips iff c″ < c′', bound: 0, unit: 'cases' }, ties(breaks, uniform('ties'))),
  ],
});

function* steps(breaks: Criterion, uniform: () => number): Generator<ComparedCase> {
  for (let index = 0; index < cases; index++) {
    const lower = drawLogUniform(1e-3, 1e3, uniform);
    const upper = lower * (1 + drawLogUniform(1e-9, 1e3, uniform));
    const lowerGain = drawLogUniform(1e-6, 1e6, uniform);
    const atTheEdge = lowerGain - ((upper - lower) * (lower * upper - lowerGain)) / lower;
    const isNear = index % 2 === 0 && atTheEdge > 0;
    const upperGain = isNear
      ? atTheEdge * (1 + Math.round(8 * (uniform() - 0.5)) * 2 ** -51)
      : drawLogUniform(1e-6, 1e6, uniform);
    yield stepCase(breaks, lower, upper, lowerGain, upperGain);
  }
}

/** How large, in ulp of its terms, the drop is that the criterion takes for the wrong sign; 0 where the sign is right. */
function stepCase(breaks: Criterion, lower: number, upper: number, lowerGain: number, upperGain: number): ComparedCase {
  const [a, b, c, d] = [lower, upper, lowerGain, upperGain].map(Rational.of);
  const drop = a.plus(c.over(a)).minus(b.plus(d.over(b)));
  const isRight = breaks(lower, upper, lowerGain, upperGain) === drop.sign() > 0;
  const terms = (Math.abs(lowerGain - upperGain) + lowerGain * (upper / lower - 1)) / upper + (upper - lower);
  const told = () => `s′ = ${lower}, s″ = ${upper}, c′ = ${lowerGain}, c″ = ${upperGain}`;
  return { deviation: isRight ? 0 : Math.abs(drop.toNumber()) / terms / 2 ** -52, told };
}

function* ties(breaks: Criterion, uniform: () => number): Generator<ComparedCase> {
  for (let index = 0; index < cases; index++) {
    const [state, lowerGain] = [drawLogUniform(1e-6, 1e6, uniform), drawLogUniform(1e-6, 1e6, uniform)];
    const upperGain = index % 2 === 0 ? lowerGain * (1 - 2 ** -40) : drawLogUniform(1e-6, 1e6, uniform);
    const told = () => `s = ${state}, c′ = ${lowerGain}, c″ = ${upperGain}`;
    yield trueCase(breaks(state, state, lowerGain, upperGain) === upperGain < lowerGain, told);
  }
}
