import { describe, expect, it } from 'vitest';
import { predict } from '../../src/api/predict.ts';
import type { PredictInput } from '../../src/api/prediction-input.ts';
import type { RunOptions } from '../../src/api/run-options.ts';
import { type TrainedCell, train } from '../../src/api/train.ts';
import { command, temporaryFolder } from '../cli/command.ts';

const scenario = {
  data: { from: 'generator', users: 40, items: 10, interactions: 200, zipfExponent: 1, factors: 2 },
  dimension: 4,
  epochs: 2,
  replicates: 2,
  sweep: { learningRate: [1, 10] },
} as const;

async function trained(workers: number): Promise<TrainedCell[]> {
  const cells: TrainedCell[] = [];
  for await (const cell of train(scenario, { workers })) cells.push(cell);
  return cells.toSorted((a, b) => a.index - b.index);
}

describe('train', () => {
  it('tells every cell with its trainings: the numbers of the command, on any number of workers', async () => {
    const cells = await trained(0);
    expect(cells.map(({ index, swept, trainings }) => [index, swept, trainings.length])).toEqual([
      [0, { learningRate: 1 }, 2],
      [1, { learningRate: 10 }, 2],
    ]);
    expect(await trained(2)).toEqual(cells);
    const words = ['run', JSON.stringify({ kind: 'train', name: 'train', ...scenario }), '--format', 'json', '--quiet'];
    const { stdout } = await command(words, temporaryFolder());
    expect(JSON.parse(JSON.stringify(cells))).toEqual(JSON.parse(stdout).cells);
  });

  it('refuses a scenario of another kind', async () => {
    await expect(train('toy-steps').next()).rejects.toThrow('kind — expected train, got coupled');
  });

  it('names itself where an option is wrong, and the field where a value is', async () => {
    const refusal = train(scenario, { out: 'results' } as RunOptions).next();
    await expect(refusal).rejects.toThrow(
      'train: expected one of workers, chunkTimeoutMs, kernel, signal, onProgress, got an unknown out; leave it out',
    );
    const data = { ...scenario.data, zipfExponent: Number.NaN };
    await expect(train({ ...scenario, data }).next()).rejects.toThrow(
      'inline scenario data.zipfExponent — expected a finite number, got NaN',
    );
  });
});

describe('predict', () => {
  const zipf = { exponent: 1, items: 100, interactions: 10_000 };

  it('has the numbers of the command', async () => {
    const prediction = await predict({ zipf, learningRate: [10, 100], dimension: 16, topK: 5 });
    const words =
      'predict --popularity zipf:1:100 --interactions 10000 --learning-rate 10,100 --dimension 16 --top-k 5';
    const { stdout } = await command([...words.split(' '), '--format', 'json'], temporaryFolder());
    expect(JSON.parse(stdout)).toMatchObject(JSON.parse(JSON.stringify(prediction)));
  });

  it.each<[string, Record<string, unknown>]>([
    ['learningRate to be a number from 1e-15 to 1e15, got 0', { learningRate: 0 }],
    ['learningRate[1] to be a number from 1e-15 to 1e15, got NaN', { learningRate: [1, Number.NaN] }],
    ['learningRate to be numbers, got an empty list', { learningRate: [] }],
    ['batchSize to be a whole number from 2 to 1e9, got 1', { batchSize: 1 }],
    ['topK to be less than half of the 100 items, got 50', { topK: 50 }],
    ['momentum to be a number from 0 to below 1, got 1', { momentum: 1 }],
    [
      'weightDecay.applies to be dense beside momentum',
      { momentum: 0.9, weightDecay: { rate: 1e-6, applies: 'lazy' } },
    ],
    ['weightDecay.applies to be dense or lazy, got "both"', { weightDecay: { rate: 1, applies: 'both' } }],
    ['weightDecay.rate to be below 0.02, got 1', { weightDecay: { rate: 1, applies: 'dense' } }],
    ['initial.radius to be a number from 1e-15 to 1e15, got NaN', { initial: { radius: Number.NaN } }],
    ['zipf.items to be a whole number from 4 to 1e7, got 1.5', { zipf: { ...zipf, items: 1.5 } }],
    ['popularity[2] to be a number from 0 to 1e15, got Infinity', { zipf: undefined, popularity: [1, 2, 1 / 0, 4] }],
    ['popularity to be counts that add up to 1 or more, got 0', { zipf: undefined, popularity: [0, 0, 0, 0] }],
  ])('refuses what is out of range: %s', async (message, changes) => {
    const refusal = predict({ zipf, learningRate: 100, ...changes } as PredictInput);
    await expect(refusal).rejects.toThrow(`predict: expected ${message}`);
    await expect(refusal).rejects.toThrow(RangeError);
  });

  it.each<[string, unknown]>([
    ['options with popularity, zipf, data, skipBadRows, learningRate', undefined],
    ['input with one of popularity, zipf, data, got none of them; give exactly one', {}],
    ['input with one of popularity, zipf, data, got zipf and data', { zipf, data: 'x.csv', learningRate: 1 }],
    ['learningRate to be a number or a list of numbers, got nothing', { zipf }],
    ['learningRate[0] to be a number from 1e-15 to 1e15, got "1"', { zipf, learningRate: ['1'] }],
    [
      'popularity to be a list of numbers, got an instance of Float64Array; Array.from',
      { popularity: Float64Array.of(1, 2) },
    ],
    [
      'zipf.interactions to be a number from 1 to 1e15, got nothing',
      { zipf: { exponent: 1, items: 9 }, learningRate: 1 },
    ],
    ['zipf to be an object such as {exponent: 1', { zipf: 3, learningRate: 1 }],
    ['initial with one of standardDeviation, radius, got none', { zipf, learningRate: 1, initial: {} }],
    ['one of exponent, items, interactions in zipf, got an unknown item; did you mean items?', { zipf: { item: 3 } }],
    [
      'one of popularity, zipf, data, skipBadRows, learningRate, topK, batchSize, dimension, temperature, initial, ' +
        'epochs, momentum, weightDecay, got an unknown batchsize; did you mean batchSize?',
      { zipf, learningRate: 1, batchsize: 3 },
    ],
  ])('refuses what was not meant so: %s', async (message, input) => {
    const refusal = predict(input as PredictInput);
    await expect(refusal).rejects.toThrow(`predict: expected ${message}`);
    await expect(refusal).rejects.toThrow(TypeError);
  });
});
