import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coupledFields } from '../../src/scenarios/coupled-fields.ts';
import { expandAxis } from '../../src/scenarios/sweep/axis.ts';
import { load, minimal, refusalOf } from './files.ts';

const sweep = (text: string) => `${minimal}sweep: ${text}`;
const sweptOf = async (text: string) => [...(await load(sweep(text))).cells].map(({ swept }) => Object.values(swept));

describe('a grid', () => {
  const valuesOf = (written: Parameters<typeof expandAxis>[1]) =>
    expandAxis('learningRate', written, coupledFields).values as number[];

  it('passes through the decimal numbers a reader expects', () => {
    expect(valuesOf({ log: [0.1, 100, 4] })).toEqual([0.1, 1, 10, 100]);
    expect(valuesOf({ log: [1e-6, 1e6, 13] })).toEqual(Array.from({ length: 13 }, (_, i) => Number(`1e${i - 6}`)));
    expect(valuesOf({ linear: [0, 1, 11] })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(valuesOf({ linear: [0.3, 0.1, 3] })).toEqual([0.3, 0.2, 0.1]);
  });

  it('rounds to integers where the field takes integers', () => {
    expect(expandAxis('steps', { log: [1, 1000, 7] }, coupledFields).values).toEqual([1, 3, 10, 32, 100, 316, 1000]);
  });

  const count = fc.integer({ min: 2, max: 300 });
  const positive = fc.double({ min: 1e-30, max: 1e30, noNaN: true });
  const ends = {
    log: positive,
    linear: fc.oneof(
      positive,
      positive.map((end) => -end),
    ),
  };
  const isWide = (from: number, to: number) => Math.abs(to - from) > 1e-6 * Math.max(Math.abs(from), Math.abs(to));
  const grid = (kind: 'log' | 'linear', from: number, to: number, length: number) =>
    valuesOf(kind === 'log' ? { log: [from, to, length] } : { linear: [from, to, length] });

  it.each(['log', 'linear'] as const)('%s: has exact ends, as many values as asked for, in order', (kind) => {
    fc.assert(
      fc.property(ends[kind], ends[kind], count, (from, to, length) => {
        fc.pre(isWide(from, to));
        const values = grid(kind, from, to, length);
        expect([values.length, values[0], values[length - 1]]).toEqual([length, from, to]);
        expect(values).toEqual(values.toSorted((a, b) => (from <= to ? a - b : b - a)));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each(['log', 'linear'] as const)('%s: each value is what its index says, to 12 digits', (kind) => {
    fc.assert(
      fc.property(positive, positive, count, fc.nat(), (from, to, length, at) => {
        const index = at % length;
        const value = grid(kind, from, to, length)[index];
        const share = index / (length - 1);
        const [expected, scale] =
          kind === 'linear' ? [from + share * (to - from), Math.max(from, to)] : [from * (to / from) ** share, value];
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * scale);
      }),
      { seed: 1 },
    );
  });
});

describe('cells', () => {
  it('are crossed, the first-written path varying slowest', async () => {
    expect(await sweptOf('{steps: [1, 2], learningRate: [3, 4, 5]}')).toEqual([
      [1, 3],
      [1, 4],
      [1, 5],
      [2, 3],
      [2, 4],
      [2, 5],
    ]);
  });

  it('are zipped when asked', async () => {
    expect(await sweptOf('{steps: [1, 2], combine: zipped, learningRate: [3, 4]}')).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('meet every condition, on swept and unswept numbers and on defaults', async () => {
    const where = '[popularity.lower < popularity.upper, learningRate <= 2 * tangentSignal]';
    const cells = await sweptOf(`{popularity.lower: [0.1, 0.2, 0.3], learningRate: [1, 2, 3], where: ${where}}`);
    expect(cells).toEqual([
      [0.1, 1],
      [0.1, 2],
    ]);
  });

  it('hold the swept values in their pairs, whatever the depth and the kind of the field', async () => {
    const { cells } = await load(
      `kind: coupled\nname: x\nsweep:\n  popularity.lower: [0, 1]\n  popularity.upper: [1]\n  gain.model: [constant]\n` +
        `  momentum.beta: [0.5]\n  coupling: [steps]\n  initialSquaredNorm: [3]\n  trajectory.points: [1]\n  seed: [9]\n`,
    );
    expect([...cells].map(({ pair }) => pair.popularity)).toEqual([
      { lower: 0, upper: 1 },
      { lower: 1, upper: 1 },
    ]);
    const [{ pair, coupling, recordedSteps, seed }] = cells;
    expect([pair.gain.model, pair.momentum, pair.initialSquaredNorm]).toEqual([
      'constant',
      { beta: 0.5, dimension: 16 },
      3,
    ]);
    expect([coupling, recordedSteps, seed]).toEqual(['steps', [1000], 9]);
  });

  it('equal the cells of one scenario each, for any sweep', async () => {
    const base = `${minimal}gain: {model: constant}\n`;
    const values = (least: number, most: number) =>
      fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 });
    const axes = fc.record(
      {
        steps: values(1, 50),
        learningRate: values(0, 9),
        'gain.sharing': fc.constant(['own', 'shared']),
        'weightDecay.applies': fc.constant(['lazy', 'dense']),
        'trajectory.points': values(0, 5),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(axes, async (written) => {
        const { cells } = await load(`${base}sweep: ${JSON.stringify(written)}`);
        expect(cells.length).toBe(Object.values(written).reduce((size, list) => size * list.length, 1));
        for (const cell of [...cells].slice(0, 4)) {
          const set = Object.entries(cell.swept).map(([path, value]) => `${path}=${value}`);
          const [alone] = (await load(base, { set })).cells;
          expect({ ...alone, swept: cell.swept }).toEqual(cell);
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('are expanded by the hundred thousand', async () => {
    expect(
      (await load(sweep('{learningRate: {linear: [0, 1, 1000]}, tangentSignal: {log: [1, 2, 100]}}'))).cells.length,
    ).toBe(100_000);
  });
});

describe('refuses', () => {
  it.each([
    ['[1]', '4:8 sweep — expected a mapping from dotted paths to values, got a list of 1'],
    [
      '{stepz: [1]}',
      '4:9 sweep.stepz — expected the path of a field that can be swept, got "stepz"; did you mean steps?',
    ],
    ['{description: [a]}', '4:9 sweep.description — expected the path of a field that can be swept, got "description"'],
    ['{gain.file: [a, b]}', '4:9 sweep.gain.file — expected the path of a field that can be swept, got "gain.file"'],
    ['{steps: []}', '4:16 sweep.steps — expected at least one value, got a list of 0'],
    [
      '{steps: 3}',
      '4:16 sweep.steps — expected a list of values, {linear: [from, to, n]} or {log: [from, to, n]}, got 3',
    ],
    ['{steps: [[1]]}', '4:17 sweep.steps[0] — expected a number, a word, true or false, got a list of 1'],
    ['{steps: {linear: [1, 2]}}', '4:25 sweep.steps.linear — expected [from, to, number of values], got a list of 2'],
    ['{steps: {linear: [1, 2, 0]}}', '4:32 sweep.steps.linear[2] — expected an integer from 2 to 1e6, got 0'],
    ['{steps: {linear: [1, .inf, 3]}}', '4:29 sweep.steps.linear[1] — expected a finite number, got Infinity'],
    ['{steps: {log: [-1, 2, 3]}}', '4:22 sweep.steps.log — expected ends above 0, got -1 and 2'],
    [
      '{coupling: {log: [1, 2, 3]}}',
      '4:19 sweep.coupling — expected a list of values (the field is no number), got {log}',
    ],
    ['{steps: [1, 2, 1]}', '4:16 sweep.steps — expected different values, got 1 twice'],
    ['{learningRate: {linear: [1, 1, 2]}}', '4:23 sweep.learningRate — expected different values, got 1 twice'],
    [
      '{steps: [1, 1, 1], seed: [1, 2, 1], combine: zipped}',
      '4:8 sweep — expected different cells, got steps = 1, seed = 1 twice',
    ],
    [
      '{steps: [1, 2], seed: [1], combine: zipped}',
      '4:44 sweep.combine — expected zipped fields to have equally many values, steps has 2, seed has 1',
    ],
    [
      '{steps: {linear: [1, 1e6, 1e6]}, learningRate: {linear: [0, 1, 1e3]}}',
      '4:8 sweep — expected at most 1e6 cells, got 1e9',
    ],
    ['{steps: [1, 2], where: steps > 3}', '4:31 sweep.where — expected some of the 2 cells, got none'],
    [
      '{steps: [1, 2], where: [steps > 0, gain.sigma > 0]}',
      '4:43 sweep.where[1] — expected the path of a value of this scenario, got gain.sigma',
    ],
    [
      '{steps: [1], where: [steps > 0, steps]}',
      '4:40 sweep.where[1] — expected one of < <= > >= == !=, got nothing at character 6',
    ],
    ['{steps: [5, -1]}', '4:20 steps — expected an integer from 0 to 1e9, got -1'],
    ['{steps: [-1, 5]}', '4:17 steps — expected an integer from 0 to 1e9, got -1'],
    [
      '{steps: [5], learningRate: [1, fast]}',
      '4:39 learningRate — expected a number from 0 to 1e15, got "fast" (in the cell steps = 5, learningRate = "fast")',
    ],
    [
      '{gain.model: [constant], gain.sigma: [1, 2]}',
      '4:45 gain.sigma — expected one of model, sharing, got an unknown key',
    ],
    [
      '{popularity.lower: [0.1, 0.3]}',
      '4:33 popularity.lower — expected at most popularity.upper (0.2), got 0.3; ' +
        '`where: popularity.lower <= popularity.upper` leaves such cells out',
    ],
    [
      '{popularity.upper: [0.3, 0.05]}',
      '3:21 popularity.lower — expected at most popularity.upper (0.05), got 0.1; ' +
        '`where: popularity.lower <= popularity.upper` leaves such cells out (in the cell popularity.upper = 0.05)',
    ],
  ])('%s', async (text, message) => {
    expect(await refusalOf(sweep(text))).toBe(`s.yaml:${message}`);
  });
});
