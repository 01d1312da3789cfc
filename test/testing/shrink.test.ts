import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathText } from '../../src/testing/counterexample-text.ts';
import { isReversed } from '../../src/testing/order-kept.ts';
import { endOf, type Path, type PathStep } from '../../src/testing/path.ts';
import { shrink } from '../../src/testing/shrink.ts';

const breaks = (path: Path) => isReversed(endOf(path));
const gain = fc.double({ min: 0.001, max: 50, noNaN: true });
const bothDecay = (decay: number) => ({ lowerDecay: decay, upperDecay: decay });
const upperAlone = (c: number): PathStep => ({ lowerGain: 0, upperGain: c, ...bothDecay(1) });
const inBoth = (c: number): PathStep => ({ lowerGain: c, upperGain: c, ...bothDecay(1) });

const sharedStep = fc.oneof(gain.map(upperAlone), gain.map(inBoth));
const ownStep = fc.record({
  lowerGain: gain,
  upperGain: gain,
  ...{ lowerDecay: fc.constant(1), upperDecay: fc.constant(1) },
});
const decayStep = fc.double({ min: 0.3, max: 1, noNaN: true }).map((decay): PathStep => {
  return { lowerGain: 0, upperGain: 0, ...bothDecay(decay) };
});

/** Paths cut at the first step that breaks the order. */
function breakingPaths(step: Arbitrary<PathStep>): Arbitrary<Path> {
  const start = fc.double({ min: 0.01, max: 20, noNaN: true });
  const whole = fc.record({
    initialSquaredNorm: start,
    isDense: fc.constant(true),
    steps: fc.array(step, { minLength: 1, maxLength: 40 }),
  });
  const cut = (path: Path): Path | null => {
    const cuts = path.steps.map((_, index) => ({ ...path, steps: path.steps.slice(0, index + 1) }));
    return cuts.find(breaks) ?? null;
  };
  return whole.map(cut).filter((path) => path !== null);
}

const numbersOf = ({ initialSquaredNorm, steps }: Path) => [
  initialSquaredNorm,
  ...steps.flatMap((step) => [step.lowerGain, step.upperGain, step.lowerDecay, step.upperDecay]),
];

const digitsOf = (value: number) =>
  value
    .toExponential()
    .split('e')[0]
    .replace(/\D|\.?0*$/g, '').length;

describe.each([
  ['shared gains', breakingPaths(sharedStep)],
  ['own gains', breakingPaths(fc.oneof(ownStep, gain.map(upperAlone)))],
  ['shared gains and decay', breakingPaths(fc.oneof(sharedStep, decayStep))],
])('shrinking a path with %s', (_, paths) => {
  it('leaves one that still breaks the order, with no step that could go', () => {
    fc.assert(
      fc.property(paths, (path) => {
        const shrunk = shrink(path, isReversed)!;
        expect(breaks(shrunk)).toBe(true);
        expect(shrunk.steps.length).toBeLessThanOrEqual(path.steps.length);
        shrunk.steps.forEach((_, index) => {
          expect(breaks({ ...shrunk, steps: shrunk.steps.toSpliced(index, 1) })).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a gain shared where it was, and adds no appearance', () => {
    fc.assert(
      fc.property(paths, (path) => {
        const wasShared = path.steps.every(({ lowerGain, upperGain }) => lowerGain === 0 || lowerGain === upperGain);
        const shrunk = shrink(path, isReversed)!;
        const isShared = shrunk.steps.every(({ lowerGain, upperGain }) => lowerGain === 0 || lowerGain === upperGain);
        expect(isShared || !wasShared).toBe(true);
        expect(numbersOf(shrunk).every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

it('finds the two steps that A1 needs, in one digit each, and the one step that A2 needs', () => {
  const shared = fc
    .sample(breakingPaths(sharedStep), { numRuns: 200, seed: 1 })
    .map((path) => shrink(path, isReversed)!);
  expect(new Set(shared.map(({ steps }) => steps.length))).toEqual(new Set([2]));
  expect(shared.every(({ steps }) => steps[0].lowerGain === 0 && steps[1].lowerGain === steps[1].upperGain)).toBe(true);
  const own = fc.sample(breakingPaths(ownStep), { numRuns: 200, seed: 1 }).map((path) => shrink(path, isReversed)!);
  expect(new Set(own.map(({ steps }) => steps.length))).toEqual(new Set([1]));
  expect(Math.max(...own.flatMap(numbersOf).map(digitsOf))).toBe(1);
});

it('joins steps where none can be dropped', () => {
  // One step of the upper run alone leaves the runs 1.8 apart at the end, two leave them 2.6 apart.
  const steps = [upperAlone(0.3), upperAlone(0.3), inBoth(9)];
  const isFarBelow = ({ lower, upper }: { lower: number; upper: number }) => lower - upper > 2.5;
  const path = { initialSquaredNorm: 1, isDense: true, steps };
  expect(isFarBelow(endOf({ ...path, steps: steps.slice(1) }))).toBe(false);
  const shrunk = shrink(path, isFarBelow)!;
  expect(shrunk.steps.length).toBe(2);
  expect(isFarBelow(endOf(shrunk))).toBe(true);
});

it('gives up on a path that does not break the claim', () => {
  expect(shrink({ initialSquaredNorm: 1, isDense: true, steps: [inBoth(1)] }, isReversed)).toBeNull();
});

it('takes long stretches of decay as one step', () => {
  const decay: PathStep = { lowerGain: 0, upperGain: 0, ...bothDecay(0.99999) };
  const stretch = Array.from({ length: 100_000 }, () => decay);
  const path = { initialSquaredNorm: 2, isDense: true, steps: [...stretch, upperAlone(1), ...stretch, inBoth(3)] };
  expect(shrink(path, isReversed)!.steps.length).toBe(2);
});

it('drops what it can of a path that needs many steps, and tells its ends', () => {
  const steps = Array.from({ length: 2000 }, (_, index) => upperAlone(1 + index / 1000));
  const shrunk = shrink({ initialSquaredNorm: 1, isDense: true, steps }, ({ upper }) => upper > 60)!;
  expect(shrunk.steps.length).toBeGreaterThan(300);
  expect(shrunk.steps.length).toBeLessThan(2000);
  expect(pathText(shrunk)).toMatch(/^s₀ = 1; step 1: .*; step 6: [^;]*; …; step \d+: .* then s′ = /);
});

it('drops what it can of ten thousand steps within its allowance', () => {
  const needless = Array.from({ length: 10_000 }, () => inBoth(1e-3));
  const path = { initialSquaredNorm: 1, isDense: true, steps: [...needless, upperAlone(1.234), inBoth(98.76)] };
  expect(pathText(shrink(path, isReversed)!)).toBe(
    's₀ = 1; step 1: in the upper run alone, c = 1; step 2: in both runs, c = 100; then s′ = 101.000, s″ = 52.0000',
  );
});
