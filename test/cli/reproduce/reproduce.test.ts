import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Comparison, readComparison } from '../../../src/cli/reproduce/comparison.ts';
import { comparisonPage } from '../../../src/cli/reproduce/page.ts';
import { sections } from '../../../src/cli/reproduce/sections/index.ts';
import { command, start, temporaryFolder } from '../command.ts';

const reference = fileURLToPath(new URL('../../../results/reference', import.meta.url));
const kept = (await readComparison(join(reference, 'comparison.json')))!;

/** Quick enough for every push; the others take minutes. */
const quick = ['experiments', 'laws', 'counterexample'];

const reproduce = (words: readonly string[], folder: string) => {
  return command(['reproduce', '--runs', join(folder, 'runs'), ...words], folder);
};

/** A folder with a changed copy of what is committed. */
function changedCopy(folder: string, change: (comparison: Comparison) => void): string {
  const out = join(folder, 'reference');
  mkdirSync(out);
  const copy = structuredClone(kept);
  change(copy);
  writeFileSync(join(out, 'comparison.json'), JSON.stringify(copy));
  return out;
}

const sectionOf = (comparison: Comparison, id: string) => comparison.sections.find((section) => section.id === id)!;

describe('the committed reference', () => {
  it('has every section, and a page that is made of its rows', () => {
    expect(kept.sections.map(({ id }) => id)).toEqual(sections.map(({ id }) => id));
    expect(readFileSync(join(reference, 'README.md'), 'utf8')).toBe(comparisonPage(kept));
  });

  it('has no row that differs without a known reason, and claims that are told apart', () => {
    for (const { rows } of kept.sections) {
      expect(rows.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
      expect(new Set(rows.map(({ claim }) => claim)).size).toBe(rows.length);
    }
  });

  it('has the files that it names, no others, in less than 4 MB', () => {
    const named = kept.sections.flatMap(({ tables, pictures }) => [...tables, ...pictures].map(({ file }) => file));
    // The picture of the dashboard is the README's.
    const files = readdirSync(reference).filter((name) => name !== 'dashboard.svg');
    expect(files.toSorted()).toEqual(['README.md', 'comparison.json', ...named].toSorted());
    const bytes = files.reduce((sum, file) => sum + statSync(join(reference, file)).size, 0);
    expect(bytes).toBeLessThan(4e6);
  });

  it('says nothing of the machine', () => {
    const text = readFileSync(join(reference, 'comparison.json'), 'utf8');
    expect(text).not.toMatch(/\/tmp|\/home|\/work|results\/|\d ms\b|--[0-9a-f]{12}/);
  });

  it(`comes out the same: ${quick.join(', ')}`, { timeout: 300_000 }, async () => {
    const { stdout, code } = await reproduce([...quick, '--check', '--out', reference], temporaryFolder());
    expect(stdout).toBe(`${quick.map((id) => `${id}: as it is kept`).join('\n')}\n`);
    expect(code).toBe(0);
  });
});

describe('reproduce', () => {
  it('finds a number that was changed', async () => {
    const folder = temporaryFolder();
    const out = changedCopy(folder, (comparison) => {
      Object.assign(sectionOf(comparison, 'counterexample').rows[0], { ours: '1.06000' });
    });
    const { stdout, code } = await reproduce(['counterexample', '--check', '--out', out], folder);
    expect(stdout).toContain('counterexample: 1 DIFFERENCES\n  ✗ E‖q‖ at p = 0.25, by enumeration: ours is ');
    expect(code).toBe(1);
  });

  it('writes one section, keeps the others, and removes what it no longer has', async () => {
    const folder = temporaryFolder();
    const out = changedCopy(folder, (comparison) => {
      sectionOf(comparison, 'counterexample').tables.push({ file: 'counterexample-old.csv', title: 'gone' });
    });
    for (const name of ['counterexample-old.csv', 'mine.csv']) writeFileSync(join(out, name), 'x');
    const { stdout, code } = await reproduce(['counterexample', '--out', out], folder);
    expect(stdout).toMatch(/^counterexample: 22 of 22 agree\n/);
    expect(code).toBe(0);
    const written = readFileSync(join(out, 'comparison.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(kept);
    expect(written).toBe(readFileSync(join(reference, 'comparison.json'), 'utf8'));
    const pictures = sectionOf(kept, 'counterexample').pictures.map(({ file }) => file);
    for (const file of pictures)
      expect(readFileSync(join(out, file), 'utf8')).toBe(readFileSync(join(reference, file), 'utf8'));
    expect([existsSync(join(out, 'counterexample-old.csv')), existsSync(join(out, 'mine.csv'))]).toEqual([false, true]);
  });

  it('stops at Ctrl+C with its runs kept, and writes no half of a section', async () => {
    const folder = temporaryFolder();
    const words = ['reproduce', 'convergence', '--runs', 'runs', '--out', 'out'];
    const { child, ended } = start(words, folder);
    let isTold = false;
    child.stderr!.on('data', (text: string) => {
      if (isTold || !text.includes(' % of ')) return;
      isTold = true;
      child.kill('SIGINT');
    });
    const { code, stderr } = await ended;
    expect(stderr).toContain('interrupted; what is done is kept in runs/');
    expect(code).toBe(130);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('refuses a section that does not exist, and names the nearest', async () => {
    const { stderr, code } = await reproduce(['counter-example'], temporaryFolder());
    expect(stderr).toContain('there is no section counter-example; did you mean counterexample?');
    expect(code).toBe(2);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{"sections": [{"id": 1}]}', 'sections.0.id'],
  ])('refuses a folder that holds something else: %s', async (text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'comparison.json'), text);
    const { stderr, code } = await reproduce(['counterexample', '--out', folder], folder);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('overwrites no page of something else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'README.md'), 'mine');
    const { stderr, code } = await reproduce(['counterexample', '--out', folder], folder);
    expect(stderr).toContain('README.md: is of something else, for there is no comparison.json beside it');
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine');
  });

  it('says what to do where there is nothing to check against', async () => {
    const folder = temporaryFolder();
    const { stderr, code } = await reproduce(['laws', '--check', '--out', folder], folder);
    expect(stderr).toContain('has no section laws; write it first, without --check');
    expect(code).toBe(2);
  });

  it('lists its sections', async () => {
    const { stdout } = await command(['reproduce', '--list'], temporaryFolder());
    expect(stdout.trim().split('\n')).toHaveLength(sections.length);
  });
});
