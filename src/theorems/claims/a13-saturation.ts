import { sampleCorrelation } from 'simple-statistics';
import { drawInitialSquaredNorm } from '../../coupling/start.ts';
import { articlePair } from '../../process/article-pair.ts';
import { exactPairLaw } from '../../process/exact-law.ts';
import { grow } from '../../process/grow.ts';
import { presenceProbability } from '../../process/presence.ts';
import { drawBinomial } from '../../random/binomial.ts';
import { centralMoment, jointMoments } from '../../statistics/joint-moments.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import { drawLogUniform } from '../draw-between.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';
import type { StatisticalFinding } from '../finding.ts';
import { withinFinding } from '../within-finding.ts';

/** From which popularity on a batch nearly always holds the item; and sd(s₀²) for d entries from N(0, 1). */
interface Saturation {
  readonly saturatedFrom: (batchSize: number) => number;
  readonly startSpread: (dimension: number) => number;
}

/** A norm that is this share longer is no bias. */
const unnoticed = 0.0025;
const [items, dimension, batchSize, steps] = [4000, 32, 64, 500];
/** Of the spread and of the correlations: sd(s₀²) is 2d√(2d)·√((1 + 2/d)(1 + 3/d)), 8 % more at d = 32. */
const tolerance = { spread: 0.085, correlation: 0.05 };
const starts = 50_000;

/** Claim A13: where popularity stops to matter, and where it begins to show. */
export const saturation = defineClaim<Saturation>({
  id: 'A13',
  statement:
    'From p = 5/B on popularity no longer matters; across items it shows iff 2cT·sd(a) is not small against sd(s₀²) ≈ 2d√(2d).',
  source: 'derived for this project',
  conditions: `c constant, N(0, 1) entries; matters: more than ${100 * unnoticed} % of the norm; shows: Pearson(a, s²) = R/√(1 + R²), R the ratio`,
  drawn: `the exact law for B = 8 … 1,024; ${starts} starts with d = ${dimension}; ${items} items at R = 0.1, 1 and 10`,
  tests: 4,
  claimed: { saturatedFrom: (size) => 5 / size, startSpread: (d) => 2 * d * Math.sqrt(2 * d) },
  wrongTwin: {
    says: 'from p = 1/B on, and sd(s₀²) ≈ d√(2d)',
    claimed: { saturatedFrom: (size) => 1 / size, startSpread: (d) => d * Math.sqrt(2 * d) },
  },
  check: ({ saturatedFrom, startSpread }, setting) => [
    exactFinding({ what: 'E‖q‖ from 5/B on, and below', bound: 0, unit: 'cases' }, saturated(saturatedFrom)),
    spreadFinding(startSpread(dimension), setting),
    ...[0.1, 1, 10].map((ratio) => correlationFinding(ratio, startSpread(dimension), setting)),
  ],
});

function* saturated(saturatedFrom: Saturation['saturatedFrom']): Generator<ComparedCase> {
  for (const size of [8, 32, 128, 1024]) {
    const from = saturatedFrom(size);
    const gap = (lower: number, upper: number) => {
      const { norm } = exactPairLaw(articlePair({ popularity: { lower, upper }, batchSize: size, steps: 1000 }))!;
      return norm.upper.mean / norm.lower.mean - 1;
    };
    yield trueCase(gap(from, 1) <= unnoticed, () => `B = ${size}: E‖q‖ is ${100 * gap(from, 1)} % longer at p = 1`);
    yield trueCase(gap(from / 10, from) > 0.1, () => `B = ${size}: already saturated at a tenth of ${from}`);
  }
}

function spreadFinding(law: number, { uniform, alpha }: CheckSetting): StatisticalFinding {
  const draw = uniform('starts');
  const squares = Array.from({ length: starts }, () => drawStart(draw) ** 2);
  const moments = jointMoments(squares, squares);
  const variance = centralMoment(moments, 2, 0);
  // Of the standard deviation, by the delta method.
  const standardError =
    Math.sqrt((centralMoment(moments, 4, 0) / variance ** 2 - 1) / starts / 4) * Math.sqrt(variance);
  const measured = { estimate: Math.sqrt(variance), standardError, law, margin: tolerance.spread * law };
  const what = `sd(s₀²) is about 2d√(2d), d = ${dimension}`;
  return withinFinding({ what, unit: 'sd(s₀²)' }, measured, starts, alpha);
}

function correlationFinding(ratio: number, spread: number, { uniform, alpha }: CheckSetting): StatisticalFinding {
  const draw = uniform(`items ${ratio}`);
  const presences = Array.from({ length: items }, () => {
    return presenceProbability(drawLogUniform(1e-4, 0.05, draw), batchSize);
  });
  const moments = jointMoments(presences, presences);
  const gain = (ratio * spread) / (2 * steps * Math.sqrt(centralMoment(moments, 2, 0)));
  const squares = presences.map((presence) => {
    const appearances = drawBinomial(steps, presence, draw);
    let squaredNorm = drawStart(draw);
    for (let appearance = 0; appearance < appearances; appearance++) squaredNorm = grow(squaredNorm, gain);
    return squaredNorm ** 2;
  });
  const estimate = sampleCorrelation(presences, squares);
  // The large-sample standard error of the correlation of normal draws; those here are bounded or nearly normal.
  const standardError = (1 - estimate ** 2) / Math.sqrt(items - 1);
  const measured = { estimate, standardError, law: ratio / Math.hypot(1, ratio), margin: tolerance.correlation };
  const what = `Pearson(a, s²) is about R/√(1 + R²), R = ${ratio}`;
  return withinFinding({ what, unit: 'Pearson' }, measured, items, alpha);
}

function drawStart(uniform: () => number): number {
  return drawInitialSquaredNorm({ dimension, standardDeviation: 1 }, () => uniform);
}
