import { describe, expect, it } from 'vitest';
import { decayFactor } from '../../src/process/decay.ts';
import { pairOf } from '../coupling/pairs.ts';

describe('decayFactor', () => {
  it('is 1 without decay', () => {
    expect(decayFactor(pairOf({ learningRate: 7 }))(3)).toBe(1);
  });

  it('is (1 − ηλ)² at every step of a constant rate', () => {
    const factor = decayFactor(pairOf({ learningRate: 0.5, weightDecay: { rate: 0.5, applies: 'lazy' } }));
    expect([1, 2, 6].map(factor)).toEqual([0.5625, 0.5625, 0.5625]);
  });

  it('follows the learning-rate schedule of a scheduled gain', () => {
    const factor = decayFactor(
      pairOf({
        learningRate: 0.5,
        weightDecay: { rate: 0.5, applies: 'dense' },
        gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'step', every: 2, factor: 0.5 } },
      }),
    );
    expect([1, 2, 3, 5].map(factor)).toEqual([0.75 ** 2, 0.75 ** 2, 0.875 ** 2, 0.9375 ** 2]);
  });
});
