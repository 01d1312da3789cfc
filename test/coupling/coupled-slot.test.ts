import { describe, expect, it } from 'vitest';
import { drawCoupledItems } from '../../src/coupling/coupled-slot.ts';
import { categorical } from '../../src/random/categorical.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { share } from '../error-budget.ts';

const popularity = { lower: 0.2, upper: 0.5 };
/** Item 0 is item i; the others have the residual law r. */
const others = [0.1, 0.6, 0.3];
const slots = 300_000;

function observedItems(draw: typeof drawCoupledItems) {
  const open = replicateStreams(29, 'items', 'sfc32')(0);
  const [presence, otherItems] = [open('presence'), open('other-items')];
  const drawOther = categorical(others);
  const observed = new Array(16).fill(0);
  for (let slot = 0; slot < slots; slot++) {
    const { lower, upper } = draw(popularity, presence, 0, () => 1 + drawOther(otherItems));
    observed[4 * lower + upper] += 1;
  }
  return observed;
}

/** P(X′ = k, X″ = l) for items 0 (item i), 1, 2, 3. */
const pmf = Array.from({ length: 16 }, (_, index) => {
  const [k, l] = [Math.floor(index / 4), index % 4];
  if (k === 0) return l === 0 ? popularity.lower : 0;
  if (l === 0) return (popularity.upper - popularity.lower) * others[k - 1];
  return k === l ? (1 - popularity.upper) * others[k - 1] : 0;
});

describe('drawCoupledItems', () => {
  it('draws the joint law of the literal slots', () => {
    expect(chiSquarePValue(observedItems(drawCoupledItems), pmf)).toBeGreaterThan(share);
  });

  it('gives each run its marginal law, and other items the ratio γ = (1 − p″)/(1 − p′)', () => {
    const observed = observedItems(drawCoupledItems);
    const sum = (isIn: (k: number, l: number) => boolean) =>
      observed.reduce((total, count, index) => total + (isIn(Math.floor(index / 4), index % 4) ? count : 0), 0);
    const lower = [0, 1, 2, 3].map((item) => sum((k) => k === item));
    const upper = [0, 1, 2, 3].map((item) => sum((_, l) => l === item));
    const marginal = (p: number) => [p, ...others.map((r) => (1 - p) * r)];
    expect(chiSquarePValue(lower, marginal(popularity.lower))).toBeGreaterThan(share);
    expect(chiSquarePValue(upper, marginal(popularity.upper))).toBeGreaterThan(share);
    const gamma = (1 - popularity.upper) / (1 - popularity.lower);
    // Standard error of the ratio of two counts of at least 0.05 · 300,000.
    for (const item of [1, 2, 3]) expect(Math.abs(upper[item] / lower[item] - gamma)).toBeLessThan(6 * 0.012);
  });

  it('is rejected by the same check when each run draws its other items for itself', () => {
    const own: typeof drawCoupledItems = (p, uniform, item, drawOther) => {
      const { lower, upper } = drawCoupledItems(p, uniform, item, drawOther);
      return { lower, upper: upper === item ? item : drawOther() };
    };
    expect(chiSquarePValue(observedItems(own), pmf)).toBeLessThan(share);
  });
});
