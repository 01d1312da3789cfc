import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, temporaryFolder } from './command.ts';

const ofThreeEpochs = ['run', 'experiments/01-embedding', '--set', 'epochs=3', '--workers', '0'];

/** The only run of a folder. */
function runOf(folder: string): string {
  const [run] = readdirSync(join(folder, 'results'));
  return join(folder, 'results', run);
}

/** The pictures of the only run of a folder, by their names. */
function picturesOf(folder: string): Record<string, string> {
  const pictures = join(runOf(folder), 'pictures');
  const names = readdirSync(pictures).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(pictures, name), 'utf8')]));
}

describe('run of trainings in the plane', () => {
  it('keeps an SVG of each recorded epoch and a page, and says where', async () => {
    const folder = temporaryFolder();
    const { stdout } = await command(ofThreeEpochs, folder);
    const pictures = picturesOf(folder);
    const svgs = ['cell-0-epoch-1.svg', 'cell-0-epoch-2.svg', 'cell-0-epoch-3.svg'];
    expect(Object.keys(pictures)).toEqual([...svgs, 'cell-0.html']);
    expect(stdout).toMatch(/^ {2}pictures of the recorded steps: results\/01-embedding--[0-9a-f]{12}\/pictures$/m);
    expect(pictures['cell-0-epoch-1.svg']).toContain('<title>item 1i1, popularity 1, ');
  });

  it('writes them again to the same bytes where the run was cut before its summary, and not where it is finished', async () => {
    const folder = temporaryFolder();
    await command(ofThreeEpochs, folder);
    const [whole, run] = [picturesOf(folder), runOf(folder)];
    const summary = readFileSync(join(run, 'summary.json'), 'utf8');
    rmSync(join(run, 'summary.json'));
    rmSync(join(run, 'pictures/cell-0.html'));
    writeFileSync(join(run, 'pictures/cell-0-epoch-1.svg'), 'half');
    await command(ofThreeEpochs, folder);
    expect(picturesOf(folder)).toEqual(whole);
    expect(readFileSync(join(run, 'summary.json'), 'utf8')).toBe(summary);
    const { mtimeMs, ino } = statSync(join(run, 'pictures/cell-0.html'));
    const { stderr } = await command(ofThreeEpochs, folder);
    expect(stderr).toContain('shown again');
    expect(statSync(join(run, 'pictures/cell-0.html'))).toMatchObject({ mtimeMs, ino });
  });

  it('has a page for each cell with what was swept, and ids as the table has them', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), 'user,item\nann,</script><script>alert(1)</script>\nbob,pear\nann,pear\n');
    const scenario =
      'kind: train\nname: s\ndata: {from: table, file: t.csv}\nepochs: 1\nsweep: {learningRate: [1, 2]}\n';
    writeFileSync(join(folder, 's.yaml'), scenario);
    await command(['run', 's.yaml', '--workers', '0'], folder);
    const pictures = picturesOf(folder);
    expect(Object.keys(pictures)).toContain('cell-1-epoch-1.svg');
    expect(pictures['cell-1.html']).toContain('<title>s, learningRate = 2</title>');
    expect(pictures['cell-0-epoch-1.svg']).toContain('<title>user bob, ');
    expect(pictures['cell-0-epoch-1.svg']).toContain(
      'item &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;, popularity 1',
    );
    expect(pictures['cell-0.html']).not.toContain('<script>alert');
  });

  it('keeps those of the first twenty cells of a large sweep, and says so', async () => {
    const folder = temporaryFolder();
    const { stderr } = await command([...ofThreeEpochs, '--sweep', 'learningRate=linear:1:3:21'], folder);
    expect(stderr).toContain('pictures: of the first 20 of 21 cells');
    expect(Object.keys(picturesOf(folder)).filter((name) => name.endsWith('.html'))).toHaveLength(20);
  });

  it('keeps none where d is not 2', async () => {
    const folder = temporaryFolder();
    const { stdout } = await command([...ofThreeEpochs, '--set', 'dimension=3'], folder);
    expect(readdirSync(runOf(folder))).not.toContain('pictures');
    expect(stdout).not.toContain('pictures');
  });
});
