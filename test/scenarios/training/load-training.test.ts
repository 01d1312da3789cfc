import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listScenarios } from '../../../src/scenarios/find-scenario.ts';
import { loadAnyScenario } from '../../../src/scenarios/load-scenario.ts';
import type { Overrides } from '../../../src/scenarios/overrides.ts';
import type { TrainingScenario } from '../../../src/scenarios/training/training-scenario.ts';
import { trainingJsonSchema } from '../../../src/scenarios/training/training-schema.ts';
import { temporaryFolder } from '../../cli/command.ts';

const minimal = 'kind: train\nname: t\n';
const fixture = fileURLToPath(new URL('../../fixtures/trainer/exp1.json', import.meta.url));

async function load(text: string, overrides: Overrides = {}): Promise<TrainingScenario> {
  const file = join(temporaryFolder(), 's.yaml');
  writeFileSync(file, text);
  const scenario = await loadAnyScenario(file, overrides);
  if (scenario.kind !== 'train') throw new Error(scenario.kind);
  return scenario;
}

async function refusalOf(text: string, overrides: Overrides = {}): Promise<string> {
  const error = await load(text, overrides).catch((thrown: unknown) => thrown);
  if (error instanceof Error && error.name === 'ScenarioError') return error.message.replace(/^.*s\.yaml/, 's.yaml');
  throw new Error(`not refused: ${error}`);
}

it('fills in the defaults: experiment 1 of the article, at rate 1', async () => {
  const [{ training, seed, replicates }] = (await load(minimal)).cells;
  expect([seed, replicates]).toEqual([1, 1]);
  expect(training).toMatchObject({
    data: { from: 'toy' },
    dimension: 2,
    tower: { kind: 'embedding' },
    loss: { name: 'info-nce-cosine', temperature: 1 },
    optimisers: { user: { method: 'sgd', learningRate: 1, momentum: 0, schedule: { shape: 'constant' } } },
    batches: { sampler: 'full' },
    epochs: 100,
    untilMeanCosine: null,
  });
});

it('gives each tower its own rate where it has one, and sweeps it', async () => {
  const { cells } = await load(
    `${minimal}learningRate: 3\nitem: {method: sgd, learningRate: 7}\nsweep: {item.learningRate: [1, 2]}\n`,
  );
  const rates = cells.map(({ training: { optimisers } }) => [
    optimisers.user.learningRate,
    optimisers.item.learningRate,
  ]);
  expect(rates).toEqual([
    [3, 1],
    [3, 2],
  ]);
});

it('expects of a cell what its conditions say', async () => {
  const expectation = 'expect:\n  - {where: learningRate > 1, item.popularityBias: true}\n  - {steps: 5}\n';
  const { cells } = await load(`${minimal}sweep: {learningRate: [1, 2]}\n${expectation}`);
  expect(cells.map(({ expect: of }) => of)).toEqual([
    [{ quantity: 'steps', is: { atLeast: 5, atMost: 5 } }],
    [
      { quantity: 'item.popularityBias', is: true },
      { quantity: 'steps', is: { atLeast: 5, atMost: 5 } },
    ],
  ]);
});

it('reads a table, and knows it by its bytes', async () => {
  const file = join(temporaryFolder(), 'pairs.csv');
  writeFileSync(file, 'user,item\na,x\na,y\nb,x\n');
  const { tables, cells, identity, notices } = await load(`${minimal}data: {from: table, file: ${file}}\n`);
  const [[sha256, table]] = tables;
  expect(table).toEqual({
    users: ['a', 'b'],
    items: ['x', 'y'],
    pairs: [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
  });
  expect(cells[0].training.data).toEqual({ from: 'table', sha256 });
  expect(JSON.stringify(identity)).not.toContain('pairs.csv');
  expect(notices[0]).toContain('2 users, 2 items, 3 interactions');
});

describe('refuses, with the place, what was expected and what came:', () => {
  it.each([
    ['an unknown tower', 'tower: {kind: bret}\n', 's.yaml:3:15 tower.kind — expected one of embedding'],
    [
      'heads that do not divide',
      'tower: {kind: bert, width: 8, heads: 3}\n',
      's.yaml:3:38 tower.heads — expected a divisor of the width 8, got 3',
    ],
    ['a negative rate', 'learningRate: -1\n', 's.yaml:3:15 learningRate — expected a number from 0 to 1e300, got -1'],
    [
      'more pairs than there are',
      'data: {from: generator, users: 2, items: 2, interactions: 5}\n',
      's.yaml:3:59 data.interactions — expected at most 4 different pairs, got 5',
    ],
    ['a table that is not there', 'data: {from: table, file: none.csv}\n', 's.yaml:3:27 data.file — expected a file'],
    [
      'a wrong expectation',
      'expect: {item.tangent: yes}\n',
      's.yaml:3:24 expect.item.tangent — expected true or false, got "yes"',
    ],
    [
      'a condition on what is no number',
      'expect: {where: dimensions > 1}\n',
      's.yaml:3:17 expect.where — expected the path of a number',
    ],
    [
      'parameters of another tower',
      `initialParameters: ${fixture}\ntower: {kind: bert}\n`,
      's.yaml:3:20 initialParameters — expected left.net.tok.weight',
    ],
    [
      'parameters of another size',
      `initialParameters: ${fixture}\ndimension: 3\n`,
      's.yaml:3:20 initialParameters — left.emb.weight — expected 7 × 3 entries, got 14',
    ],
    [
      'a momentum that cycles against a rate that does not',
      'item: {method: sgd, momentum: {low: 0.8, high: 0.9}}\n',
      's.yaml:3:7 item.schedule.shape — expected a cyclic schedule for a momentum that cycles, got constant',
    ],
    [
      'singles for a tower without the fused kernel',
      'precision: single\ntower: {kind: bert}\n',
      's.yaml:3:12 precision — expected double, got single, which needs the fused kernel; it has embedding towers only',
    ],
    [
      'singles for a loss without it',
      'loss: {name: negative-cosine}\nprecision: single\n',
      's.yaml:4:12 precision — expected double, got single, which needs the fused kernel; it has InfoNCE only',
    ],
    [
      'singles for Adam',
      'item: {method: adam}\nprecision: single\n',
      's.yaml:4:12 precision — expected double, got single, which needs the fused kernel; it has SGD without momentum',
    ],
    [
      'a field of the other kind',
      'popularity: {lower: 0.1, upper: 0.2}\n',
      's.yaml:3:1 popularity — expected one of kind, name',
    ],
  ])('%s', async (_, text, message) => {
    expect(await refusalOf(minimal + text)).toContain(message);
  });

  it('the cell, where a swept value is wrong', async () => {
    expect(await refusalOf(`${minimal}sweep: {learningRate: [1, -1]}\n`)).toContain('(in the cell learningRate = -1)');
  });

  it('an option that names no field', async () => {
    expect(await refusalOf(minimal, { set: ['batchSize=3'] })).toContain(
      '--set batchSize — expected the path of a field',
    );
  });
});

it('loads every experiment that ships, each with expectations', async () => {
  const experiments = (await listScenarios()).filter(({ name }) => name.startsWith('experiments/'));
  expect(experiments.length).toBeGreaterThanOrEqual(12);
  for (const { name, file, description } of experiments) {
    const scenario = await loadAnyScenario(file);
    expect(scenario).toMatchObject({ kind: 'train', name: name.replace('experiments/', '') });
    expect([...scenario.cells].some(({ expect: of }) => of.length > 0)).toBe(true);
    expect(description).not.toBe('');
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('# yaml-language-server: $schema=../training-schema.json');
  }
});

it('is the schema that ships beside the scenarios (norm-growth schema training > scenarios/training-schema.json)', () => {
  const shipped = readFileSync(new URL('../../../scenarios/training-schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(trainingJsonSchema())));
});
