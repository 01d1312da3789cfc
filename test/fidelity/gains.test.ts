import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OpenGainDiagnostics } from '../../src/fidelity/recording/gain-diagnostics.ts';
import { LargestValues } from '../../src/fidelity/recording/largest-values.ts';
import { LineFit } from '../../src/fidelity/recording/line-fit.ts';
import { WithinItems } from '../../src/fidelity/recording/within-items.ts';
import { standardNormalQuantile } from '../../src/maths/normal-quantile.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { shareZ } from '../error-budget.ts';

const uniform = openGenerator('sfc32', 'f'.repeat(64))(0);
const normal = () => standardNormalQuantile(Math.max(uniform(), 2 ** -54));

it.each([0, 0.5, 0.9])('finds the correlation %d of an AR(1) chain within items of means of their own', (rho) => {
  const [items, length] = [400, 200];
  const within = new WithinItems();
  for (let item = 0; item < items; item++) {
    const mean = 10 * normal();
    let x = normal();
    for (let step = 0; step < length; step++) {
      within.add(item, mean + x);
      x = rho * x + Math.sqrt(1 - rho * rho) * normal();
    }
  }
  // Bartlett's standard error √((1 − ρ²)/n); an item's mean biases it by −(1 + 3ρ)/n, of which 1/n is put back.
  const bias = (4 * rho) / length;
  const error = Math.sqrt((1 - rho * rho) / (items * length));
  expect(Math.abs(within.lagOneAutocorrelation()! - rho)).toBeLessThan(bias + shareZ * error);
});

it('has no autocorrelation where nothing comes three times, or nothing varies', () => {
  const within = new WithinItems();
  for (const value of [1, 2]) within.add(0, value);
  for (const value of [3, 3, 3]) within.add(1, value);
  expect(within.lagOneAutocorrelation()).toBeNull();
});

it('keeps the largest values, and their tail index: 3 of a Pareto law with α = 3', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 40, maxLength: 60 }), (values) => {
      const all = new LargestValues(1000);
      const some = new LargestValues(25);
      for (const value of values) {
        all.add(value);
        some.add(value);
      }
      expect(some.hillIndex(24)).toBe(all.hillIndex(24));
    }),
  );
  const largest = new LargestValues(1000);
  for (let draw = 0; draw < 100_000; draw++) largest.add((1 - uniform()) ** (-1 / 3));
  expect(Math.abs(largest.hillIndex(1000)! - 3)).toBeLessThan((shareZ * 3) / Math.sqrt(999));
  expect(largest.hillIndex(9)).toBeNull();
});

it('fits a line', () => {
  const fit = new LineFit();
  expect(fit.slope).toBeNull();
  for (const x of [1, 2, 3, 4]) fit.add(x, 7 - 2 * x);
  expect(fit.slope).toBeCloseTo(-2, 14);
  expect(fit.standardDeviationOfY).toBeCloseTo(2 * Math.sqrt(1.25), 14);
});

it('describes the gains of appearances, by multiplicity and by epoch', () => {
  const gains = new OpenGainDiagnostics({ perEpoch: 2, total: 4, largestBatch: 8 });
  const see = (step: number, item: number, multiplicity: number, before: number, after: number) =>
    gains.add({ step, item, multiplicity, batchSize: 8, before, after });
  see(1, 0, 1, 4, 4.5);
  see(2, 1, 2, 1, 5);
  see(3, 0, 1, 4.5, 4);
  gains.add({ step: 4, item: 2, multiplicity: 3, batchSize: 4, before: 1, after: 1 });
  const found = gains.close();
  expect(found.mean).toBeCloseTo((2 + 4 - 2.25) / 4, 14);
  // The last one was in a smaller batch.
  expect(found.byMultiplicity.map(({ multiplicity, appearances }) => [multiplicity, appearances])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(found.byEpoch.map(({ epoch, meanGain }) => [epoch, meanGain])).toEqual([
    [1, 3],
    [2, -1.125],
  ]);
  expect(found.multiplicityExponent).toBeCloseTo(1, 12);
  // s = 1 under c = 4; the last one fell.
  expect(found.shareBelowRoot).toBeCloseTo(1 / 4, 14);
  expect(found.shareFalling).toBeCloseTo(1 / 4, 14);
});
