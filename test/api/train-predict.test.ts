import { describe, expect, it } from 'vitest';
import { type PredictInput, predict } from '../../src/api/predict.ts';
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

  it.each<[string, Partial<PredictInput>]>([
    ['learningRate — expected numbers above 0, got 0', { learningRate: 0 }],
    ['batchSize — expected a whole number from 2, got 1', { batchSize: 1 }],
    ['topK — expected 1 to less than half of 100 items, got 50', { topK: 50 }],
    ['momentum — expected a number from 0 to below 1, got 1', { momentum: 1 }],
    [
      'weightDecay.applies — expected dense beside momentum',
      { momentum: 0.9, weightDecay: { rate: 1e-6, applies: 'lazy' } },
    ],
    ['weightDecay.rate — expected below 0.02, got 1', { weightDecay: { rate: 1, applies: 'dense' } }],
  ])('refuses: %s', async (message, changes) => {
    await expect(predict({ zipf, learningRate: 100, ...changes } as PredictInput)).rejects.toThrow(message);
  });
});
