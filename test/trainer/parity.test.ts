import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readParameterFile } from '../../src/scenarios/parameter-file.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { compareTraining } from '../../src/trainer/parity.ts';

const folder = fileURLToPath(new URL('../fixtures/trainer/', import.meta.url));
const names = readdirSync(folder);

describe.each(names)('%s', (name) => {
  it('agrees with the independent implementation at its start and at every snapshot that chaos leaves comparable', async () => {
    const rows = [...compareTraining(await readParameterFile(`${folder}${name}`))];
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 10, 50, 100]);
    expect(rows.filter(({ holds }) => !holds)).toEqual([]);
    const compared = rows.filter(({ isComparable }) => isComparable).map(({ step }) => step);
    expect(compared.at(-1)).toBe(name.includes('chaotic') ? 10 : 100);
  });

  it('is told from a rate that is a millionth off', async () => {
    const file = await readParameterFile(`${folder}${name}`);
    const rows = [...compareTraining({ ...file, learningRate: file.learningRate * (1 + 1e-6) })];
    expect(rows.find(({ step }) => step === 1)?.holds).toBe(false);
  });
});

it('has the toy data that the fixtures were made with', async () => {
  const { users, items, pairs } = await readParameterFile(`${folder}exp1.json`);
  expect(toyInteractions).toEqual({ users, items, pairs });
});
