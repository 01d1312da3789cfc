import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFolder } from '../../src/results/report-files.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

async function* twoFiles(between: () => void = () => {}) {
  yield { name: 'one.svg', content: 'one' };
  between();
  yield { name: 'two.svg', content: 'two' };
}

function broken(): void {
  throw new Error('broke');
}

describe('the folder of a report', () => {
  it('is there once it is whole, whatever a killed attempt has left beside it', async () => {
    const within = temporaryFolder();
    const folder = join(within, 'new', 'pictures');
    const isNotYet = () => expect(existsSync(folder)).toBe(false);
    await expect(writeFolder(`${folder}/`, twoFiles(broken), { force: false })).rejects.toThrow('broke');
    expect(readdirSync(join(within, 'new'))).toEqual([]);
    mkdirSync(`${folder}.tmp`);
    writeFileSync(`${folder}.tmp/three.svg.tmp`, 'of a report that was killed');
    expect(await writeFolder(`${folder}/`, twoFiles(isNotYet), { force: false })).toBe(2);
    expect(readdirSync(join(within, 'new'))).toEqual(['pictures']);
    expect(readdirSync(folder).sort()).toEqual(['one.svg', 'two.svg']);
  });

  it('takes new files in, one by one, where it is there and may be written over', async () => {
    const folder = join(temporaryFolder(), 'pictures');
    mkdirSync(folder);
    writeFileSync(join(folder, 'one.svg'), 'old');
    writeFileSync(join(folder, 'mine.svg'), 'mine');
    await expect(writeFolder(folder, twoFiles(), { force: false })).rejects.toThrow('exists already');
    await expect(writeFolder(folder, twoFiles(broken), { force: true })).rejects.toThrow('broke');
    expect(readFileSync(join(folder, 'one.svg'), 'utf8')).toBe('one');
    await writeFolder(folder, twoFiles(), { force: true });
    expect(readdirSync(folder).sort()).toEqual(['mine.svg', 'one.svg', 'two.svg']);
  });

  it.each(['a folder in it', 'a link'])('removes nothing of others beside it: %s', async (what) => {
    const within = temporaryFolder();
    const [beside, theirs] = [join(within, 'pictures.tmp'), join(within, 'theirs')];
    mkdirSync(theirs);
    writeFileSync(join(theirs, 'thesis.docx'), 'theirs');
    if (what === 'a link') symlinkSync(theirs, beside);
    else mkdirSync(join(beside, 'chapters'), { recursive: true });
    await expect(writeFolder(join(within, 'pictures'), twoFiles(), { force: false })).rejects.toThrow(ResultsError);
    expect(readFileSync(join(theirs, 'thesis.docx'), 'utf8')).toBe('theirs');
    expect(existsSync(what === 'a link' ? beside : join(beside, 'chapters'))).toBe(true);
  });
});
