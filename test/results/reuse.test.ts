import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nothingReused } from '../../src/results/reuse/nothing-reused.ts';
import { chunkSize, runCoupled, smallScenario } from './fixtures/coupled-run.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

/** Three whole chunks and a short one. */
const three = `${smallScenario}replicates: ${3 * chunkSize + 7}\n`;
const five = `${smallScenario}replicates: ${5 * chunkSize + 7}\n`;
const swept = (rates: string, replicates = 3 * chunkSize + 7) =>
  `${smallScenario}replicates: ${replicates}\nsweep: {learningRate: [${rates}]}\n`;

async function fromScratch(text: string) {
  return (await runCoupled(temporaryFolder(), text)).summary;
}

/** The blocks of cells from one on. */
function blocks(cell: number, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `${cell}/${from + index}`);
}

describe('a new run', () => {
  it('says nothing where there is nothing to reuse', async () => {
    const { notices, computed } = await runCoupled(temporaryFolder(), three);
    expect(notices).toEqual([]);
    expect(computed).toEqual(blocks(0, 0, 4));
  });

  it('of more replicates takes the whole chunks, and ends with the bytes of a run from scratch', async () => {
    const results = temporaryFolder();
    const { path: old } = await runCoupled(results, three);
    const { path, notices, computed, summary } = await runCoupled(results, five);
    expect(computed).toEqual(blocks(0, 3, 6));
    expect(summary).toBe(await fromScratch(five));
    expect(notices).toEqual([
      `${path}: 3 of 6 blocks reused: 3 from ${old}`,
      `${path}: computed: the missing blocks of 1 known cell; 1 of the blocks lies there with another number of replicates, and a block is reused whole or not at all`,
    ]);
  });

  it('of more replicates within one chunk says why nothing is reused', async () => {
    const results = temporaryFolder();
    await runCoupled(results, `${smallScenario}replicates: 10\n`);
    const { path, notices } = await runCoupled(results, `${smallScenario}replicates: 20\n`);
    expect(notices).toEqual([
      `${path}: computed: the missing blocks of 1 known cell; 1 of the blocks lies there with another number of replicates, and a block is reused whole or not at all`,
    ]);
  });

  it('of whole chunks gives no reason that is none', async () => {
    const results = temporaryFolder();
    await runCoupled(results, `${smallScenario}replicates: ${2 * chunkSize}\n`);
    const { path, notices } = await runCoupled(results, `${smallScenario}replicates: ${3 * chunkSize}\n`);
    expect(notices[1]).toBe(`${path}: computed: the missing blocks of 1 known cell`);
  });

  it('of fewer replicates leaves out the chunks past them, and computes its own short one', async () => {
    const results = temporaryFolder();
    await runCoupled(results, five);
    const { computed, notices, summary } = await runCoupled(results, three);
    expect(computed).toEqual(['0/3']);
    expect(notices[1]).toContain('1 of the blocks lies there with another number of replicates');
    expect(summary).toBe(await fromScratch(three));
  });

  it('of other cells takes those it has in common, wherever they stand, a short chunk too', async () => {
    const results = temporaryFolder();
    await runCoupled(results, swept('0.5, 1, 2'));
    const { computed, notices, summary } = await runCoupled(results, swept('2, 3, 1'));
    expect(computed).toEqual(blocks(1, 0, 4));
    expect(notices[0]).toContain('8 of 12 blocks reused');
    expect(notices[1]).toContain('computed: 1 new cell');
    expect(summary).toBe(await fromScratch(swept('2, 3, 1')));
  });

  it('takes from several runs what each has, and each chunk once', async () => {
    const results = temporaryFolder();
    await runCoupled(results, swept('1'));
    await runCoupled(results, three);
    await runCoupled(results, swept('4'));
    const { computed, notices, summary } = await runCoupled(results, swept('4, 1'));
    expect(computed).toEqual([]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('8 of 8 blocks reused: 4 from ');
    expect(summary).toBe(await fromScratch(swept('4, 1')));
  });

  it('gives every cell of the same content the chunks of one', async () => {
    const results = temporaryFolder();
    await runCoupled(results, three);
    const text = `${smallScenario}sweep: {replicates: [${2 * chunkSize}, ${3 * chunkSize}]}\n`;
    const { computed, summary } = await runCoupled(results, text);
    expect(computed).toEqual([]);
    expect(summary).toBe(await fromScratch(text));
  });

  it('takes what an unfinished run has, and what another process is writing', async () => {
    const results = temporaryFolder();
    const { path, computed: before } = await runCoupled(results, five, { stopAfter: 1 });
    appendFileSync(join(path, 'journal.ndjson'), '0a0b0c0d {"cell":0,"blo');
    const { computed, summary } = await runCoupled(results, three);
    expect(before.length).toBeLessThan(3);
    expect(computed).toEqual(blocks(0, before.length, 4));
    expect(summary).toBe(await fromScratch(three));
  });

  it('with a stopping rule reuses the chunks of one without, and the other way round', async () => {
    const until = `${five}until: {norm.difference: {relativeHalfWidth: 0.5}}\n`;
    const strict = `${five}until: {norm.difference: {relativeHalfWidth: 0.000001}}\n`;
    for (const [first, second] of [
      [five, until],
      [until, five],
      [until, strict],
      [strict, until],
    ]) {
      const results = temporaryFolder();
      const before = await runCoupled(results, first);
      const { computed, summary } = await runCoupled(results, second);
      expect(computed.filter((address) => before.computed.includes(address))).toEqual([]);
      expect(summary).toBe(await fromScratch(second));
    }
  });

  it.each([
    ['the seed', 'seed: 2', 'seed is 1 there and 2 here'],
    ['the steps', 'steps: 601', 'pair.steps is 600 there and 601 here'],
    ['the batch size', 'batchSize: 9', 'pair.batchSize is 8'],
    ['the recorded steps', 'trajectory: {points: 4}', 'recordedSteps.0 is 200'],
    ['the coupling', 'coupling: independent', 'coupling is'],
    ['the generator', 'generator: alea', 'generator is "sfc32"'],
    ['a popularity', 'popularity: {lower: 0.01, upper: 0.04}', 'pair.popularity.upper is 0.03'],
  ])('reuses nothing where %s is another, and says so', async (_what, line, reason) => {
    const results = temporaryFolder();
    const { path: old } = await runCoupled(results, `${smallScenario}replicates: ${chunkSize}\n`);
    const [key] = line.split(':');
    const others = smallScenario.split('\n').filter((written) => !written.startsWith(`${key}:`));
    const { path, computed, notices } = await runCoupled(
      results,
      `${others.join('\n')}replicates: ${chunkSize}\n${line}\n`,
    );
    expect(computed).toContain('0/0');
    expect(notices).toEqual([
      `${path}: computed: 1 new cell`,
      expect.stringMatching(
        new RegExp(`^${old}: nothing is reused, no cell is the same: .*${reason.replaceAll('.', '\\.')}`),
      ),
    ]);
  });

  it.each(['normGrowth', 'node', 'v8', 'arch', 'numericFingerprint', 'codeFingerprint'] as const)(
    'reuses nothing of a program of another %s, and says so',
    async (field) => {
      const results = temporaryFolder();
      const { path: old } = await runCoupled(results, three, { provenance: { [field]: '9.9' } });
      const { computed, notices, summary } = await runCoupled(results, five);
      expect(computed).toEqual(blocks(0, 0, 6));
      expect(notices[1]).toContain(`${old}: nothing is reused, of another program: provenance.${field} is "`);
      expect(summary).toBe(await fromScratch(five));
    },
  );

  it('computes a chunk that failed again, because its message has its place', async () => {
    const results = temporaryFolder();
    expect((await runCoupled(results, swept('1, 2'), { failing: '1/2' })).summary).toContain('cell 1, block 2 fails');
    const { computed, summary } = await runCoupled(results, swept('2, 1'));
    expect(computed).toContain('0/2');
    expect(summary).toBe(await fromScratch(swept('2, 1')));
  });
});

describe('a run of trainings', () => {
  const tell = (results: string, status: 'new' | 'resumed' = 'new') =>
    nothingReused({ path: join(results, 'toy--cccccccccccc'), status }, results, 'toy');

  it('says that nothing is reused where an earlier run of the scenario lies, and nothing elsewhere', async () => {
    const results = temporaryFolder();
    for (const name of ['toy--cccccccccccc', 'toys--aaaaaaaaaaaa', 'toy']) mkdirSync(join(results, name));
    expect(await tell(results)).toEqual([]);
    for (const name of ['toy--bbbbbbbbbbbb', 'toy--aaaaaaaaaaaa']) mkdirSync(join(results, name));
    const [path, earlier] = ['toy--cccccccccccc', 'toy--aaaaaaaaaaaa'].map((name) => join(results, name));
    expect(await tell(results)).toEqual([
      `${path}: all is computed: of runs of trainings, such as ${earlier} (and 1 more), nothing is reused`,
    ]);
    expect(await tell(results, 'resumed')).toEqual([]);
  });
});

describe('a shard', () => {
  const shards = [1, 2, 3].map((number) => ({ number, of: 3 }));

  it('takes its own chunks of a whole run and no others, and the whole run those of all shards', async () => {
    const results = temporaryFolder();
    await runCoupled(results, swept('1, 2'));
    const text = swept('1, 2, 3', 5 * chunkSize);
    const computed: string[] = [];
    for (const shard of shards) {
      const run = await runCoupled(results, text, { shard });
      const addresses = readFileSync(join(run.path, 'journal.ndjson'), 'utf8').matchAll(/"block":(\d+),"cell":(\d+)/g);
      for (const [, block, cell] of addresses) expect((Number(block) + Number(cell)) % 3).toBe(shard.number - 1);
      computed.push(...run.computed);
    }
    expect(computed.sort()).toEqual([...blocks(0, 3, 5), ...blocks(1, 3, 5), ...blocks(2, 0, 5)]);
    const whole = await runCoupled(results, text);
    expect(whole.computed).toEqual([]);
    expect(whole.summary).toBe(await fromScratch(text));
  });

  it('says nothing of the other parts of the same run', async () => {
    const results = temporaryFolder();
    for (const shard of shards) expect((await runCoupled(results, five, { shard })).notices).toEqual([]);
  });
});

describe('an earlier run that is damaged', () => {
  it.each([
    ['a changed byte', (path: string) => flipByte(join(path, 'journal.ndjson'), 300), 'is damaged, yet line'],
    [
      'a changed manifest',
      (path: string) => changeManifest(path, '"created": "2', '"created": "3'),
      'belongs to another manifest',
    ],
    [
      'cells that are none',
      (path: string) => changeManifest(path, '"count"', '"account"'),
      'expected the cells of a run',
    ],
    ['no JSON', (path: string) => writeFileSync(join(path, 'manifest.json'), '{'), 'is damaged, it is not JSON'],
  ])('by %s is left out with a word, and the others are not', async (_what, damage, why) => {
    const results = temporaryFolder();
    const sound = await runCoupled(results, three);
    const { path } = await runCoupled(results, `${smallScenario}replicates: ${4 * chunkSize}\n`);
    damage(path);
    const { computed, notices, summary } = await runCoupled(results, five);
    expect(notices[0]).toMatch(new RegExp(`^${path}: nothing is reused of it: .*${why}`));
    expect(notices[1]).toContain(`3 from ${sound.path}`);
    expect(computed).toEqual(blocks(0, 3, 6));
    expect(summary).toBe(await fromScratch(five));
  });

  it('or no run at all is left out: links, files, empty folders', async () => {
    const results = temporaryFolder();
    const { path } = await runCoupled(temporaryFolder(), three);
    symlinkSync(path, join(results, 'small--aaaaaaaaaaaa'));
    writeFileSync(join(results, 'small--bbbbbbbbbbbb'), '');
    mkdirSync(join(results, 'small--cccccccccccc'));
    const { computed, notices } = await runCoupled(results, five);
    expect(computed).toEqual(blocks(0, 0, 6));
    expect(notices.every((notice) => notice.includes('small--aaaaaaaaaaaa') || notice.includes('computed'))).toBe(true);
  });
});

it('resumes to the same bytes when the disk fails at any operation, half a write included', {
  timeout: 60_000,
}, async () => {
  const before = temporaryFolder();
  await runCoupled(before, three);
  const text = swept('2, 1', 4 * chunkSize);
  const expected = await fromScratch(text);
  const copied = () => {
    const results = temporaryFolder();
    cpSync(before, results, { recursive: true });
    return results;
  };
  const counting = faultyDisk(() => false, failing('EIO'));
  await runCoupled(copied(), text, { disk: counting });
  expect(counting.count).toBeGreaterThan(10);
  for (let operation = 1; operation <= counting.count; operation++) {
    const results = copied();
    const disk = faultyDisk((count) => count >= operation, failing('EIO'));
    await runCoupled(results, text, { disk }).catch(({ message }) => expect(message).toContain('EIO'));
    const { computed, summary } = await runCoupled(results, text);
    expect(summary).toBe(expected);
    // Whatever was lost, no chunk that lies in the other folder is computed.
    for (const address of blocks(1, 0, 3)) expect(computed).not.toContain(address);
  }
});

it('takes nothing where all is to be computed anew, and nothing from a fresh run of the same plan that is finished', async () => {
  const results = temporaryFolder();
  await runCoupled(results, three);
  const { computed } = await runCoupled(results, five, { isFresh: true });
  expect(computed).toEqual(blocks(0, 0, 6));
});

it('looks at the newest of very many runs, and says that there are more', async () => {
  const results = temporaryFolder();
  const { path } = await runCoupled(results, three, { provenance: { codeFingerprint: 'older' } });
  for (let copy = 0; copy < 230; copy++) {
    cpSync(path, join(results, `small--${copy.toString(16).padStart(12, '0')}`), { recursive: true });
  }
  const { notices } = await runCoupled(results, five);
  expect(notices[1]).toContain('(and 199 more): nothing is reused, of another program');
  expect(notices[2]).toContain('31 older runs of the scenario not looked into');
  expect(readdirSync(results)).toHaveLength(232);
});

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] ^= 1;
  writeFileSync(path, bytes);
}

function changeManifest(path: string, from: string, to: string): void {
  const file = join(path, 'manifest.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
