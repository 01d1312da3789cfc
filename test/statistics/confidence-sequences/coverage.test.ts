import { describe, expect, it } from 'vitest';
import { standardNormalQuantile } from '../../../src/maths/normal-quantile.ts';
import { replicateStreams } from '../../../src/random/streams.ts';
import { BettingSequence } from '../../../src/statistics/confidence-sequences/betting.ts';
import { binomialMixtureInterval } from '../../../src/statistics/confidence-sequences/binomial-mixture.ts';
import type { Interval } from '../../../src/statistics/confidence-sequences/interval.ts';
import {
  fewestDraws,
  hasEnoughDraws,
  mixtureHalfWidth,
} from '../../../src/statistics/confidence-sequences/normal-mixture.ts';
import { atMostPValue } from '../../../src/statistics/hypothesis-tests/binomial-test.ts';
import { share } from '../../error-budget.ts';

const alpha = 0.1;
const rate = 0.2;

/** Running count, mean and standard deviation. */
class Running {
  draws = 0;
  sum = 0;
  squares = 0;

  add(draw: number): void {
    this.draws += 1;
    this.sum += draw;
    this.squares += draw * draw;
  }

  around(halfWidth: (deviation: number) => number): Interval {
    const mean = this.sum / this.draws;
    const width = halfWidth(Math.sqrt(Math.max(0, this.squares / this.draws - mean * mean)));
    return { lower: mean - width, upper: mean + width };
  }
}

/** A sequence under test: takes a draw in [0, 1], gives its interval for the mean. */
type Open = () => (draw: number) => Interval;

const everything: Interval = { lower: 0, upper: 1 };

const normalMixture: Open = () => {
  const running = new Running();
  return (draw) => {
    running.add(draw);
    return running.around((deviation) => mixtureHalfWidth(running.draws, deviation, alpha, 500));
  };
};
const binomialMixture: Open = () => {
  const running = new Running();
  return (draw) => {
    running.add(draw);
    return binomialMixtureInterval(running.sum, running.draws, alpha);
  };
};
const betting: Open = () => {
  const sequence = new BettingSequence(alpha);
  return (draw) => {
    sequence.add(draw);
    return sequence.interval();
  };
};
/** The wrong twin: the interval for one look, looked at again and again. */
const repeatedZTests: Open = () => {
  const running = new Running();
  const critical = standardNormalQuantile(1 - alpha / 2);
  return (draw) => {
    running.add(draw);
    if (running.draws < fewestDraws) return everything;
    return running.around((deviation) => (critical * deviation) / Math.sqrt(running.draws));
  };
};

/** As a stopping rule looks: coins of a rare rate, from enough of them on, or from the hundredth on. */
function normalMixtureFrom(isLateEnough: (draws: number, kurtosis: number | null) => boolean): Open {
  return () => {
    const running = new Running();
    return (draw) => {
      running.add(draw);
      const mean = running.sum / running.draws;
      const variance = mean * (1 - mean);
      const kurtosis = variance === 0 ? null : 1 / variance - 3;
      if (!isLateEnough(running.draws, kurtosis)) return everything;
      return running.around((deviation) => mixtureHalfWidth(running.draws, deviation, alpha, 500));
    };
  };
}

/** p-value of 'the share of the runs that ever miss the mean is at most alpha', looking after every draw. */
function coveragePValue(
  open: Open,
  draw: (uniform: () => number) => number,
  mean: number,
  runs: number,
  draws = 1000,
): number {
  const streams = replicateStreams(3, 'coverage', 'sfc32');
  let missing = 0;
  for (let run = 0; run < runs; run++) {
    const uniform = streams(run)('claim');
    const look = open();
    for (let index = 0; index < draws; index++) {
      const { lower, upper } = look(draw(uniform));
      if (mean < lower || mean > upper) {
        missing += 1;
        break;
      }
    }
  }
  return atMostPValue(missing, runs, alpha);
}

const coin = (uniform: () => number) => (uniform() < rate ? 1 : 0);
const skewed = (uniform: () => number) => uniform() ** 4;

describe('looking after every draw', () => {
  it.each([
    ['the normal mixture, of coins', normalMixture, coin, rate, 1000],
    ['the normal mixture, of skewed draws', normalMixture, skewed, 0.2, 1000],
    ['the binomial mixture', binomialMixture, coin, rate, 300],
    ['betting, of coins', betting, coin, rate, 300],
    ['betting, of skewed draws', betting, skewed, 0.2, 300],
  ] as const)('%s covers the mean as often as it says', (_, open, draw, mean, runs) => {
    expect(coveragePValue(open, draw, mean, runs)).toBeGreaterThan(share);
  });

  it.each([
    ['coins', coin],
    ['skewed draws', skewed],
  ] as const)('repeated z-tests of %s do not, and the same check rejects them', (_, draw) => {
    expect(coveragePValue(repeatedZTests, draw, 0.2, 1000)).toBeLessThan(share);
  });
});

describe('a rate so rare that the first hundred draws are mostly 0', () => {
  const rareRate = 0.01;
  const rareCoin = (uniform: () => number) => (uniform() < rareRate ? 1 : 0);
  const pValue = (open: Open) => coveragePValue(open, rareCoin, rareRate, 1000, 15_000);

  it('is covered as often as is said once enough of it has been drawn', () => {
    expect(pValue(normalMixtureFrom(hasEnoughDraws))).toBeGreaterThan(share);
  });

  it('is not covered by who looks from the hundredth draw on, and the same check rejects them', () => {
    expect(pValue(normalMixtureFrom((draws) => draws >= fewestDraws))).toBeLessThan(share);
  });

  it('is first looked at after a hundred draws of each unit of kurtosis', () => {
    expect(hasEnoughDraws(299, 3)).toBe(false);
    expect(hasEnoughDraws(300, 3)).toBe(true);
    expect(hasEnoughDraws(99, 0.5)).toBe(false);
    expect(hasEnoughDraws(1e9, null)).toBe(false);
  });
});

describe('narrows', () => {
  const streams = replicateStreams(4, 'narrow', 'sfc32');
  it.each([
    ['the normal mixture', normalMixture, 0.15],
    ['the binomial mixture', binomialMixture, 0.15],
    ['betting', betting, 0.17],
  ] as const)('%s, to something useful after a thousand coins', (_, open, width) => {
    const uniform = streams(0)('claim');
    const look = open();
    let interval = everything;
    for (let index = 0; index < 1000; index++) interval = look(coin(uniform));
    expect(interval.upper - interval.lower).toBeLessThan(width);
    // The interval for a single look is 0.042 wide.
    expect(interval.upper - interval.lower).toBeGreaterThan(0.042);
  });
});

describe('the edges', () => {
  it('say nothing before the first draw', () => {
    expect(binomialMixtureInterval(0, 0, alpha)).toEqual(everything);
    expect(new BettingSequence(alpha).interval()).toEqual(everything);
    expect(mixtureHalfWidth(fewestDraws - 1, 1, alpha)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are not closed by draws that do not vary', () => {
    expect(mixtureHalfWidth(1e6, 0, alpha)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([0, 1])('hold when every draw is %d', (draw) => {
    const { lower, upper } = binomialMixtureInterval(100 * draw, 100, alpha);
    expect(draw === 0 ? lower : upper).toBe(draw);
    // (1 − p)^100 = alpha/101 at the other end.
    const far = 1 - (alpha / 101) ** 0.01;
    expect(draw === 0 ? upper : 1 - lower).toBeCloseTo(far, 9);
    const sequence = new BettingSequence(alpha);
    for (let index = 0; index < 100; index++) sequence.add(draw);
    const bet = sequence.interval();
    expect(draw === 0 ? bet.lower : bet.upper).toBe(draw);
    expect(draw === 0 ? bet.upper : 1 - bet.lower).toBeLessThan(0.15);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuse a draw of %d', (draw) => {
    expect(() => new BettingSequence(alpha).add(draw)).toThrow(RangeError);
  });
});
