import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FidelityScenario } from '../../../src/scenarios/fidelity/fidelity-scenario.ts';
import { fidelityJsonSchema } from '../../../src/scenarios/fidelity/fidelity-schema.ts';
import { loadAnyScenario } from '../../../src/scenarios/load-scenario.ts';
import type { Overrides } from '../../../src/scenarios/overrides.ts';
import { temporaryFolder } from '../../cli/command.ts';

const recorded = 'kind: fidelity\nname: t\nstudy: predictors\n';
const coupled = 'kind: fidelity\nname: t\nstudy: coupled-trainings\n';
const popularity = 'popularity: {lower: 0.1, upper: 0.2}\n';

async function load(text: string, overrides: Overrides = {}): Promise<FidelityScenario> {
  const file = join(temporaryFolder(), 's.yaml');
  writeFileSync(file, text);
  const scenario = await loadAnyScenario(file, overrides);
  if (scenario.kind !== 'fidelity') throw new Error(scenario.kind);
  return scenario;
}

async function refusalOf(text: string): Promise<string> {
  const error = await load(text).catch((thrown: unknown) => thrown);
  if (error instanceof Error && error.name === 'ScenarioError') return error.message.replace(/^.*s\.yaml/, 's.yaml');
  throw new Error(`not refused: ${error}`);
}

it('loads recorded trainings: the fields of a training, and which appearances are kept', async () => {
  const scenario = await load(`${recorded}sweep: {learningRate: [1, 2]}\nexpect: {f.growthR2: {atLeast: 0.9}}\n`);
  expect(scenario).toMatchObject({ study: 'predictors', recordings: 'first' });
  expect(scenario.cells).toHaveLength(2);
  expect(scenario.cells[1]).toMatchObject({
    training: { optimisers: { item: { learningRate: 2 } }, epochs: 100 },
    expect: [{ quantity: 'f.growthR2', is: { atLeast: 0.9 } }],
    swept: { learningRate: 2 },
  });
});

it('loads coupled trainings: slots with replacement, norms at evenly spread steps', async () => {
  const text = `${coupled}${popularity}watchedItem: 3\nsteps: 10\nrecordedSteps: 4\nbatchSize: 5\nreplicates: 7\n`;
  const { cells } = await load(`${text}expect: {pairsViolatedAtEnd: 0}\n`);
  expect(cells).toMatchObject([
    {
      coupled: {
        training: { batches: { sampler: 'slots', size: 5 } },
        item: 3,
        popularity: { lower: 0.1, upper: 0.2 },
        steps: 10,
        recordedSteps: [3, 5, 8, 10],
      },
      replicates: 7,
      expect: [{ quantity: 'pairsViolatedAtEnd', is: { atLeast: 0, atMost: 0 } }],
    },
  ]);
});

it.each([
  [
    'an unknown study',
    'kind: fidelity\nname: t\nstudy: couple\n',
    's.yaml:3:8 study — expected one of predictors, coupled-trainings, got "couple"',
  ],
  ['no study', 'kind: fidelity\nname: t\n', 'study — expected one of predictors, coupled-trainings, got nothing'],
  [
    'a quantity of the other study',
    `${recorded}expect: {varianceReduction: {atLeast: 1}}\n`,
    'expect.varianceReduction — expected one of where, pearson',
  ],
  [
    'a popularity that falls',
    `${coupled}popularity: {lower: 0.2, upper: 0.1}\n`,
    's.yaml:4:33 popularity.upper — expected at least the lower popularity 0.2, got 0.1',
  ],
  ['no popularity', coupled, 's.yaml:1:1 popularity — expected a mapping with the keys lower, upper, got nothing'],
  [
    'an item that is not there',
    `${coupled}${popularity}watchedItem: 19\n`,
    's.yaml:5:14 watchedItem — expected 0 to 18, got 19',
  ],
  ['a sampler for slots', `${coupled}${popularity}batches: {size: 3}\n`, 'batches — expected one of kind, study'],
])('refuses %s, with the place', async (_, text, message) => {
  expect(await refusalOf(text)).toContain(message);
});

it('is the schema that ships beside the scenarios (norm-growth schema fidelity > scenarios/fidelity-schema.json)', () => {
  const shipped = readFileSync(new URL('../../../scenarios/fidelity-schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(fidelityJsonSchema())));
});
