import { expect, it } from 'vitest';
import '../../src/testing/vitest.ts';

const pair = { popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 100 };
const ownGains = { ...pair, gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } as const };
const few = { replicates: 1000 };
const even = Array.from({ length: 1000 }, (_, index) => (index + 0.5) / 1000);
const shifted = even.map((draw) => draw + 0.5);

it('says yes where the claim holds', async () => {
  await expect(pair).toKeepOrder(few);
  await expect(ownGains).toViolateOrderOnlyWherePredicted(few);
  await expect(ownGains).toDominate(few);
  await expect(pair).toHaveMeanAtLeast(0, few);
  expect(shifted).toDominate(even);
  expect(even).toHaveLaw((x) => x);
  expect(even).toHaveMeanAtLeast(0.49);
  expect(even).toHaveMeanAtLeast(0.49, { range: [0, 1] });
});

it('says no where it does not', async () => {
  await expect(ownGains).not.toKeepOrder(few);
  await expect(pair).not.toHaveMeanAtLeast(1, few);
  expect(even).not.toDominate(shifted);
  expect(shifted).not.toHaveLaw((x) => Math.min(1, x));
  expect(even).not.toHaveMeanAtLeast(0.6);
});

it('fails with the message of the assertion, and after .not with what was hoped for', async () => {
  await expect(expect(ownGains).toKeepOrder(few)).rejects.toThrow(/^claim: s″ ≥ s′ .*\nmeasured: [\s\S]*\nreplay: /);
  await expect(expect(pair).not.toKeepOrder(few)).rejects.toThrow('expected the order to be violated');
  expect(() => expect(even).toDominate(shifted)).toThrow(/^claim: the upper law/);
  expect(() => expect(shifted).not.toDominate(even)).toThrow('expected no dominance');
});

it('lets errors of use through, also after .not', async () => {
  await expect(expect({ ...pair, steps: -1 }).not.toKeepOrder()).rejects.toThrow(/steps — expected an integer/);
  expect(() => expect([]).not.toHaveLaw((x) => x)).toThrow('expected a sample of at least one number');
});
