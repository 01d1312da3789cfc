import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { streamKey } from '../../src/random/stream-address.ts';
import { coupledFields } from '../../src/scenarios/coupled-fields.ts';
import { sweepSchema, type WrittenSweep } from '../../src/scenarios/schema/sweep.ts';
import { binaryDigits, directionNumbers, mostDimensions } from '../../src/scenarios/sweep/designs/direction-numbers.ts';
import { latinHypercube } from '../../src/scenarios/sweep/designs/latin-hypercube.ts';
import { sobol, sobolDigits } from '../../src/scenarios/sweep/designs/sobol.ts';
import { expandSweep, type Sweep, sweptValues } from '../../src/scenarios/sweep/sweep.ts';
import { load, minimal, refusalOf } from './files.ts';

type Points = readonly (readonly number[])[];

function pointsOf(design: typeof sobol, points: number, axes: number, seed: number): Points {
  const shareAt = design.open({ points, axes, seed });
  return Array.from({ length: points }, (_, cell) => Array.from({ length: axes }, (_, axis) => shareAt(cell, axis)));
}

/** Uniform and independent: the twin that a design must beat. */
function independentPoints(points: number, axes: number, seed: number): Points {
  const uniform = openGenerator('sfc32', streamKey({ seed, group: 'test', purpose: 'claim', block: 0 }))(0);
  return Array.from({ length: points }, () => Array.from({ length: axes }, uniform));
}

/** The squared centred discrepancy CD₂² of Hickernell (1998), Mathematics of Computation 67. */
function discrepancy(points: Points): number {
  const [count, axes] = [points.length, points[0].length];
  const product = (of: (axis: number) => number) =>
    Array.from({ length: axes }, (_, axis) => of(axis)).reduce((all, one) => all * one, 1);
  const away = (value: number) => Math.abs(value - 0.5);
  const single = points.reduce((sum, x) => sum + product((axis) => 1 + away(x[axis]) / 2 - away(x[axis]) ** 2 / 2), 0);
  const double = points.reduce(
    (sum, x) =>
      points.reduce(
        (inner, y) => inner + product((axis) => 1 + (away(x[axis]) + away(y[axis]) - Math.abs(x[axis] - y[axis])) / 2),
        sum,
      ),
    0,
  );
  return (13 / 12) ** axes - (2 / count) * single + double / count ** 2;
}

/** In how many of the equal boxes of a grid there is a number of points other than the share that each should have. */
function unevenBoxes(points: Points, parts: readonly number[]): number {
  const boxes = parts.reduce((all, one) => all * one, 1);
  const counts = new Array<number>(boxes).fill(0);
  for (const point of points) {
    counts[parts.reduce((box, part, axis) => box * part + Math.floor(point[axis] * part), 0)] += 1;
  }
  return counts.filter((count) => count !== points.length / boxes).length;
}

describe('the Sobol sequence, not shifted', () => {
  const point = (index: number, axes: number) =>
    Array.from({ length: axes }, (_, axis) => sobolDigits(directionNumbers(axis), index) / 2 ** binaryDigits);

  // scipy.stats.qmc.Sobol(21, scramble=False) of SciPy 1.17.1, which uses the same table.
  it.each([
    [0, new Array(21).fill(0)],
    [1, new Array(21).fill(0.5)],
    [
      2,
      [
        0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.75, 0.25,
        0.75, 0.25, 0.25,
      ],
    ],
    [
      10,
      [
        0.9375, 0.0625, 0.6875, 0.1875, 0.3125, 0.5625, 0.1875, 0.1875, 0.1875, 0.5625, 0.4375, 0.8125, 0.6875, 0.6875,
        0.0625, 0.6875, 0.0625, 0.5625, 0.1875, 0.0625, 0.4375,
      ],
    ],
    [
      1000,
      [
        0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375, 0.8994140625,
        0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875,
        0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375,
      ],
    ],
  ])('has the point %i that SciPy has', (index, published) => {
    expect(point(index, 21)).toEqual(published);
  });

  it('has the centred discrepancy that SciPy has', () => {
    const first = (count: number) => Array.from({ length: count }, (_, index) => point(index, 5));
    expect(discrepancy(first(64))).toBeCloseTo(0.0031211288638202106, 12);
    expect(discrepancy(first(256))).toBeCloseTo(0.0002597808337478913, 12);
  });
});

describe('a Sobol design', () => {
  const seeds = fc.nat({ max: 1000 });

  it('keeps its points when others are added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 21 }), seeds, (count, axes, seed) => {
        expect(pointsOf(sobol, count + 57, axes, seed).slice(0, count)).toEqual(pointsOf(sobol, count, axes, seed));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('has one of its first 2^k points in each of 2^k parts of every axis, and none on an edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), seeds, (k, seed) => {
        const points = pointsOf(sobol, 2 ** k, mostDimensions, seed);
        for (let axis = 0; axis < mostDimensions; axis++) {
          const shares = points.map((point) => point[axis]);
          expect(
            unevenBoxes(
              points.map((point) => [point[axis]]),
              [2 ** k],
            ),
          ).toBe(0);
          expect(Math.min(...shares)).toBeGreaterThan(0);
          expect(Math.max(...shares)).toBeLessThan(1);
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('has one point in every box of 2^k over its first two axes, which independent points have not', () => {
    for (const parts of [
      [64, 1],
      [16, 4],
      [8, 8],
      [2, 32],
    ]) {
      expect(unevenBoxes(pointsOf(sobol, 64, 2, 3), parts)).toBe(0);
      expect(unevenBoxes(independentPoints(64, 2, 3), parts)).toBeGreaterThan(10);
    }
  });
});

describe('a Latin hypercube', () => {
  it('has each stratum of each axis once, for any number of points, which independent points have not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 }), fc.nat(), (count, axes, seed) => {
        const points = pointsOf(latinHypercube, count, axes, seed);
        for (let axis = 0; axis < axes; axis++) {
          expect(
            unevenBoxes(
              points.map((point) => [point[axis]]),
              [count],
            ),
          ).toBe(0);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(unevenBoxes(independentPoints(64, 1, 1), [64])).toBeGreaterThan(10);
  });

  it('places points within their strata uniformly: their mean and variance there are those of a uniform law', () => {
    const within = pointsOf(latinHypercube, 20_000, 1, 5).map(([share]) => (share * 20_000) % 1);
    const mean = within.reduce((sum, value) => sum + value, 0) / within.length;
    const square = within.reduce((sum, value) => sum + value * value, 0) / within.length;
    // Five standard errors: 1/√12 and √(4/45), over √20,000.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(20_000));
    expect(Math.abs(square - 1 / 3)).toBeLessThan((5 * Math.sqrt(4 / 45)) / Math.sqrt(20_000));
  });

  it('pairs the strata of two axes at random: their correlation is within five standard errors of none', () => {
    const points = pointsOf(latinHypercube, 10_000, 2, 7);
    const covariance = points.reduce((sum, [x, y]) => sum + (x - 0.5) * (y - 0.5), 0) / 10_000;
    expect(Math.abs(covariance * 12)).toBeLessThan(5 / Math.sqrt(10_000));
  });
});

describe.each([
  ['sobol', sobol, 5],
  ['latin-hypercube', latinHypercube, 1.2],
] as const)('%s', (_, design, factor) => {
  it('is spread more evenly than independent points: at the same size in five dimensions, over 20 seeds', () => {
    const mean = (of: (seed: number) => number) =>
      Array.from({ length: 20 }, (_, seed) => of(seed)).reduce((sum, value) => sum + value / 20, 0);
    const spread = mean((seed) => discrepancy(pointsOf(design, 128, 5, seed)));
    const twin = mean((seed) => discrepancy(independentPoints(128, 5, seed)));
    expect(twin / spread).toBeGreaterThan(factor);
  });

  it('has other points for another seed, and the same for the same', () => {
    expect(pointsOf(design, 32, 3, 1)).toEqual(pointsOf(design, 32, 3, 1));
    expect(pointsOf(design, 32, 3, 1)).not.toEqual(pointsOf(design, 32, 3, 2));
  });
});

const design = (text: string) => `${minimal}sweep: ${text}\n`;
const sweptOf = async (text: string, more = '') =>
  [...(await load(design(text) + more)).cells].map(({ swept }) => swept);

describe('a sweep by design', () => {
  const range = 'learningRate: {log: [0.1, 100]}, weightDecay.rate: {linear: [0, 0.001]}';

  it.each(['sobol', 'latin-hypercube'])(
    '%s: has its points within the ranges, in ratios where these are log',
    async (kind) => {
      const cells = await sweptOf(`{combine: ${kind}, points: 64, ${range}}`);
      const shares = cells.map((swept) => [
        Math.log10((swept.learningRate as number) / 0.1) / 3,
        (swept['weightDecay.rate'] as number) / 0.001,
      ]);
      expect(unevenBoxes(shares, [64, 1])).toBe(0);
      expect(unevenBoxes(shares, [1, 64])).toBe(0);
    },
  );

  it.each(['sobol', 'latin-hypercube'])(
    '%s: keeps its cells when the draws are reseeded, not when it is itself',
    async (kind) => {
      const written = (more = '') => `{combine: ${kind}, points: 16, ${more}${range}}`;
      const cells = await sweptOf(written());
      expect(await sweptOf(written(), 'seed: 99')).toEqual(cells);
      expect(await sweptOf(written('designSeed: 1, '))).toEqual(cells);
      expect(await sweptOf(written('designSeed: 2, '))).not.toEqual(cells);
    },
  );

  it('adds cells to a Sobol design and keeps the earlier ones', async () => {
    const few = await sweptOf(`{combine: sobol, points: 10, ${range}}`);
    expect((await sweptOf(`{combine: sobol, points: 30, ${range}}`)).slice(0, 10)).toEqual(few);
  });

  it('cuts a list into equal parts and rounds to integers where the field takes integers', async () => {
    const cells = await sweptOf(
      '{combine: latin-hypercube, points: 30, gain.sharing: [own, shared], steps: {log: [1, 1000]}, tangentSignal: {linear: [1, 2]}}',
      'gain: {model: constant}\n',
    );
    expect(cells.filter((swept) => swept['gain.sharing'] === 'own').length).toBe(15);
    expect(cells.every(({ steps }) => Number.isInteger(steps))).toBe(true);
  });

  it('leaves out the cells that do not meet the conditions', async () => {
    const cells = await sweptOf(
      '{combine: sobol, points: 64, popularity.lower: {log: [0.01, 0.2]}, popularity.upper: {log: [0.01, 0.2]}, where: popularity.lower < popularity.upper}',
    );
    expect(cells.length).toBeGreaterThan(20);
    expect(cells.length).toBeLessThan(44);
    for (const swept of cells) expect(swept['popularity.lower']).toBeLessThan(swept['popularity.upper'] as number);
  });

  it('is the same by options as in the file', async () => {
    const file = await load(design('{combine: sobol, points: 8, designSeed: 3, learningRate: {log: [0.1, 100]}}'));
    const options = await load(minimal, { design: 'sobol:8:3', sweep: ['learningRate=log:0.1:100'] });
    expect([options.cells, options.identity]).toEqual([file.cells, file.identity]);
  });

  it.each(['sobol', 'latin-hypercube', 'crossed'])('%s: gives any of a million cells at once', (combine) => {
    const ranges: Record<string, unknown> =
      combine === 'crossed'
        ? { learningRate: { log: [0.1, 100, 1000] }, tangentSignal: { linear: [1, 2, 1000] } }
        : { points: 1_000_000, learningRate: { log: [0.1, 100] }, tangentSignal: { linear: [1, 2] } };
    const sweep = expandSweep(sweepSchema.parse({ combine, ...ranges }) as WrittenSweep, coupledFields) as Sweep;
    expect(sweep.size).toBe(1_000_000);
    const few = expandSweep(
      sweepSchema.parse({ combine: 'sobol', ...ranges, points: 3 }) as WrittenSweep,
      coupledFields,
    );
    if (combine === 'sobol') expect(sweptValues(few as Sweep, 2)).toEqual(sweptValues(sweep, 2));
    expect(sweptValues(sweep, 999_999)).not.toEqual(sweptValues(sweep, 0));
  });
});

describe('refuses', () => {
  const rate = 'learningRate: {log: [0.1, 100]}';
  it.each([
    [`{combine: sobol, ${rate}}`, '4:18 sweep.combine — expected points (how many cells) beside sobol, got none'],
    [`{combine: sobol, points: 0, ${rate}}`, '4:33 sweep.points — expected an integer from 1 to 1e6, got 0'],
    [
      `{combine: sobl, points: 4, ${rate}}`,
      '4:18 sweep.combine — expected one of crossed, zipped, latin-hypercube, sobol, got "sobl"; did you mean sobol?',
    ],
    [
      '{points: 4, learningRate: [1, 2]}',
      '4:9 sweep.points — expected combine: latin-hypercube or sobol beside it, got crossed',
    ],
    [
      '{combine: zipped, designSeed: 4, learningRate: [1, 2]}',
      '4:26 sweep.designSeed — expected combine: latin-hypercube or sobol beside it, got zipped',
    ],
    ['{combine: sobol, points: 4}', '4:8 sweep — expected a field with a range beside sobol, got none'],
    [
      '{combine: sobol, points: 4, learningRate: {log: [0.1, 100, 7]}}',
      '4:67 sweep.learningRate.log[2] — expected [from, to] (sweep.points says how many cells there are), got a third number',
    ],
    [
      '{combine: sobol, points: 4, learningRate: {log: [2, 2]}}',
      '4:56 sweep.learningRate.log — expected two different ends, got 2 twice',
    ],
    [
      '{combine: sobol, points: 4, learningRate: {log: [0, 2]}}',
      '4:56 sweep.learningRate.log — expected ends above 0, got 0 and 2',
    ],
    [
      '{combine: sobol, points: 4, coupling: {linear: [0, 2]}}',
      '4:46 sweep.coupling — expected a list of values (the field is no number), got {linear}',
    ],
    [
      `{combine: sobol, points: 4, steps: [3, 3], ${rate}}`,
      '4:43 sweep.steps — expected different values, got 3 twice',
    ],
    [
      '{combine: latin-hypercube, points: 9, steps: {linear: [1, 5]}}',
      /^s\.yaml:4:8 sweep — expected different cells, got steps = \d twice after rounding; fewer points, or a range/,
    ],
    [
      '{combine: sobol, points: 4, learningRate: {linear: [-1, -2]}}',
      /^s\.yaml:4:50 learningRate — expected a number from 0 to 1e15, got -1\.\d+$/,
    ],
    [
      '{combine: sobol, points: 4, learningRate: {linear: [1, 2]}, tangentSignal: {linear: [1, -1]}}',
      /^s\.yaml:4:8\d tangentSignal — expected a number from 0 to 1e15, got -0\.\d+ \(in the cell learningRate = 1\.\d+, tangentSignal = -0\.\d+\)$/,
    ],
  ])('%s', async (text, message) => {
    const refusal = await refusalOf(design(text));
    if (typeof message === 'string') expect(refusal).toBe(`s.yaml:${message}`);
    else expect(refusal).toMatch(message);
  });

  it.each([
    [
      { design: 'sobol' },
      '--design — expected sobol:64, latin-hypercube:64, or with the seed of the design sobol:64:1, got sobol',
    ],
    [{ design: 'sobol:x', sweep: ['steps=log:1:100'] }, '--design — expected an integer from 1 to 1e6, got "x"'],
    [{ design: 'grid:8' }, '--design — expected one of latin-hypercube, sobol, got "grid"'],
    [
      { design: 'sobol:8', sweep: ['steps=log:1:100:5'] },
      '--sweep steps — expected log:from:to, linear:from:to or values such as 1,2,5, got log:1:100:5',
    ],
  ])('%j', async (overrides, message) => {
    expect(await refusalOf(minimal, overrides)).toBe(message);
  });
});
