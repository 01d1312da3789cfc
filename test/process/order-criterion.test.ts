import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { grow } from '../../src/process/grow.ts';
import { breaksOrder, breaksOrderShared } from '../../src/process/order-criterion.ts';

const size = fc.double({ min: 1e-90, max: 1e90, noNaN: true });
const decay = fc.oneof(fc.constant(1), fc.double({ min: 0.01, max: 1, noNaN: true }));
const runs = { seed: 1, numRuns: 2000 };

/** States and gains of like sizes, where the order may go either way. */
const contest = fc.record({
  lower: fc.double({ min: 0.5, max: 2, noNaN: true }),
  excess: fc.double({ min: 0, max: 0.5, noNaN: true }),
  lowerGain: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 4, noNaN: true })),
  upperGain: fc.double({ min: 0, max: 4, noNaN: true }),
});

/** One step of both runs: a = s′, b = s″, gains and decays. */
type Step = [a: number, b: number, lowerGain: number, upperGain: number, lowerDecay: number, upperDecay: number];

/** (κ′a + c′/a) − (κ″b + c″/b), exactly. */
function exactGap(...step: Step): Rational {
  const [a, b, lowerGain, upperGain, lowerDecay, upperDecay] = step.map(Rational.of);
  return lowerDecay
    .times(a)
    .plus(lowerGain.over(a))
    .minus(upperDecay.times(b).plus(upperGain.over(b)));
}

/** The sizes of the differences that the gap consists of: the criterion may only lose a few roundings of these. */
function sizeOfDifferences(...[a, b, lowerGain, upperGain, lowerDecay, upperDecay]: Step): number {
  const ofStates = (b - a) * (upperDecay + lowerGain / a / b);
  return Math.abs(lowerDecay - upperDecay) * a + Math.abs(lowerGain - upperGain) / b + ofStates;
}

/** The criterion must be right wherever a few roundings of those differences cannot turn the sign. */
function expectSharp(says: boolean, ...step: Step): void {
  const gap = exactGap(...step);
  if (Math.abs(gap.toNumber()) > 2 ** -50 * sizeOfDifferences(...step)) expect(says).toBe(gap.sign() > 0);
}

describe('breaksOrderShared', () => {
  it('agrees with exact arithmetic on states and gains of any size', () => {
    fc.assert(
      fc.property(size, size, size, decay, (s, t, gain, factor) => {
        const [a, b] = [Math.min(s, t), Math.max(s, t)];
        expectSharp(breaksOrderShared(a, b, gain, factor), a, b, gain, gain, factor, factor);
      }),
      runs,
    );
  });

  it('agrees with exact arithmetic within a few roundings of the threshold c = ab', () => {
    const near = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), near, near, (a, ulps, gainUlps) => {
        const b = a * (1 + Math.abs(ulps) * 2 ** -52);
        const gain = a * b * (1 + gainUlps * 2 ** -52);
        expectSharp(breaksOrderShared(a, b, gain), a, b, gain, gain, 1, 1);
      }),
      runs,
    );
  });

  it('agrees with the float updates near the threshold c = κab', () => {
    fc.assert(
      fc.property(contest, decay, ({ lower, excess, upperGain }, factor) => {
        const upper = lower + excess;
        const [a, b] = [grow(lower, upperGain, factor), grow(upper, upperGain, factor)];
        if (Math.abs(a - b) > 1e-14) expect(breaksOrderShared(lower, upper, upperGain, factor)).toBe(a > b);
      }),
      runs,
    );
  });

  it('is the pathwise counterexample: 1 and 1.1, then c = 5', () => {
    const upper = grow(1, 0.1);
    expect(grow(1, 5)).toBe(6);
    expect(grow(upper, 5)).toBeCloseTo(5.64545454545, 10);
    expect(breaksOrderShared(1, upper, 5)).toBe(true);
  });

  it('sees the break that the float updates round away', () => {
    // a = 1, b = 1 + 2⁻⁵², c just above ab: the exact gap is about 2⁻¹⁰⁴.
    const [a, b] = [1, 1 + 2 ** -52];
    const gain = 1 + 2 ** -51;
    expect(grow(a, gain) > grow(b, gain)).toBe(false);
    expect(breaksOrderShared(a, b, gain)).toBe(true);
    expect(breaksOrderShared(a, b, 1)).toBe(false);
  });

  it('makes a tie, not a break, at c = κab', () => {
    expect([grow(1, 4), grow(4, 4)]).toEqual([5, 5]);
    expect(breaksOrderShared(1, 4, 4)).toBe(false);
    expect(breaksOrderShared(1, 4, 2, 0.5)).toBe(false);
  });

  it('never breaks a tie', () => {
    fc.assert(
      fc.property(size, size, (s, gain) => !breaksOrderShared(s, s, gain)),
      { seed: 1 },
    );
  });
});

describe('breaksOrder', () => {
  it('agrees with exact arithmetic on states and gains of any size, decays equal or not', () => {
    fc.assert(
      fc.property(size, size, size, size, decay, decay, (s, t, lowerGain, upperGain, lowerDecay, upperDecay) => {
        const [a, b] = [Math.min(s, t), Math.max(s, t)];
        for (const [first, second] of [
          [lowerDecay, upperDecay],
          [lowerDecay, lowerDecay],
        ]) {
          const says = breaksOrder(a, b, lowerGain, upperGain, first, second);
          expectSharp(says, a, b, lowerGain, upperGain, first, second);
        }
      }),
      runs,
    );
  });

  it('agrees with exact arithmetic where the outcome is open', () => {
    fc.assert(
      fc.property(contest, decay, decay, ({ lower, excess, lowerGain, upperGain }, lowerDecay, upperDecay) => {
        const upper = lower + excess;
        const says = breaksOrder(lower, upper, lowerGain, upperGain, lowerDecay, upperDecay);
        expectSharp(says, lower, upper, lowerGain, upperGain, lowerDecay, upperDecay);
      }),
      runs,
    );
  });

  it('agrees with the float updates', () => {
    fc.assert(
      fc.property(contest, decay, decay, ({ lower, excess, lowerGain, upperGain }, lowerDecay, upperDecay) => {
        const upper = lower + excess;
        const [a, b] = [grow(lower, lowerGain, lowerDecay), grow(upper, upperGain, upperDecay)];
        const says = breaksOrder(lower, upper, lowerGain, upperGain, lowerDecay, upperDecay);
        if (Math.abs(a - b) > 1e-13) expect(says).toBe(a > b);
      }),
      runs,
    );
  });

  it('is the shared criterion when gains and decays are shared', () => {
    fc.assert(
      fc.property(size, size, size, decay, (s, t, gain, factor) => {
        const [a, b] = [Math.min(s, t), Math.max(s, t)];
        expect(breaksOrder(a, b, gain, gain, factor, factor)).toBe(breaksOrderShared(a, b, gain, factor));
      }),
      { seed: 1 },
    );
  });

  it('breaks a tie as soon as the upper gain is the smaller one, by however little (A2)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (s) => {
        const gain = s * s;
        expect(breaksOrder(s, s, gain, gain * (1 - 2 ** -52))).toBe(true);
        expect(breaksOrder(s, s, gain, gain * (1 + 2 ** -52))).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('keeps the order when only the upper run appears, without decay', () => {
    fc.assert(
      fc.property(size, size, size, (s, t, gain) => !breaksOrder(Math.min(s, t), Math.max(s, t), 0, gain)),
      { seed: 1 },
    );
  });

  it('breaks the order when lazy decay takes more from the upper run than its appearance gives', () => {
    // 10 stays 10 while 10.5 becomes 0.25·10.5 + 1/10.5 = 2.72
    expect(breaksOrder(10, 10.5, 0, 1, 1, 0.25)).toBe(true);
    expect(breaksOrder(10, 10.5, 0, 100, 1, 0.25)).toBe(false);
  });
});
