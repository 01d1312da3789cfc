import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../src/maths/matrix.ts';
import { openOptimiser } from '../../../src/trainer/optimisers/index.ts';
import { cycledMomentum } from '../../../src/trainer/optimisers/momentum-cycle.ts';
import { type OptimiserSpecification, plainSgd } from '../../../src/trainer/optimisers/optimiser.ts';
import { parameter } from '../../../src/trainer/parameter.ts';

const noDecay = { rate: 0, applies: 'dense' } as const;
const adam = { method: 'adam', beta1: 0.9, beta2: 0.999, weightDecay: noDecay } as const;

/** A table of two rows after two steps at rate 0.1, whose gradients are 1 in row 0 and nothing in row 1. */
function afterTwoSteps(specification: OptimiserSpecification, isTrainable = true): number[] {
  const table = matrixOf(2, 1, [1, 1]);
  const optimiser = openOptimiser(specification, [parameter('table', table, isTrainable)]);
  for (let step = 0; step < 2; step++) optimiser.step([{ rows: [0], values: matrixOf(1, 1, [1]) }], 0.1);
  return [...table.values];
}

describe('two steps at rate 0.1 from 1, by hand', () => {
  it.each<[string, OptimiserSpecification, [number, number]]>([
    ['plain SGD', plainSgd, [0.8, 1]],
    // v = 1, then 1.9.
    ['momentum 0.9', { ...plainSgd, momentum: 0.9 }, [1 - 0.1 - 0.19, 1]],
    // θ − 0.1(1 + 0.5θ): 0.85, then 0.7075; without a gradient 0.95 of itself each time.
    ['dense decay 0.5', { ...plainSgd, weightDecay: { rate: 0.5, applies: 'dense' } }, [0.7075, 0.9025]],
    ['lazy decay 0.5', { ...plainSgd, weightDecay: { rate: 0.5, applies: 'lazy' } }, [0.7075, 1]],
    // A constant gradient: Adam's step is the rate.
    ['Adam', adam, [0.8, 1]],
    ['Adam, dense decay', { ...adam, weightDecay: { rate: 0.5, applies: 'dense' } }, [0.8, 0.8]],
    // 0.95θ − 0.1 twice, and 0.95θ twice.
    [
      'AdamW, dense decay',
      { ...adam, method: 'adamw', weightDecay: { rate: 0.5, applies: 'dense' } },
      [0.7075, 0.9025],
    ],
    ['AdamW, lazy decay', { ...adam, method: 'adamw', weightDecay: { rate: 0.5, applies: 'lazy' } }, [0.7075, 1]],
  ])('%s', (name, specification, expected) => {
    // Adam divides by √(mean square) + 1e-8, and its decayed gradients are not constant.
    const digits = name === 'Adam, dense decay' ? 2 : 7;
    afterTwoSteps(specification).forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row], digits);
    });
  });
});

it('moves a cycled momentum against its rate, and steps with it', () => {
  const schedule = { shape: 'cyclic', low: 0.1, high: 1, halfPeriod: 2 } as const;
  const momentum = cycledMomentum({ low: 0.8, high: 0.9 }, schedule);
  [0.9, 0.85, 0.8, 0.85, 0.9].forEach((expected, index) => {
    expect(momentum(index + 1)).toBeCloseTo(expected, 14);
  });
  const table = matrixOf(1, 1, [1]);
  const { step } = openOptimiser({ ...plainSgd, momentum: { low: 0.8, high: 0.9 } }, [parameter('table', table)]);
  for (const beta of [0.9, 0.8]) step([{ rows: [0], values: matrixOf(1, 1, [1]) }], 0.1, beta);
  // v = 1, then 0.8 + 1.
  expect(table.values[0]).toBeCloseTo(1 - 0.1 - 0.18, 14);
});

it.each([plainSgd, { ...plainSgd, momentum: 0.5 }, adam])('leaves frozen parameters alone: %o', (specification) => {
  expect(afterTwoSteps(specification, false)).toEqual([1, 1]);
});
