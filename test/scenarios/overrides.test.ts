import { describe, expect, it } from 'vitest';
import { load, minimal, refusalOf, written } from './files.ts';

const table = 'user,item\na,1\na,2\nb,2\n';

it('sets values as YAML, parts over the whole and over the file', async () => {
  const set = ['steps=7', 'popularity={lower: 0, upper: 0.5}', 'popularity.upper=1', 'gain.sharing=own'];
  const { cells } = await load(`${minimal}steps: 3`, { set: [...set, 'gain.model=constant'] });
  const { popularity, steps, gain } = cells.at(0)!.pair;
  expect({ popularity, steps, gain }).toEqual({
    popularity: { lower: 0, upper: 1 },
    steps: 7,
    gain: { model: 'constant', sharing: 'own' },
  });
});

it('puts a mapping where a number stood', async () => {
  const set = ['initialSquaredNorm.dimension=3', 'initialSquaredNorm.standardDeviation=2'];
  const { cells } = await load(`${minimal}initialSquaredNorm: 5`, { set });
  expect(cells.at(0)!.pair.initialSquaredNorm).toEqual({ dimension: 3, standardDeviation: 2 });
});

it('takes seed and replicates as text or as numbers', async () => {
  const [cell] = (await load(minimal, { seed: '12', replicates: 1e3 })).cells;
  expect([cell.seed, cell.replicates]).toEqual([12, 1000]);
});

it('has the identity of a file that says the same', async () => {
  const set = await load(minimal, { set: ['learningRate=3'], sweep: ['steps=1,2'], seed: 4 });
  expect(set.identity).toEqual((await load(`${minimal}learningRate: 3\nsweep: {steps: [1, 2]}\nseed: 4`)).identity);
});

it('resolves a path in the file from the file, and one from --set from the working directory', async () => {
  const path = written('table.csv', table);
  const scenario = (data: string) => minimal.replace('lower: 0.1, upper: 0.2', `data: ${data}, items: [1, 2]`);
  expect((await load(scenario('table.csv'))).cells.at(0)!.pair.popularity).toEqual({ lower: 1 / 3, upper: 2 / 3 });
  expect((await load(scenario('none.csv'), { set: [`popularity.data=${path}`] })).cells.length).toBe(1);
  expect(await refusalOf(scenario('table.csv'), { set: ['popularity.data=table.csv'] })).toBe(
    '--set popularity.data — expected a file, got table.csv: no such file',
  );
});

it.each([
  ['linear:0:1:5', [0, 0.25, 0.5, 0.75, 1]],
  ['log:0.1:100:4', [0.1, 1, 10, 100]],
  ['1, 2.5,3e0', [1, 2.5, 3]],
])('sweeps %s', async (text, values) => {
  const { cells } = await load(minimal, { sweep: [`learningRate=${text}`] });
  expect([...cells].map(({ swept }) => swept)).toEqual(values.map((learningRate) => ({ learningRate })));
});

it('replaces a sweep of the file in its place, and adds others after it', async () => {
  const file = `${minimal}sweep: {steps: [1, 2, 3], learningRate: [1, 2]}`;
  const { cells } = await load(file, { sweep: ['batchSize=4,5', 'steps=7'] });
  expect([...cells].map(({ swept }) => Object.values(swept))).toEqual([
    [7, 1, 4],
    [7, 1, 5],
    [7, 2, 4],
    [7, 2, 5],
  ]);
});

const forms = 'log:from:to:n, linear:from:to:n or values such as 1,2,5';

const listing = '`norm-growth schema --paths` lists them';

describe('names the option that is wrong:', () => {
  it.each([
    [{ set: ['popularity.lower=0.4'] }, '--set popularity.lower — expected at most popularity.upper (0.2), got 0.4'],
    [{ set: ['popularity={lower: 0.1, upper: 2}'] }, '--set popularity.upper — expected a number from 0 to 1, got 2'],
    [
      { set: ['popularty.lower=0.4'] },
      `--set popularty.lower — expected the path of a field, got an unknown one; did you mean popularity.lower? ${listing}`,
    ],
    [
      { set: ['lower'] },
      '--set lower — expected the path of a field, got an unknown one; ' +
        `did you mean popularity.lower or until.norm.lower or until.squaredNorm.lower? ${listing}`,
    ],
    [
      { until: ['norm.foo=1'] },
      '--until norm.foo — expected the path of a field, got an unknown one; did you mean norm.lower or norm.upper or ' +
        `norm.difference? ${listing}, those under until`,
    ],
    [{ set: ['__proto__.x=1'] }, `--set __proto__.x — expected the path of a field, got an unknown one; ${listing}`],
    [{ set: ['steps'] }, '--set steps — expected path=value, got no value'],
    [{ set: ['steps='] }, '--set steps= — expected path=value, got no value'],
    [{ set: ['steps=[1'] }, '--set steps — YAML: Flow sequence must end with a ]'],
    [{ set: ['steps=!!binary a'] }, '--set steps — YAML: Unresolved tag: tag:yaml.org,2002:binary'],
    [{ seed: 'abc' }, '--seed — expected an integer from 0 to 9007199254740991, got "abc"'],
    [{ replicates: 0 }, '--replicates — expected an integer from 1 to 1e10, got 0'],
    [{ sweep: ['learningRate=-1,2'] }, '--sweep learningRate — expected a number from 0 to 1e15, got -1'],
    [{ sweep: ['learningRate=log:0:1:3'] }, '--sweep learningRate — expected ends above 0, got 0 and 1'],
    [{ set: ['gain={model: constant, sharing: z}'] }, '--set gain.sharing — expected one of shared, own, got "z"'],
    [{ set: ['popularity={lower: 2, upper: 0.1}'] }, '--set popularity.lower — expected a number from 0 to 1, got 2'],
    [{ set: ['sweep={steps: [1, -1]}'] }, '--set sweep steps — expected an integer from 0 to 1e9, got -1'],
    [{ sweep: ['learningRate=log:1:3'] }, `--sweep learningRate — expected ${forms}, got log:1:3`],
    [{ sweep: ['learningRate=lin:1:2:3'] }, `--sweep learningRate — expected ${forms}, got lin:1:2:3`],
    [{ sweep: ['learningRate=log:1:2:3:4'] }, `--sweep learningRate — expected ${forms}, got log:1:2:3:4`],
    [{ sweep: ['learningRate=log:1:3:x'] }, '--sweep learningRate — expected an integer from 2 to 1e6, got "x"'],
    [{ sweep: ['name=a,b'] }, '--sweep name — expected the path of a field that can be swept, got one that cannot'],
    [
      { set: ['gain.model=pareto'] },
      '--set gain.model gain.tailIndex — expected a number from 1.001 to 1e6, got nothing; add --set gain.tailIndex=…',
    ],
  ])('%j', async (overrides, message) => {
    expect(await refusalOf(minimal, overrides)).toBe(message);
  });
});

it('refuses to set what the file sweeps, and says what to do', async () => {
  const file = `${minimal}sweep: {seed: [1, 2], steps: [1, 2]}`;
  expect(await refusalOf(file, { set: ['steps=4'] })).toBe(
    "--set steps — expected a field that is not swept; --sweep steps=… replaces the file's values",
  );
  expect(await refusalOf(file, { seed: 4 })).toBe(
    "--seed — expected a field that is not swept; --sweep seed=… replaces the file's values",
  );
});

it.each([
  [{ set: ['steps=5', 'steps=7'] }, '--set steps — expected each path once, got it twice'],
  [
    { sweep: ['learningRate=1', 'steps=3', 'learningRate=2'] },
    '--sweep learningRate — expected each path once, got it twice',
  ],
  [{ set: ['seed=1'], seed: 2 }, '--seed — expected one of --seed and --set seed, got both'],
  [
    { set: ['steps=1'], sweep: ['steps=2,3'] },
    '--sweep steps — expected one of --sweep steps and --set steps, got both',
  ],
  [
    { set: ['popularity.upper=1', 'popularity={lower: 0, upper: 0.5}'] },
    '--set popularity — expected one of --set popularity and --set popularity.upper, got both; ' +
      '--set popularity before --set popularity.upper keeps both',
  ],
])('never loses an earlier option to a later one without a word: %j', async (overrides, message) => {
  expect(await refusalOf(minimal, overrides)).toBe(message);
});
