import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decayFactor } from '../../src/process/decay.ts';
import { baseGain } from '../../src/process/gains/base-gain.ts';
import { grow } from '../../src/process/grow.ts';
import { momentumGrowthFactor, stationarySquaredNorm } from '../../src/process/stationary.ts';
import { pairOf } from '../coupling/pairs.ts';

const positive = fc.double({ min: 0.01, max: 1, noNaN: true });

/**
 * ‖q‖² after many steps of heavy-ball SGD, v ← βv + g + λq and q ← q − ηv, on an item of every batch whose gradient g,
 * ‖g‖² = L/‖q‖², is tangent and always new: s = ‖q‖², q·v and ‖v‖² then follow by Pythagoras.
 */
function heavyBall(learningRate: number, rate: number, beta: number, start: number, steps: number): number {
  let [s, qv, vv] = [start, 0, 0];
  for (let step = 0; step < steps; step++) {
    vv = beta * beta * vv + 1 / s + rate * rate * s + 2 * rate * beta * qv;
    qv = beta * qv + rate * s;
    s += -2 * learningRate * qv + learningRate * learningRate * vv;
    qv -= learningRate * vv;
  }
  return s;
}

describe('stationarySquaredNorm', () => {
  it('balances what dense decay takes and what appearances add on average', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (learningRate, tangentSignal, rate, presence) => {
        const pair = pairOf({ learningRate, tangentSignal, weightDecay: { rate, applies: 'dense' } });
        const s = stationarySquaredNorm(pair, presence)!;
        const next = decayFactor(pair)(1) * s + (presence * baseGain(pair)) / s;
        expect(Math.abs(next / s - 1)).toBeLessThan(1e-14);
      }),
      { seed: 1 },
    );
  });

  it('is where an appearance changes nothing under lazy decay, whatever the presence', () => {
    fc.assert(
      fc.property(positive, positive, positive, (learningRate, rate, presence) => {
        const pair = pairOf({ learningRate, weightDecay: { rate, applies: 'lazy' } });
        const s = stationarySquaredNorm(pair, presence)!;
        expect(Math.abs(grow(s, baseGain(pair), decayFactor(pair)(1)) / s - 1)).toBeLessThan(1e-14);
        expect(stationarySquaredNorm(pair, 1)).toBe(s);
      }),
      { seed: 1 },
    );
  });

  it('keeps a bias of a^½ in s under dense decay: 16 times the presence, 4 times the squared norm', () => {
    const pair = pairOf({ weightDecay: { rate: 0.1, applies: 'dense' } });
    expect(stationarySquaredNorm(pair, 0.8)! / stationarySquaredNorm(pair, 0.05)!).toBeCloseTo(4, 14);
  });

  it.each([0, 0.5, 0.9])('is where heavy-ball SGD with β = %d settles', (beta) => {
    const pair = pairOf({
      learningRate: 0.1,
      weightDecay: { rate: 0.2, applies: 'dense' },
      momentum: { beta, dimension: 8 },
    });
    expect(heavyBall(0.1, 0.2, beta, 1, 20_000)).toBeCloseTo(stationarySquaredNorm(pair, 1)!, 10);
  });

  it('is unknown without decay, and for lazy decay with momentum', () => {
    expect(stationarySquaredNorm(pairOf(), 0.5)).toBeNull();
    const lazy = { weightDecay: { rate: 0.1, applies: 'lazy' }, momentum: { beta: 0.5, dimension: 8 } } as const;
    expect(stationarySquaredNorm(pairOf(lazy), 0.5)).toBeNull();
  });
});

describe('momentumGrowthFactor', () => {
  it.each([0, 0.5, 0.9])('is what β = %d multiplies the growth of s² by', (beta) => {
    // Without decay s² grows by 2c a step, c = η² = 0.01; the start and the logarithm of A5 are below 1e-3 of it.
    const steps = 200_000;
    const grown = heavyBall(0.1, 0, beta, 1, steps) ** 2 / (2 * 0.01 * steps);
    expect(grown / momentumGrowthFactor(beta)).toBeCloseTo(1, 2);
  });
});
