import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findScenario, listScenarios } from '../../src/scenarios/find-scenario.ts';
import { loadAnyScenario, loadScenario } from '../../src/scenarios/load-scenario.ts';
import { messageOf, minimal, written } from './files.ts';

const shipped = await listScenarios();
const outside = shipped.map(({ name }) => name).filter((name) => !name.includes('/'));

describe.each(shipped)('the shipped scenario $name', ({ name, file, description }) => {
  it('loads, under the name of its file, with a description', async () => {
    const scenario = await loadAnyScenario(file);
    expect([scenario.name, scenario.description]).toEqual([basename(name), description]);
    expect(description).not.toBe('');
    expect([...scenario.cells].every(({ replicates }) => replicates <= 100_000)).toBe(true);
  });

  it('names its schema for editors', async () => {
    const schema = { coupled: './schema', train: '../training-schema', fidelity: '../fidelity-schema' };
    const { kind } = await loadAnyScenario(file);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema[kind]}.json`);
  });

  it('is found by name', async () => {
    expect(await findScenario(name)).toBe(file);
  });
});

it('lists what was promised', () => {
  expect(shipped.map(({ name }) => name).filter((name) => !name.startsWith('experiments/'))).toEqual([
    'counterexample',
    'coupled-pair',
    'cyclic-rate',
    'eta-p-sweep',
    'iid-gains',
    'in-batch-softmax',
    'momentum',
    'own-gains',
    'popularity-from-data',
    'sobol-design',
    'toy-steps',
    'warm-up',
    'weight-decay-dense',
    'weight-decay-lazy',
    'fidelity/coupled-trainings',
    'fidelity/cyclic-momentum-trap',
    'fidelity/float32-floor',
    'fidelity/in-batch-softmax-law',
    'fidelity/real-sgd-vs-process',
    'reference/dot-products',
    'reference/rates',
    'reference/scale',
  ]);
});

it('takes the popularities of the toy purchases from their 25 pairs', async () => {
  const [cell] = (await loadScenario(await findScenario('popularity-from-data'))).cells;
  expect(cell.pair.popularity).toEqual({ lower: 1 / 25, upper: 2 / 25 });
  expect(cell.items).toMatchObject({
    skippedRows: 0,
    lower: { label: '4i1', interactions: 1 },
    upper: { label: '6i3', interactions: 2 },
  });
});

it('sweeps the grid of learning rates and popularities above the diagonal', async () => {
  const { cells } = await loadScenario(await findScenario('eta-p-sweep'));
  expect(cells.length).toBe(4 * 6);
  expect([...new Set(cells.map(({ pair }) => pair.learningRate))]).toEqual([0.01, 0.1, 1, 10]);
  expect([...cells].every(({ pair }) => pair.popularity.lower < pair.popularity.upper)).toBe(true);
});

it('finds any other file by its path', async () => {
  const path = written('mine.yaml', minimal);
  expect(await findScenario(path)).toBe(path);
  expect(await findScenario(relative('', path))).toBe(relative('', path));
});

it.each([
  [
    'copled-pair',
    'copled-pair — expected a scenario file or the name of a shipped scenario, got no such file; did you mean coupled-pair?',
  ],
  [
    'scenarios/warmup.yaml',
    'scenarios/warmup.yaml — expected a scenario file or the name of a shipped scenario, got no such file; did you mean warm-up?',
  ],
  ['\u001b[31m', '\\u{1b}[31m — expected a scenario file or the name of a shipped scenario, got no such file'],
])('refuses %j, and lists the names', async (name, message) => {
  const lines = (await messageOf(findScenario(name))).split('\n');
  expect(lines).toEqual([
    message,
    `shipped are ${outside.join(', ')}, and the folders experiments, fidelity and reference`,
  ]);
});
