import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrixOf } from '../../src/maths/matrix.ts';
import { readParameterFile } from '../../src/scenarios/parameter-file.ts';
import { openNamedModel } from '../../src/trainer/named-model.ts';
import type { ParameterGradient } from '../../src/trainer/parameter.ts';
import { batchGradient } from '../../src/trainer/sgd-step.ts';
import { embeddingTower } from '../../src/trainer/towers/embedding.ts';
import { embeddingLinearTower, frozenLinearTower, oneHotLinearTower } from '../../src/trainer/towers/linear.ts';
import type { Tower } from '../../src/trainer/towers/tower.ts';

type Gradients = Readonly<Record<string, readonly (number | readonly number[])[]>>;

const folder = fileURLToPath(new URL('../fixtures/trainer/', import.meta.url));
/** The BERT-like tower has tests of its own. */
const names = readdirSync(folder).filter((name) => !name.startsWith('exp3'));

/** A gradient with its rows in their places, and zeros elsewhere. */
function spread({ rows, values }: ParameterGradient, size: number): number[] {
  const entries = new Array<number>(size).fill(0);
  values.values.forEach((value, index) => {
    const row = Math.floor(index / values.columns);
    entries[(rows === null ? row : rows[row]) * values.columns + (index % values.columns)] = value;
  });
  return entries;
}

describe.each(names)('%s', (name) => {
  it('has the gradients of the independent implementation at its start', async () => {
    const { model, pairs } = await readParameterFile(`${folder}${name}`);
    const expected: Gradients = JSON.parse(readFileSync(`${folder}${name}`, 'utf8')).step0.grads;
    const towers = openNamedModel(model);
    const batch = { users: pairs.map(([user]) => user), items: pairs.map(([, item]) => item) };
    const ofOutputs = batchGradient(towers, batch);
    const ofParameters = new Map<string, number[]>();
    for (const side of ['user', 'item'] as const) {
      const tower = towers[side];
      const gradients = tower.gradients(batch[`${side}s`], ofOutputs[`${side}s`]);
      tower.parameters.forEach((part, index) => {
        const key = side === 'item' ? 'item.weight' : `left.${part.name}`;
        ofParameters.set(key, spread(gradients[index], part.value.values.length));
      });
    }
    expect([...ofParameters.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [key, entries] of ofParameters) {
      const off = expected[key].flat().map((value, index) => Math.abs(value - entries[index]));
      expect(off).toHaveLength(entries.length);
      // Sums of at most 25 slots of size below 1, in another order: 25 ulp are 6e-15.
      expect(Math.max(...off)).toBeLessThan(6e-15);
    }
  });
});

const eighths = (rows: number, columns: number, shift: number): Matrix =>
  matrixOf(
    rows,
    columns,
    Array.from({ length: rows * columns }, (_, index) => (((index + shift) * 7) % 23) / 8 - 1.25),
  );
const layer = () => ({ features: eighths(3, 4, 1), weight: eighths(2, 4, 2), bias: eighths(1, 2, 3).values });
const towers: readonly (readonly [what: string, open: () => Tower])[] = [
  ['embedding', () => embeddingTower(eighths(3, 2, 0))],
  ['embedding-linear', () => embeddingLinearTower(layer())],
  ['frozen-linear', () => frozenLinearTower(layer())],
  ['one-hot-linear with a bias', () => oneHotLinearTower(eighths(2, 3, 4), layer().bias)],
  ['one-hot-linear without a bias', () => oneHotLinearTower(eighths(2, 3, 4), null)],
];

describe.each(towers)('%s', (_, open) => {
  it('has the gradients that central differences find', () => {
    const tower = open();
    const batch = [0, 2, 0, 1];
    const pull = eighths(batch.length, 2, 5);
    const value = () =>
      tower.outputs(batch).values.reduce((sum, output, index) => sum + output * pull.values[index], 0);
    const gradients = tower.gradients(batch, pull);
    for (const [index, { value: of }] of tower.parameters.entries()) {
      const found = Array.from(of.values, (start, entry) => {
        const [above, below] = [1 / 8, -1 / 8].map((shift) => {
          of.values[entry] = start + shift;
          return value();
        });
        of.values[entry] = start;
        return 4 * (above - below);
      });
      // The outputs are linear in each single entry, and eighths do not round: the difference is the derivative.
      expect(spread(gradients[index], of.values.length)).toEqual(found);
    }
  });
});
