import { expect, it } from 'vitest';
import type { CouplingName } from '../../src/coupling/coupling.ts';
import { kernelRefusal } from '../../src/kernels/index.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { pairOf } from '../coupling/pairs.ts';
import { constantSchedule, walked } from './requests.ts';

const lognormal = (sigma: number) => ({ model: 'lognormal', sharing: 'own', sigma, rho: 0 }) as const;

it.each<{ coupling: CouplingName; pair: PairParameters; why: string }>([
  { coupling: 'independent', pair: pairOf(), why: 'runs that share no draw' },
  { coupling: 'events', pair: pairOf({ momentum: { beta: 0.5, dimension: 4 } }), why: 'momentum' },
  { coupling: 'slots', pair: pairOf({ weightDecay: { rate: 0.1, applies: 'lazy' } }), why: 'weight decay' },
  { coupling: 'events', pair: pairOf({ gain: lognormal(8.1) }), why: 'a sigma above 8' },
  { coupling: 'steps', pair: pairOf({ learningRate: 0, gain: lognormal(1) }), why: 'a mean gain of 0' },
  { coupling: 'steps', pair: pairOf({ learningRate: 1e51, gain: lognormal(1) }), why: 'a mean gain of 1e+102' },
  {
    coupling: 'events',
    pair: pairOf({ gain: { model: 'pareto', sharing: 'shared', tailIndex: 3 } }),
    why: 'gains of this model',
  },
  { coupling: 'events', pair: pairOf({ gain: { ...constantSchedule, sharing: 'own' } }), why: 'gains of this model' },
  { coupling: 'counts', pair: pairOf({ popularity: { lower: 0, upper: 0 } }), why: 'an item that never appears' },
  { coupling: 'events', pair: pairOf({ steps: 0 }), why: 'so many steps' },
  { coupling: 'events', pair: pairOf({ steps: 2 ** 22 + 1, gain: constantSchedule }), why: 'so many steps' },
  { coupling: 'slots', pair: pairOf({ steps: 2 ** 22 + 1 }), why: 'so many steps' },
  { coupling: 'steps', pair: pairOf({ steps: 2 ** 16 + 1, gain: constantSchedule }), why: 'so many steps' },
  { coupling: 'counts', pair: pairOf({ steps: 2 ** 17 }), why: 'so many possible counts' },
])('no kernel of $coupling takes $why', ({ coupling, pair, why }) => {
  expect(kernelRefusal(coupling, pair)).toBe(why);
});

it.each(walked)('the kernel of %s takes what is just within its limits', (coupling) => {
  expect(kernelRefusal(coupling, pairOf({ gain: lognormal(8) }))).toBeNull();
  expect(kernelRefusal(coupling, pairOf({ learningRate: 1e-50, gain: lognormal(1) }))).toBeNull();
  expect(kernelRefusal(coupling, pairOf({ popularity: { lower: 0, upper: 1 }, steps: 1 }))).toBeNull();
  expect(kernelRefusal(coupling, pairOf({ steps: 2 ** 22 }))).toBeNull();
  expect(kernelRefusal(coupling, pairOf({ steps: 2 ** 16, gain: constantSchedule }))).toBeNull();
});
