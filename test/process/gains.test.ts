import { describe, expect, it } from 'vitest';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import { inBatchSoftmaxScale } from '../../src/process/gains/in-batch-softmax.ts';
import { gainModel } from '../../src/process/gains/index.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { pairOf } from '../coupling/pairs.ts';
import { shareZ } from '../error-budget.ts';

interface Expectation {
  readonly gain: GainSpecification;
  readonly usesCopies: boolean;
  readonly isDeterministic: boolean;
}

const models: readonly Expectation[] = [
  { gain: { model: 'constant', sharing: 'shared' }, usesCopies: false, isDeterministic: true },
  {
    gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'exponential', factor: 0.5 } },
    usesCopies: false,
    isDeterministic: true,
  },
  { gain: { model: 'trace', sharing: 'shared', values: [1, 2, 3, 4, 5, 6] }, usesCopies: false, isDeterministic: true },
  { gain: { model: 'lognormal', sharing: 'shared', sigma: 0.8, rho: 0.5 }, usesCopies: false, isDeterministic: false },
  { gain: { model: 'pareto', sharing: 'shared', tailIndex: 3 }, usesCopies: false, isDeterministic: false },
  { gain: { model: 'multiplicity', sharing: 'shared', exponent: 0.5 }, usesCopies: true, isDeterministic: false },
  {
    gain: { model: 'in-batch-softmax', sharing: 'shared', temperature: 0.5, dimension: 4 },
    usesCopies: true,
    isDeterministic: false,
  },
];

/** A source of uniforms with a fixed seed. */
const uniforms = () => openGenerator('sfc32', 'a'.repeat(64))(0);

const closed = () => {
  throw new Error('drew a uniform');
};

const gainsOf = (changes: Partial<PairParameters>) => gainModel(pairOf(changes), 'lower').open();

describe.each(models)('the $gain.model gain', ({ gain, usesCopies, isDeterministic }) => {
  const model = gainModel(pairOf({ gain }), 'lower');

  it('says truly whether it uses copies', () => {
    expect(model.usesCopies).toBe(usesCopies);
    const [one, two] = [1, 2].map((copies) => model.open().gain(2, copies, uniforms()));
    expect(one !== two).toBe(usesCopies);
  });

  it('says truly whether it is deterministic', () => {
    expect(model.isDeterministic).toBe(isDeterministic);
    if (isDeterministic) expect(model.open().gain(1, 1, closed)).toBe(model.open().gain(1, 1, closed));
  });

  it('repeats itself at a repeated step, so that both runs share it', () => {
    const path = model.open();
    const uniform = uniforms();
    for (const step of [1, 2, 5]) {
      const first = path.gain(step, 2, uniform);
      expect(path.gain(step, 2, closed)).toBe(first);
    }
  });

  it('starts anew on every path', () => {
    const first = model.open();
    const before = [1, 3, 4].map((step) => first.gain(step, 1, () => 0.3));
    const second = model.open();
    expect([1, 3, 4].map((step) => second.gain(step, 1, () => 0.3))).toEqual(before);
  });

  it('is never negative', () => {
    const uniform = uniforms();
    const path = model.open();
    for (const step of [1, 2, 3, 4, 5, 6]) expect(path.gain(step, 1, uniform)).toBeGreaterThanOrEqual(0);
  });
});

describe('known gains', () => {
  const setting = { learningRate: 0.5, tangentSignal: 4, steps: 3 };

  it('are c = (η‖Pu‖)² when constant', () => {
    expect(gainsOf(setting).gain(2, 1, closed)).toBe(4);
  });

  it('are c times the squared factor under a schedule', () => {
    const gain = { model: 'schedule', sharing: 'shared', schedule: { shape: 'exponential', factor: 0.5 } } as const;
    const path = gainsOf({ ...setting, gain });
    expect([1, 2, 3].map((step) => path.gain(step, 1, closed))).toEqual([4, 1, 0.25]);
  });

  it('are c times the trace, with the upper values only for an own upper run', () => {
    const values = { values: [1, 2, 3], upperValues: [4, 5, 6] };
    const secondOf = (sharing: 'shared' | 'own', run: 'lower' | 'upper') => {
      return gainModel(pairOf({ ...setting, gain: { model: 'trace', sharing, ...values } }), run)
        .open()
        .gain(2, 1, closed);
    };
    expect([secondOf('shared', 'upper'), secondOf('own', 'lower'), secondOf('own', 'upper')]).toEqual([8, 8, 20]);
  });

  it('are refused when the trace is shorter than the training', () => {
    const gain = { model: 'trace', sharing: 'shared', values: [1, 2] } as const;
    expect(() => gainsOf({ ...setting, gain })).toThrow('traceGain: a training of 3 steps needs as many values, got 2');
  });

  it('are c₁K^γ with multiplicity', () => {
    const path = gainsOf({
      ...setting,
      batchSize: 9,
      gain: { model: 'multiplicity', sharing: 'shared', exponent: 0.5 },
    });
    expect([1, 4, 9].map((copies) => path.gain(1, copies, closed))).toEqual([4, 8, 12]);
  });

  it('are c₁K(1 − K/B) in the softmax, 0 for a batch of nothing else', () => {
    const softmax = { temperature: 0.5, dimension: 4 };
    // (η/(Bτ))²(1 − 1/d) = (0.5/(8·0.5))²·¾
    expect(inBatchSoftmaxScale(0.5, 8, softmax)).toBe(0.75 / 64);
    const path = gainsOf({
      ...setting,
      batchSize: 8,
      gain: { model: 'in-batch-softmax', sharing: 'shared', ...softmax },
    });
    const gains = [1, 4, 8].map((copies) => path.gain(1, copies, closed));
    expect(gains).toEqual([(0.75 / 64) * (7 / 8), (0.75 / 64) * 2, 0]);
  });

  it('are equal at both steps of a log-normal path with ρ = 1, and at σ = 0 constant', () => {
    const uniform = uniforms();
    const frozen = gainsOf({ gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 1 } });
    expect(frozen.gain(1, 1, uniform)).toBe(frozen.gain(6, 1, uniform));
    expect(
      gainsOf({ ...setting, gain: { model: 'lognormal', sharing: 'own', sigma: 0, rho: 0 } }).gain(1, 1, uniform),
    ).toBe(4);
  });
});

/** z-score of a sample's mean against an expected mean; the sample's own standard error. */
function zOfMean(sample: readonly number[], expected: number): number {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const variance = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sample.length - 1);
  return (mean - expected) / Math.sqrt(variance / sample.length);
}

/** log c of two appearances a number of steps apart, standardised to x, over many paths. */
function lognormalPairs(sigma: number, rho: number, gap: number, paths: number): [number, number][] {
  const model = gainModel(pairOf({ gain: { model: 'lognormal', sharing: 'shared', sigma, rho } }), 'lower');
  const uniform = uniforms();
  const x = (gain: number) => (Math.log(gain) + (sigma * sigma) / 2) / sigma;
  return Array.from({ length: paths }, () => {
    const path = model.open();
    return [x(path.gain(3, 1, uniform)), x(path.gain(3 + gap, 1, uniform))];
  });
}

// 100,000 paths: an error of 3 % in a mean, a variance or a correlation is past every threshold below.
describe('the log-normal gain', () => {
  const paths = 100_000;

  it.each([1, 4])('has unit variance at both appearances and correlation ρ^%d between them', (gap) => {
    const pairs = lognormalPairs(0.8, 0.7, gap, paths);
    for (const moment of [
      zOfMean(
        pairs.map(([x]) => x * x),
        1,
      ),
      zOfMean(
        pairs.map(([, y]) => y * y),
        1,
      ),
    ]) {
      expect(Math.abs(moment)).toBeLessThan(shareZ);
    }
    expect(
      Math.abs(
        zOfMean(
          pairs.map(([, y]) => y),
          0,
        ),
      ),
    ).toBeLessThan(shareZ);
    expect(
      Math.abs(
        zOfMean(
          pairs.map(([x, y]) => x * y),
          0.7 ** gap,
        ),
      ),
    ).toBeLessThan(shareZ);
  });

  it('has the mean gain c, and not the median', () => {
    const gains = lognormalPairs(0.8, 0.7, 2, paths).map(([, y]) => Math.exp(0.8 * y - 0.32));
    expect(Math.abs(zOfMean(gains, 1))).toBeLessThan(shareZ);
    expect(Math.abs(zOfMean(gains, Math.exp(-0.32)))).toBeGreaterThan(shareZ);
  });

  it('would be told from ρ of the wrong gap', () => {
    const products = lognormalPairs(0.8, 0.7, 4, paths).map(([x, y]) => x * y);
    expect(Math.abs(zOfMean(products, 0.7 ** 3))).toBeGreaterThan(shareZ);
  });
});

describe('the Pareto gain', () => {
  const path = gainsOf({ learningRate: 3, gain: { model: 'pareto', sharing: 'shared', tailIndex: 1.5 } });

  it('inverts its survival function: P(c > x) = (least/x)^α', () => {
    // least = c(α − 1)/α = 3
    [0, 0.5, 0.9, 0.999].forEach((u, index) => {
      const gain = path.gain(index + 1, 1, () => u);
      expect((3 / gain) ** 1.5).toBeCloseTo(1 - u, 14);
    });
  });

  it('has the mean gain c', () => {
    // Midpoints of 10⁶ equal slices of probability, α = 3: a deterministic integral of the quantile function.
    const model = gainsOf({ learningRate: 2, gain: { model: 'pareto', sharing: 'shared', tailIndex: 3 } });
    const slices = 1e6;
    let sum = 0;
    for (let slice = 0; slice < slices; slice++) sum += model.gain(slice + 1, 1, () => (slice + 0.5) / slices);
    expect(sum / slices).toBeCloseTo(4, 3);
  });
});
