import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planCoupledTrainings, planRecorded } from '../../../src/fidelity/fidelity-cell.ts';
import { canonicalJson } from '../../../src/random/canonical-json.ts';
import { loadAnyScenario } from '../../../src/scenarios/load-scenario.ts';
import { problemOfStored } from '../../../src/scenarios/training/stored-training.ts';
import { planTrainings } from '../../../src/trainer/training-cell.ts';

const shipped = ['experiments', 'fidelity', 'reference'].flatMap((folder) => {
  const url = new URL(`../../../scenarios/${folder}/`, import.meta.url);
  return readdirSync(url).map((file) => new URL(file, url).pathname);
});

/** The cells of a scenario as a run folder keeps them; none of coupled pairs. */
async function storedCellsOf(file: string): Promise<unknown[]> {
  const scenario = await loadAnyScenario(file);
  if (scenario.kind === 'coupled') return [];
  const cells =
    scenario.kind === 'train'
      ? planTrainings(scenario.cells)
      : scenario.study === 'predictors'
        ? planRecorded(scenario.cells, 'auto')
        : planCoupledTrainings(scenario.cells, 'auto');
  return JSON.parse(canonicalJson(cells as never));
}

describe('a stored training', () => {
  it.each(shipped.filter((file) => file.endsWith('.yaml')))('is sound as %s has it', async (file) => {
    for (const cell of await storedCellsOf(file)) expect(problemOfStored(cell)).toBeNull();
  });

  it.each<[string, (training: Record<string, unknown>) => void, RegExp]>([
    ['another version’s', (of) => delete of.optimisers, /^training.user — expected a mapping, got nothing$/],
    [
      'too many users',
      (of) => (of.data = { from: 'generator', users: 1e9, items: 1, interactions: 1 }),
      /^training.data.users — /,
    ],
    ['no number', (of) => (of.dimension = '8'), /^training.dimension — expected an integer .*, got "8"$/],
    ['endless', (of) => (of.epochs = 1e300), /^training.epochs — /],
    ['a word', (of) => (of.tower = 'bert'), /^training.tower — /],
    [
      'what contradicts itself',
      (of) => (of.tower = { ...bert, heads: 3 }),
      /^training.tower.heads — expected a divisor/,
    ],
    [
      'parameters that are none',
      (of) => (of.initialParameters = { 'item.weight': 'x' }),
      /^training.initialParameters/,
    ],
    ['a table without its bytes', (of) => (of.data = { from: 'table' }), /^training.data/],
  ])('is not: %s', async (_, change, problem) => {
    const [cell] = (await storedCellsOf(shipped[0])) as { training: Record<string, unknown> }[];
    change(cell.training);
    expect(problemOfStored(cell)).toMatch(problem);
  });

  it.each([null, 1, [], {}, { training: null }, { coupled: null }, { training: {}, seed: 'x' }])(
    'is not: %j',
    (cell) => {
      expect(problemOfStored(cell)).toMatch(/ — /);
    },
  );
});

const bert = { kind: 'bert', width: 8, layers: 1, feedForward: 4, norm: 'post', activation: 'gelu', pooling: 'mean' };
