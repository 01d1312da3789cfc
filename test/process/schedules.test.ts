import { describe, expect, it } from 'vitest';
import { type LearningRateSchedule, scheduleFactor } from '../../src/process/schedules/index.ts';
import { learningRateAt } from '../../src/process/schedules/learning-rate.ts';
import { pairOf } from '../coupling/pairs.ts';

interface Expectation {
  readonly schedule: LearningRateSchedule;
  /** The factors of steps 1, 2, … of a training of 8 steps. */
  readonly factors: readonly number[];
  readonly isNeverIncreasing: boolean;
}

const schedules: readonly Expectation[] = [
  { schedule: { shape: 'constant' }, factors: Array(8).fill(1), isNeverIncreasing: true },
  {
    schedule: { shape: 'step', every: 3, factor: 0.5 },
    factors: [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25],
    isNeverIncreasing: true,
  },
  {
    schedule: { shape: 'exponential', factor: 0.5 },
    factors: [1, 0.5, 0.25, 0.125, 1 / 16, 1 / 32, 1 / 64, 1 / 128],
    isNeverIncreasing: true,
  },
  {
    // 0.2 + 0.8·(1 + cos(πk/8))/2
    schedule: { shape: 'cosine', floor: 0.2 },
    factors: [1, 0.96955, 0.88284, 0.75307, 0.6, 0.44693, 0.31716, 0.23045],
    isNeverIncreasing: true,
  },
  {
    schedule: { shape: 'warm-up', from: 0.2, over: 4 },
    factors: [0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1],
    isNeverIncreasing: false,
  },
  {
    schedule: { shape: 'cyclic', low: 0.1, high: 0.9, halfPeriod: 2 },
    factors: [0.1, 0.5, 0.9, 0.5, 0.1, 0.5, 0.9, 0.5],
    isNeverIncreasing: false,
  },
];

describe.each(schedules)('the $schedule.shape schedule', ({ schedule, factors, isNeverIncreasing }) => {
  const factor = scheduleFactor(schedule, 8);
  const found = Array.from({ length: 8 }, (_, index) => factor(index + 1));

  it('has its known factors', () => {
    found.forEach((value, index) => {
      expect(value).toBeCloseTo(factors[index], 5);
    });
  });

  it('stays between 0 and η₀', () => {
    expect(found.every((value) => value > 0 && value <= 1)).toBe(true);
  });

  it('rises somewhere only if it is of the rising kind', () => {
    expect(found.every((value, index) => index === 0 || value <= found[index - 1])).toBe(isNeverIncreasing);
  });

  it('is a function of the step alone, asked in any order', () => {
    const backwards = [8, 7, 6, 5, 4, 3, 2, 1].map((step) => factor(step));
    expect(backwards.reverse()).toEqual(found);
  });
});

describe('the cosine schedule', () => {
  it('spans the whole training, whatever its length', () => {
    const factor = scheduleFactor({ shape: 'cosine', floor: 0 }, 1000);
    expect([factor(1), factor(501)]).toEqual([1, 0.5]);
    expect(factor(1001)).toBeCloseTo(0, 15);
  });
});

describe('the cyclic schedule', () => {
  it('keeps the digits of the first steps of a long rise', () => {
    const factor = scheduleFactor({ shape: 'cyclic', low: 0, high: 1, halfPeriod: 1e9 }, 1000);
    expect([factor(2), factor(4), factor(2e9)]).toEqual([1e-9, 3e-9, 2 - (2e9 - 1) / 1e9]);
  });
});

describe('learningRateAt', () => {
  it('is η times the factor of a scheduled gain, and η otherwise', () => {
    const gain = { model: 'schedule', sharing: 'shared', schedule: { shape: 'exponential', factor: 0.5 } } as const;
    expect([1, 2, 3].map(learningRateAt(pairOf({ learningRate: 0.3, gain })))).toEqual([0.3, 0.15, 0.075]);
    expect([1, 2, 3].map(learningRateAt(pairOf({ learningRate: 0.3 })))).toEqual([0.3, 0.3, 0.3]);
  });
});
