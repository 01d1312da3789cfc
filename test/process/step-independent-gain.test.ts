import { expect, it } from 'vitest';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import { stepIndependentGain } from '../../src/process/step-independent-gain.ts';
import { pairOf } from '../coupling/pairs.ts';

it.each<[GainSpecification, number | null]>([
  [{ model: 'constant', sharing: 'own' }, 2.25],
  [{ model: 'schedule', sharing: 'shared', schedule: { shape: 'constant' } }, 2.25],
  [{ model: 'multiplicity', sharing: 'own', exponent: 0 }, 2.25],
  [{ model: 'lognormal', sharing: 'own', sigma: 0, rho: 0.5 }, 2.25],
  [{ model: 'schedule', sharing: 'shared', schedule: { shape: 'exponential', factor: 0.9 } }, null],
  [{ model: 'multiplicity', sharing: 'own', exponent: 1 }, null],
  [{ model: 'lognormal', sharing: 'own', sigma: 0.1, rho: 0 }, null],
  [{ model: 'pareto', sharing: 'shared', tailIndex: 3 }, null],
  [{ model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 8 }, null],
  [{ model: 'trace', sharing: 'shared', values: [1, 1, 1, 1, 1, 1] }, null],
])('is (η‖Pu‖)² or nothing: %j', (gain, expected) => {
  expect(stepIndependentGain(pairOf({ gain, learningRate: 0.5, tangentSignal: 3 }))).toBe(expected);
});
