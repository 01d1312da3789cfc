import { describe, expect, it } from 'vitest';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import { ownGainReversal } from '../../src/process/own-gain-reversal.ts';
import { presenceGap, presenceProbability } from '../../src/process/presence.ts';
import { pairOf } from '../coupling/pairs.ts';

const lognormal = (sigma: number, changes = {}): GainSpecification => {
  return { model: 'lognormal', sharing: 'own', sigma, rho: 0, ...changes };
};

const setting = { popularity: { lower: 0.05, upper: 0.055 }, batchSize: 8, steps: 200, learningRate: 1 };

/** Claim A12 over the whole joint law of N′ and m. */
function literal(variation: number): number {
  const { popularity, batchSize, steps } = setting;
  const lower = presenceProbability(popularity.lower, batchSize);
  const gap = presenceGap(popularity.lower, popularity.upper, batchSize);
  let sum = 0;
  for (let extra = 0; extra <= steps; extra++) {
    for (let appearances = 0; appearances + extra <= steps; appearances++) {
      const joint = binomialPmf(extra, steps, gap) * binomialPmf(appearances, steps - extra, lower / (1 - gap));
      const spread = variation * Math.sqrt(2 * appearances + extra);
      sum += joint * (extra === 0 ? 0.5 : standardNormalCdf(-extra / spread));
    }
  }
  return sum;
}

describe('ownGainReversal', () => {
  it('is claim A12 over the joint law of the appearances, to within 0.001', () => {
    for (const sigma of [0.2, 0.5, 1]) {
      const variation = Math.sqrt(Math.expm1(sigma * sigma));
      const reversal = ownGainReversal(pairOf({ ...setting, gain: lognormal(sigma) }))!;
      expect(Math.abs(reversal - literal(variation))).toBeLessThan(0.001);
    }
    const pareto = pairOf({ ...setting, gain: { model: 'pareto', sharing: 'own', tailIndex: 3 } });
    expect(Math.abs(ownGainReversal(pareto)! - literal(1 / Math.sqrt(3)))).toBeLessThan(0.001);
  });

  it('grows with the spread of the gains towards one half', () => {
    const reversals = [0.1, 0.5, 1, 2, 4].map(
      (sigma) => ownGainReversal(pairOf({ ...setting, gain: lognormal(sigma) }))!,
    );
    expect(reversals).toEqual(reversals.toSorted((a, b) => a - b));
    expect(reversals.at(-1)).toBeCloseTo(0.5, 2);
  });

  it('says nothing where the claim does not', () => {
    const none = [
      { gain: lognormal(0) },
      { gain: lognormal(1, { sharing: 'shared' }) },
      { gain: lognormal(1, { rho: 0.1 }) },
      { gain: { model: 'pareto', sharing: 'own', tailIndex: 2 } },
      { gain: { model: 'constant', sharing: 'own' } },
      { gain: lognormal(1), steps: 10 },
      { gain: lognormal(1), weightDecay: { rate: 0.1, applies: 'lazy' } },
      { gain: lognormal(1), momentum: { beta: 0.5, dimension: 2 } },
    ];
    for (const changes of none) expect(ownGainReversal(pairOf({ ...setting, ...changes } as never))).toBeNull();
    expect(ownGainReversal(pairOf({ ...setting, gain: lognormal(1) }))).not.toBeNull();
  });
});
