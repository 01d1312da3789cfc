import { expect, it } from 'vitest';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { pairOf } from '../coupling/pairs.ts';
import { cellOf } from './requests.ts';

/** The gains of one long pair, with the same normals whatever σ and c are. */
function gainsOf(sigma: number, rho: number, learningRate = 1): number[] {
  const gain = { model: 'lognormal', sharing: 'own', sigma, rho } as const;
  const pair = pairOf({
    steps: 5000,
    popularity: { lower: 0.5, upper: 0.5 },
    initialSquaredNorm: 1,
    learningRate,
    gain,
  });
  const gains: number[] = [];
  watchPair(cellOf('events', pair, 1), 0, ({ lowerGain, upperGain }) => gains.push(lowerGain, upperGain));
  return gains;
}

// The normals behind the gains, from σ = 1: good to some units of 1e-16 of their own.
const normals = gainsOf(1, 0).map((gain) => Math.log(gain) + 0.5);

it.each([0.001, 0.3, 1, 2, 8])('makes the gains exp(σx − σ²/2) with σ = %d', (sigma) => {
  const gains = gainsOf(sigma, 0);
  expect(gains.length).toBeGreaterThan(9000);
  gains.forEach((gain, index) => {
    const exact = Math.exp(sigma * normals[index] - (sigma * sigma) / 2);
    // Rounding of x by an absolute 1e-15, and three units in the last place of the exponential's own.
    expect(Math.abs(gain / exact - 1)).toBeLessThan(1e-15 + 4e-15 * Math.max(1, sigma));
  });
});

it('makes gains in proportion to c, from 1e-98 to 1e98', () => {
  for (const learningRate of [1e-49, 0.3, 1e49]) {
    gainsOf(2, 0, learningRate).forEach((gain, index) => {
      const exact = learningRate ** 2 * Math.exp(2 * normals[index] - 2);
      expect(Math.abs(gain / exact - 1)).toBeLessThan(1e-14);
    });
  }
});

it('makes c itself of σ = 0, bit for bit', () => {
  expect(new Set(gainsOf(0, 0, 0.3))).toEqual(new Set([0.3 ** 2]));
});

it('keeps the gain of a run for ever if ρ = 1', () => {
  const gains = gainsOf(1, 1);
  const [lower, upper] = gains;
  expect(lower).not.toBe(upper);
  expect(gains.every((gain, index) => gain === (index % 2 === 0 ? lower : upper))).toBe(true);
});
