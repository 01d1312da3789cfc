import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadAnyScenario } from '../../src/scenarios/load-scenario.ts';
import { readParameterFile } from '../../src/scenarios/parameter-file.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { compareTraining } from '../../src/trainer/parity.ts';
import { train } from '../../src/trainer/train.ts';
import { temporaryFolder } from '../cli/command.ts';
import { streamsOf } from './training.ts';

const folder = fileURLToPath(new URL('../fixtures/trainer/', import.meta.url));
const names = readdirSync(folder);
const towers = fileURLToPath(new URL('../fixtures/towers/', import.meta.url));

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

/** Towers that the fixtures above do not have, trained by PyTorch: make.py in their folder. */
describe.each(readdirSync(towers).filter((name) => name.endsWith('.json')))('%s', (name) => {
  it('agrees with PyTorch at its start and at every snapshot, what is frozen at rest', async () => {
    const file = await readParameterFile(`${towers}${name}`);
    const frozen = [...file.model.parameters].filter(([, { isTrainable }]) => !isTrainable);
    const before = frozen.map(([, { value }]) => [...value.values]);
    const rows = [...compareTraining(file)];
    expect(rows.map(({ step, isComparable, holds }) => [step, isComparable, holds])).toEqual(
      [0, 1, 2, 10, 50].map((step) => [step, true, true]),
    );
    expect(frozen.map(([, { value }]) => [...value.values])).toEqual(before);
    expect(frozen.length > 0).toBe(name.includes('frozen'));
  });

  it('is told from a rate that is a millionth off', async () => {
    const file = await readParameterFile(`${towers}${name}`);
    const rows = [...compareTraining({ ...file, learningRate: file.learningRate * (1 + 1e-6) })];
    expect(rows.find(({ step }) => step === 1)?.holds).toBe(false);
  });
});

it('has the toy data that the fixtures were made with', async () => {
  const { users, items, pairs } = await readParameterFile(`${folder}exp1.json`);
  expect(toyInteractions).toEqual({ users, items, pairs });
});

describe('a train scenario that starts from a parameter file', () => {
  const settings: Readonly<Record<string, string>> = {
    exp1: '',
    exp2: 'loss: {name: info-nce-dot}\n',
    exp3: 'tower: {kind: bert}\n',
    exp4: 'tower: {kind: embedding-linear, features: 2}\n',
    exp6: 'tower: {kind: one-hot-linear}\n',
    exp7: 'loss: {name: squared-cosine-gap}\n',
  };

  it.each(Object.keys(settings))('%s: keeps snapshots that agree with the file', async (name) => {
    const file = await readParameterFile(`${folder}${name}.json`);
    const text = `kind: train\nname: t\nlearningRate: ${file.learningRate}\ninitialParameters: ${folder}${name}.json\nsnapshots: [1, 3, 100]\n`;
    const path = join(temporaryFolder(), 's.yaml');
    writeFileSync(path, text + settings[name]);
    const scenario = await loadAnyScenario(path);
    if (scenario.kind !== 'train') throw new Error(scenario.kind);
    const { snapshots } = train(scenario.cells[0].training, toyInteractions, streamsOf(1));
    expect(snapshots.map(({ step }) => step)).toEqual([1, 3, 100]);
    for (const { step, loss_before_step, loss_after_step, users, items } of snapshots) {
      const expected = file.snapshots.find((other) => other.step === step)!;
      const gaps = [...users, ...items].flat().map((value, index) => {
        return Math.abs(value - [...expected.users, ...expected.items].flat()[index]);
      });
      const tolerance = file.tolerance.get(step)!;
      const losses = [loss_before_step - expected.lossBeforeStep, loss_after_step - expected.lossAfterStep!];
      expect(Math.max(...gaps, ...losses.map(Math.abs))).toBeLessThan(tolerance);
    }
  });
});
