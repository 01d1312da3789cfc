import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldParts, planOfParts, requireAllChunks } from '../../src/distribution/merge-runs.ts';
import { shardsText } from '../../src/distribution/shard-folder.ts';
import { readRun } from '../../src/results/read-run.ts';
import { chunkSize, runCoupled, smallScenario } from '../results/fixtures/coupled-run.ts';
import { temporaryFolders } from '../results/fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const rates = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join(', ');
const swept = `${smallScenario}replicates: ${chunkSize}\nsweep: {learningRate: [${rates(9)}]}\n`;

async function part(text: string, number: number, of: number) {
  const { path } = await runCoupled(temporaryFolder(), text, { shard: { number, of } });
  return { ...(await readRun(path)), path: join('parts', `${number}-of-${of}`) };
}

describe('gaps', async () => {
  const thirds = [await part(swept, 1, 3), await part(swept, 2, 3), await part(swept, 3, 3)];
  const eighth = await part(swept, 2, 8);
  const refusalOf = (runs: typeof thirds) => expect(requireAllChunks(planOfParts(runs), runs)).rejects;

  it('are none where all parts are there', async () => {
    await requireAllChunks(planOfParts(thirds), thirds);
    expect(await foldParts(planOfParts(thirds), thirds, async () => {})).toEqual([]);
  });

  it('are named, with the shards they belong to, and how many more cells have some', async () => {
    await refusalOf([thirds[1]]).toThrow(
      'cannot merge: 6 chunks are missing, of cell 0 (shard 1/3), cell 2 (shard 3/3), cell 3 (shard 1/3), ' +
        'cell 5 (shard 3/3), cell 6 (shard 1/3) and 1 more; not among the folders: shards 1, 3 of 3; name the folders ' +
        'that are left out',
    );
    const unfinished = { ...thirds[0], status: 'unfinished' } as const;
    await refusalOf([unfinished, thirds[1]]).toThrow(
      '; not among the folders: shard 3/3; not finished: parts/1-of-3; name',
    );
  });

  it('between different divisions are no shard of either', async () => {
    await refusalOf([thirds[0], eighth]).toThrow(
      /missing, of cell 2, cell 4, cell 5, cell 7, cell 8; the folders are shards of different divisions, into 3 and 8;/,
    );
  });
});

it('parts of different runs are told by the field that differs, and which of them has which value', async () => {
  const of = (text: string) => part(`${smallScenario}replicates: ${chunkSize}\n${text}`, 1, 2);
  const [one, other] = [await of('seed: 1'), await of('seed: 2\nlearningRate: 3')];
  expect(() => planOfParts([one, { ...other, path: 'other' }])).toThrow(
    'cannot merge: these are parts of different runs: learningRate is 1 in parts/1-of-2 and 3 in other (and 1 more); ' +
      'name the parts of one run, computed by one build',
  );
});

it.each([
  [[3], 10, 'shard 3/10'],
  [[3, 1, 3], 10, 'shards 1, 3 of 10'],
  [[8, 4, 5, 6, 7, 1], 10, 'shards 1, 4–8 of 10'],
  [
    Array.from({ length: 13 }, (_, index) => 2 * index + 1),
    26,
    'shards 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 3 more of 26',
  ],
])('the shards %j of %i are %s', (numbers, of, text) => {
  expect(shardsText(numbers, of)).toBe(text);
});
