import { describe, expect, it } from 'vitest';
import * as exitCodes from '../../src/cli/exit-codes.ts';
import { topics } from '../../src/cli/topics/index.ts';
import { topicPage } from '../../src/cli/topics/topic-page.ts';
import { couplings } from '../../src/coupling/index.ts';
import { paintWith } from '../../src/report/paint.ts';
import { textWidth } from '../../src/report/text-width.ts';
import { tableNames } from '../../src/results/export/table-names.ts';
import { runFiles } from '../../src/results/read-run.ts';
import { mostCells } from '../../src/scenarios/schema/sweep.ts';
import { claims } from '../../src/theorems/claims/index.ts';
import { command, temporaryFolder } from './command.ts';

const plain = paintWith((_, text) => text);
const pageOf = (name: string, width = 100) => topicPage(topics.find((topic) => topic.name === name)!, width, plain);

/** What a terminal may not break: commands, and lines of a file. */
const whole = new Set(
  topics.flatMap(({ page }) =>
    page.flatMap((block) => {
      if (typeof block === 'string' || 'terms' in block) return [];
      return 'lines' in block ? block.lines.split('\n') : block.examples.map(([line]) => line);
    }),
  ),
);

describe.each([30, 47, 80, 100])('on a terminal of %i columns', (width) => {
  it.each(topics)('$name keeps to it, and loses no word', ({ name }) => {
    const page = pageOf(name, width);
    const tooLong = page.split('\n').filter((line) => textWidth(line) > width && !whole.has(line.slice(2)));
    expect(tooLong).toEqual([]);
    // A word that is longer than its column is cut.
    const letters = (text: string) => text.replace(/\s/g, '');
    expect(letters(page)).toBe(letters(pageOf(name)));
  });
});

it('norm-growth help: every command and every topic', async () => {
  const { code, stdout } = await command(['help'], temporaryFolder());
  expect(code).toBe(0);
  for (const { name, summary } of topics) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
  for (const name of ['run|sweep', 'completion', 'help']) expect(stdout).toContain(`\n  ${name} `);
});

it('help sweep: what run --help prints', async () => {
  const [help, flag] = await Promise.all(
    [
      ['help', 'sweep'],
      ['run', '--help'],
    ].map((words) => command(words, temporaryFolder())),
  );
  expect(help).toEqual(flag);
});

it('help of something else: the nearest name, those that there are, and 2', async () => {
  const { code, stdout, stderr } = await command(['help', 'precison\u001b[31m'], temporaryFolder());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('got precison\\u{1b}[31m');
  expect((await command(['help', 'precison'], temporaryFolder())).stderr).toContain('did you mean precision?');
  for (const { name } of topics) expect(stderr).toContain(name);
});

it('refers to topics and commands that there are', async () => {
  const { stdout } = await command(['help'], temporaryFolder());
  const listed = new Set([...stdout.matchAll(/^ {2}([a-z-]+)[ |]/gm)].map((match) => match[1]));
  expect(topics.flatMap(({ see }) => see).filter((name) => !listed.has(name))).toEqual([]);
});

describe('agrees with the program', () => {
  const termsOf = (name: string, among: readonly string[]) => {
    const page = topics.find((topic) => topic.name === name)!.page;
    const terms = page.flatMap((block) => (typeof block === 'object' && 'terms' in block ? block.terms : []));
    return terms.map(([term]) => term).filter((term) => among.includes(term) || among.length === 0);
  };

  it('on tables, couplings, files and exit codes', () => {
    expect(termsOf('tables', [])).toEqual([...tableNames]);
    const members = couplings.map(({ name }) => name);
    expect(termsOf('kernels', members)).toEqual(members);
    expect(termsOf('results', []).sort()).toEqual(Object.values(runFiles).sort());
    expect(termsOf('exit-codes', []).map(Number)).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
  });

  it('on how many claims and cells there are', () => {
    expect(claims).toHaveLength(16);
    expect(pageOf('order')).toContain('sixteen claims, A0 to A15');
    expect(mostCells).toBe(1_000_000);
    expect(pageOf('sweeps')).toContain('up to a million');
  });
});
