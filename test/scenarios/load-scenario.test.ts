import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';
import { load, messageOf, minimal, refusalOf, written } from './files.ts';

const keys =
  'kind, name, description, seed, popularity, batchSize, steps, initialSquaredNorm, learningRate, tangentSignal, ' +
  'gain, weightDecay, momentum, coupling, generator, replicates, trajectory, until, sweep, expect';
const models = 'constant, schedule, lognormal, pareto, multiplicity, in-batch-softmax, trace';

describe('refuses, with the place, what was expected and what came:', () => {
  it.each([
    ['an empty file', '', `s.yaml:1:1 — expected a mapping with the keys ${keys}, got nothing`],
    ['a list', '- 1', `s.yaml:1:1 — expected a mapping with the keys ${keys}, got a list of 1`],
    [
      'another kind, and nothing else',
      'kind: cupled\nfoo: 1',
      's.yaml:1:7 kind — expected one of coupled, train, fidelity, got "cupled"; did you mean coupled?',
    ],
    [
      'a missing field',
      'kind: coupled\npopularity: {lower: 0, upper: 1}',
      's.yaml:1:1 name — expected a name of 1 to 64 lower-case letters, digits, dots, dashes or underscores, got nothing',
    ],
    [
      'a name that could be a path',
      minimal.replace('x', '../x'),
      's.yaml:2:7 name — expected a name of 1 to 64 lower-case letters, digits, dots, dashes or underscores, got "../x"',
    ],
    [
      'an unknown key, with the nearest',
      `${minimal}batchsize: 3`,
      `s.yaml:4:1 batchsize — expected one of ${keys}, got an unknown key; did you mean batchSize?`,
    ],
    [
      'escape sequences, without passing them on',
      `${minimal}"\\e[31m": "\\a"`,
      `s.yaml:4:1 \\u{1b}[31m — expected one of ${keys}, got an unknown key`,
    ],
    ['a fraction', `${minimal}steps: 1.5`, 's.yaml:4:8 steps — expected an integer from 0 to 1e9, got 1.5'],
    ['text', `${minimal}steps: 1_000`, 's.yaml:4:8 steps — expected an integer from 0 to 1e9, got "1_000"'],
    ['nothing', `${minimal}steps:`, 's.yaml:4:7 steps — expected an integer from 0 to 1e9, got nothing'],
    ['NaN', `${minimal}steps: .nan`, 's.yaml:4:8 steps — expected an integer from 0 to 1e9, got NaN'],
    [
      'infinity',
      `${minimal}learningRate: 1e400`,
      's.yaml:4:15 learningRate — expected a number from 0 to 1e15, got Infinity',
    ],
    [
      'an integer that a double cannot hold',
      `${minimal}seed: 9007199254740993`,
      's.yaml:4:7 seed — expected an integer from 0 to 9007199254740991, got 9007199254740992',
    ],
    [
      'a popularity above 1',
      minimal.replace('0.2', '1.2'),
      's.yaml:3:33 popularity.upper — expected a number from 0 to 1, got 1.2',
    ],
    [
      'popularities in the wrong order',
      minimal.replace('0.1', '0.3'),
      's.yaml:3:21 popularity.lower — expected at most popularity.upper (0.2), got 0.3',
    ],
    [
      'half a pair of popularities',
      minimal.replace(', upper: 0.2', ''),
      's.yaml:3:13 popularity.upper — expected a number from 0 to 1, got nothing',
    ],
    [
      'a table without items or percentiles',
      minimal.replace('lower: 0.1, upper: 0.2', 'data: x.csv'),
      's.yaml:3:13 popularity — expected {lower, upper}, {data, items: [id, id]} or {data, percentiles: [from, to]}, ' +
        'got a mapping',
    ],
    [
      'a gain without braces',
      `${minimal}gain: constant`,
      's.yaml:4:7 gain — expected a mapping such as {model: constant}, got "constant"',
    ],
    [
      'an unknown gain model, with the nearest',
      `${minimal}gain: {model: lognorml}`,
      `s.yaml:4:15 gain.model — expected one of ${models}, got "lognorml"; did you mean lognormal?`,
    ],
    [
      'a field of another gain model',
      `${minimal}gain: {model: constant, sigma: 1}`,
      's.yaml:4:25 gain.sigma — expected one of model, sharing, got an unknown key',
    ],
    [
      'a warm-up over no steps',
      `${minimal}gain: {model: schedule, schedule: {shape: warm-up, over: 0}}`,
      's.yaml:4:58 gain.schedule.over — expected an integer from 1 to 1e9, got 0',
    ],
    [
      'a cycle upside down',
      `${minimal}gain: {model: schedule, schedule: {shape: cyclic, low: 2, high: 1, halfPeriod: 5}}`,
      's.yaml:4:56 gain.schedule.low — expected at most gain.schedule.high (1), got 2',
    ],
    [
      'a softmax without dimensions',
      `${minimal}gain: {model: in-batch-softmax, dimension: 0}`,
      's.yaml:4:44 gain.dimension — expected an integer from 1 to 65536, got 0',
    ],
    [
      'a trace that is too short',
      `${minimal}steps: 3\ngain: {model: trace, values: [1, 2]}`,
      's.yaml:5:30 gain.values — expected a value for each of the 3 steps, got 2',
    ],
    [
      'a trace with two sources',
      `${minimal}gain: {model: trace, values: [1], file: x}`,
      's.yaml:4:41 gain.file — expected values or a file, got both',
    ],
    [
      'an initial norm of the wrong kind',
      `${minimal}initialSquaredNorm: big`,
      's.yaml:4:21 initialSquaredNorm — expected a number from 1e-30 to 1e30, or {dimension, standardDeviation}, ' +
        'got "big"',
    ],
    [
      'weight decay that overshoots',
      `${minimal}learningRate: 2\nweightDecay: {rate: 0.5}`,
      's.yaml:5:21 weightDecay.rate — expected learningRate · rate below 1 at every step, got 1',
    ],
    [
      'weight decay that would leave nothing',
      'kind: coupled\nname: x\npopularity: {lower: 0, upper: 0.2}\nweightDecay: {rate: 0.5}',
      's.yaml:4:21 weightDecay.rate — expected s to stay above 1e-100 over a long stretch without the item, ' +
        'got e^-1386 after 1000 steps',
    ],
    [
      'numbers whose fourth powers no double holds',
      `${minimal}learningRate: 1e15\ninitialSquaredNorm: 1e-30\ntangentSignal: 10`,
      's.yaml:5:21 initialSquaredNorm — expected one appearance to leave s at most 1e60, so that fourth moments are ' +
        'finite, got up to 1e62',
    ],
    [
      'a number just past that limit, in as many digits as show it',
      `${minimal}learningRate: 1e15\ntangentSignal: 1.0000001\ninitialSquaredNorm: 1e-30`,
      's.yaml:6:21 initialSquaredNorm — expected one appearance to leave s at most 1e60, so that fourth moments are ' +
        'finite, got up to 1.0000002e60',
    ],
    [
      'decay after which one appearance would overflow',
      'kind: coupled\nname: x\npopularity: {lower: 1e-6, upper: 2e-4}\nbatchSize: 1\nsteps: 10000\n' +
        'weightDecay: {rate: 0.01}',
      's.yaml:6:21 weightDecay.rate — expected one appearance to leave s at most 1e60, so that fourth moments are ' +
        'finite, got up to 2e87 after 10000 steps of decay to e^-201; lower the rate or the steps, or raise ' +
        'popularity.lower',
    ],
    [
      'a popularity with two ways to choose its items',
      minimal.replace('lower: 0.1, upper: 0.2', 'data: x.csv, items: [a, b], percentiles: [50, 99]'),
      's.yaml:3:13 popularity — expected items or percentiles, which exclude each other, got both; to change from one ' +
        "to the other, replace the whole popularity: --set 'popularity={data: file, items: [id, id]}'",
    ],
    [
      'a coupling that is not exact here',
      `${minimal}coupling: counts\ntrajectory: {points: 0}\ngain: {model: multiplicity}`,
      's.yaml:4:11 coupling — expected a coupling that is exact here, got counts: the gain is not constant',
    ],
  ])('%s', async (_, text, message) => {
    expect(await refusalOf(text)).toBe(message);
  });

  it('several problems, a line each', async () => {
    expect(await refusalOf(`${minimal}steps: -1\nseed: x`)).toBe(
      's.yaml:5:7 seed — expected an integer from 0 to 9007199254740991, got "x"\n' +
        's.yaml:4:8 steps — expected an integer from 0 to 1e9, got -1',
    );
  });

  it.each([
    [11, '… and 1 more problem'],
    [15, '… and 5 more problems'],
  ])('at most ten problems of %d, and how many more there are', async (length, last) => {
    const lines = (await refusalOf(minimal + Array.from({ length }, (_, i) => `k${i}: 1\n`).join(''))).split('\n');
    expect(lines.length).toBe(11);
    expect(lines[10]).toBe(last);
  });
});

describe('refuses files that are no scenarios:', () => {
  it.each([
    ['UTF-16', Buffer.from(`\ufeff${minimal}`, 'utf16le'), 's.yaml — expected text in UTF-8, got other bytes'],
    ['Latin-1', Buffer.from('name: é', 'latin1'), 's.yaml — expected text in UTF-8, got other bytes'],
    ['too many bytes', Buffer.alloc(2 ** 20 + 1, '#'), 's.yaml — expected at most a megabyte, got 1048577 bytes'],
  ])('%s', async (_, bytes, message) => {
    expect(await refusalOf(bytes)).toBe(message);
  });

  it('folders, and paths that lead nowhere', async () => {
    const folder = dirname(written('s.yaml', minimal));
    mkdirSync(join(folder, 'a-folder'));
    expect(await messageOf(loadScenario(join(folder, 'a-folder')))).toBe(
      'a-folder — expected a scenario file, got something that is not a regular file',
    );
    expect(await messageOf(loadScenario(join(folder, 'none.yaml')))).toBe(
      'none.yaml — expected a scenario file, got no such file',
    );
    expect(await messageOf(loadScenario(join(folder, 'a\0b')))).toBe(
      'a\\u{0}b — expected a scenario file, got a name with a NUL character',
    );
  });
});

it('cleans the description, line by line', async () => {
  const { description } = await load(`${minimal}description: "a\\e[31m\\r\\nb\\n"`);
  expect(description).toBe('a\\u{1b}[31m\\u{d}\nb');
});

it('reads past a byte-order mark and carriage returns', async () => {
  expect(await load(`\ufeff${minimal.replaceAll('\n', '\r\n')}`)).toEqual(await load(minimal));
});

it('takes a trace from a file beside the scenario', async () => {
  written('gains.txt', '0.5\n\n1e-3\r\n2\n');
  const { cells, identity } = await load(`${minimal}steps: 3\ngain: {model: trace, file: gains.txt}`);
  expect(cells.at(0)!.pair.gain).toEqual({ model: 'trace', sharing: 'shared', values: [0.5, 1e-3, 2] });
  expect(JSON.stringify(identity)).not.toContain('gains.txt');
});

describe('the identity', () => {
  const identityOf = async (text: string) => (await load(text)).identity;

  it('does not depend on how the same scenario is written', async () => {
    const other =
      'popularity:\n  upper: 2e-1\n  lower: 0.10\nkind: "coupled"\ndescription: other\nname: y\nsteps: 1000\n';
    expect(await identityOf(other)).toEqual(await identityOf(minimal));
  });

  it.each([
    'seed: 2',
    'batchSize: 65',
    'steps: 999',
    'initialSquaredNorm: 2',
    'learningRate: 2',
    'tangentSignal: 2',
    'gain: {model: constant, sharing: own}',
    'weightDecay: {applies: lazy}',
    'momentum: {dimension: 17}',
    'coupling: slots',
    'generator: arc4',
    'replicates: 7',
    'trajectory: {points: 49}',
    'sweep: {steps: [1000]}',
  ])('changes with %s', async (line) => {
    expect(await identityOf(minimal + line)).not.toEqual(await identityOf(minimal));
  });

  it('changes with the bytes of a trace, and not with its name', async () => {
    const scenario = (file: string) => `${minimal}steps: 1\ngain: {model: trace, file: ${file}}`;
    written('one.txt', '1\n');
    written('same.txt', '1\n');
    written('other.txt', '2\n');
    const identity = await identityOf(scenario('one.txt'));
    expect(await identityOf(scenario('same.txt'))).toEqual(identity);
    expect(await identityOf(scenario('other.txt'))).not.toEqual(identity);
  });
});

it('takes a mapping that would not become text for no name of a design', async () => {
  const message = await refusalOf(`${minimal}sweep: {combine: {toString: 1}, learningRate: [1, 2]}`, {
    sweep: ['steps=1,2'],
  });
  expect(message).toMatch(/sweep\.combine — expected one of/);
});
