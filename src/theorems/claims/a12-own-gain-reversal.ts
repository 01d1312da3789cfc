import { drawStandardNormal } from '../../coupling/start.ts';
import { standardNormalCdf } from '../../maths/normal.ts';

import { grow } from '../../process/grow.ts';
import { atLeastPValue, atMostPValue } from '../../statistics/hypothesis-tests/binomial-test.ts';
import { detectableShift } from '../../statistics/hypothesis-tests/z-test.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import type { StatisticalFinding } from '../finding.ts';

/** Coefficient of variation of the gains, extra appearances of the upper run, and appearances of the lower one. */
interface Setting {
  readonly variation: number;
  readonly extra: number;
  readonly appearances: number;
}

/** The probability that the run with the extra appearances ends shorter. */
type Reversal = (setting: Setting) => number;

const settings: readonly Setting[] = [
  { variation: 0.5, extra: 1, appearances: 200 },
  { variation: 0.5, extra: 20, appearances: 200 },
  { variation: 1, extra: 20, appearances: 200 },
];
const draws = 20_000;
/**
 * What the approximation is allowed to miss: the gains are skewed, and s² also grows by c²/s². It misses 0.0002, 0.0023 and
 * 0.0083 here, to within 0.0007, as 600,000 draws of each have shown.
 */
const tolerance = 0.01;

/** Claim A12: how often own gains reverse a pair. */
export const ownGainReversal = defineClaim<Reversal>({
  id: 'A12',
  statement:
    'With own independent gains of coefficient of variation v, the run with m extra appearances ends shorter with probability about Φ(−m/(v√(2N + m))).',
  source: 'derived for this project: a normal approximation of the two sums of gains',
  conditions: `N large and s₀² small against cN; to within ${tolerance}`,
  drawn: `${draws} pairs with log-normal gains, N = 200 and three (v, m), growing from s₀ = 1`,
  tests: 2 * settings.length,
  claimed: ({ variation, extra, appearances }) =>
    standardNormalCdf(-extra / (variation * Math.sqrt(2 * appearances + extra))),
  wrongTwin: {
    says: 'only one of the two sums varies: Φ(−m/(v√N))',
    claimed: ({ variation, extra, appearances }) => standardNormalCdf(-extra / (variation * Math.sqrt(appearances))),
  },
  check: (reversal, setting) =>
    settings.flatMap((drawn) =>
      reversalFindings(drawn, reversal(drawn), setting.uniform(JSON.stringify(drawn)), setting),
    ),
});

/** Exact binomial tests of both sides of probability ± tolerance. */
function reversalFindings(
  drawn: Setting,
  probability: number,
  uniform: () => number,
  { alpha }: CheckSetting,
): StatisticalFinding[] {
  const reversed = countReversed(drawn, uniform);
  const sides = [
    { name: 'at most', bound: probability + tolerance, pValue: atMostPValue },
    { name: 'at least', bound: Math.max(0, probability - tolerance), pValue: atLeastPValue },
  ];
  const spread = Math.sqrt((probability * (1 - probability)) / draws);
  return sides.map(({ name, bound, pValue }) => ({
    kind: 'statistical',
    what: `P(reversed) is ${name} ${bound.toFixed(4)}, v = ${drawn.variation}, m = ${drawn.extra}`,
    test: 'binomial',
    draws,
    pValue: pValue(reversed, draws, bound),
    effect: reversed / draws - probability,
    detectable: tolerance + detectableShift(spread, alpha),
    unit: 'probability',
    expects: 'kept',
  }));
}

function countReversed({ variation, extra, appearances }: Setting, uniform: () => number): number {
  const sigma = Math.sqrt(Math.log1p(variation * variation));
  // A log-normal gain with mean 1.
  const gain = () => Math.exp(sigma * drawStandardNormal(uniform) - (sigma * sigma) / 2);
  const grown = (count: number) => {
    let squaredNorm = 1;
    for (let appearance = 0; appearance < count; appearance++) squaredNorm = grow(squaredNorm, gain());
    return squaredNorm;
  };
  let reversed = 0;
  for (let draw = 0; draw < draws; draw++) if (grown(appearances + extra) < grown(appearances)) reversed += 1;
  return reversed;
}
