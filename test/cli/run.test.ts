import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { summarySchema } from '../../src/results/summary-schema.ts';
import { command, start, temporaryFolder } from './command.ts';

const small = ['--replicates', '2000', '--workers', '2'];

describe('run', () => {
  it('ends with a readable verdict, exact values beside the estimates', async () => {
    const { code, stdout, stderr } = await command(['run', ...small], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toContain('exact');
    const sentences = stdout.replace(/\s+/g, ' ');
    expect(sentences).toContain('✓ the more popular item ends longer on average');
    expect(sentences).toContain('✓ order s″ ≥ s′ kept after every step of all 2,000 pairs, as A3 says it must be');
    expect(stderr).toContain('saved in results/coupled-pair--');
  });

  it('prints no escape sequences when stdout is no terminal', async () => {
    const { stdout, stderr } = await command(['run', ...small], temporaryFolder());
    expect(`${stdout}${stderr}`).not.toContain('\u001b');
  });

  it('prints one JSON document of the agreed form with --format json, and nothing else on stdout', async () => {
    const { code, stdout } = await command(['run', ...small, '--format', 'json'], temporaryFolder());
    const summary = summarySchema.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(summary).toMatchObject({ scenario: 'coupled-pair', seed: 1 });
    const [cell] = summary.cells;
    expect(cell.parameters).toMatchObject({ popularity: { lower: 0.002, upper: 0.004 }, batchSize: 64, steps: 1000 });
    expect(cell.norm.lower.exact).toBeCloseTo(3.952231, 6);
    expect(cell.norm.upper.exact).toBeCloseTo(4.621995, 6);
    expect(cell.order).toMatchObject({ pairs: 2000, pairsViolatedAtSomeStep: 0, newViolationsPredicted: 0 });
    expect(cell.trajectory.step).toHaveLength(cell.trajectory.lower.mean.length);
    expect(Object.keys(cell.norm.lower.quantiles)).toContain('0.05');
  });

  it('stops once the difference is known as well as was asked, and says so', async () => {
    const words = ['run', '--replicates', '1000000', '--until', 'halfWidth=0.002', '--workers', '2'];
    const { code, stdout } = await command(words, temporaryFolder());
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /until difference within ±0\.00[12]\d* at every look, 95 % confidence sequence; stopped after [\d,]+ of at most 1,000,000 pairs/,
    );
    expect(stdout).toMatch(/replicates {2}[\d,]{5,9} pairs/);
  });

  it.each([
    ['halfWidth=0', '--until halfWidth — expected a number from 1e-12'],
    ['halfWdth=1', 'did you mean halfWidth?'],
    ['violationRate.atMost=0.2', 'until'],
  ])('refuses --until %s', async (until, message) => {
    const { code, stderr } = await command(['run', '--until', until], temporaryFolder());
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('exits 1 when an expectation of the scenario is not met, and keeps the run', async () => {
    const folder = temporaryFolder();
    const scenario = 'kind: coupled\nname: hoping\npopularity: {lower: 0.002, upper: 0.004}\nexpect: {norm.upper: 5}\n';
    writeFileSync(join(folder, 'hoping.yaml'), scenario);
    const { code, stdout } = await command(['run', 'hoping.yaml', ...small], folder);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ norm.upper = 5: REJECTED');
    expect(readdirSync(join(folder, 'results'))).toHaveLength(1);
    // What is expected is no part of what is simulated: another expectation judges the same run.
    writeFileSync(join(folder, 'hoping.yaml'), scenario.replace('norm.upper: 5', 'norm.upper: exact'));
    const again = await command(['run', 'hoping.yaml', ...small], folder);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('✓ hoping: 1 expectation in 1 cell');
    expect(readdirSync(join(folder, 'results'))).toHaveLength(1);
  });

  it('is silent on stderr with --quiet', async () => {
    const { code, stderr } = await command(['run', ...small, '--quiet'], temporaryFolder());
    expect([code, stderr]).toEqual([0, '']);
  });

  it('shows a finished run again without computing, and computes anew beside it with --fresh', async () => {
    const folder = temporaryFolder();
    const first = await command(['run', ...small], folder);
    const again = await command(['run', ...small], folder);
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toContain('finished before, shown again');
    const fresh = await command(['run', ...small, '--fresh'], folder);
    expect(fresh.stdout).toBe(first.stdout);
    const folders = readdirSync(join(folder, 'results'));
    expect(folders).toHaveLength(2);
    const [one, two] = folders.map((name) => readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8'));
    expect(two).toBe(one);
  });

  it.each([
    { scenario: 'own-gains', replicates: '6000' },
    { scenario: 'coupled-pair', replicates: '60000' },
  ])('gives the same summary bytes of $scenario for 0, 1, 2 and 4 workers', async ({ scenario, replicates }) => {
    const summaries = await Promise.all(
      ['0', '1', '2', '4'].map(async (workers) => {
        const folder = temporaryFolder();
        await command(['run', scenario, '--replicates', replicates, '--workers', workers, '--quiet'], folder);
        const [name] = readdirSync(join(folder, 'results'));
        return readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8');
      }),
    );
    expect(new Set(summaries).size).toBe(1);
    expect(summaries[0].length).toBeGreaterThan(1000);
  });

  it('sweeps a field from the command line', async () => {
    const words = ['run', ...small, '--sweep', 'learningRate=log:0.1:10:3', '--format', 'json'];
    const { stdout } = await command(words, temporaryFolder());
    const { cells } = summarySchema.parse(JSON.parse(stdout));
    expect(cells.map(({ parameters }) => parameters.learningRate)).toEqual([0.1, 1, 10]);
    expect(cells.map(({ swept }) => swept)).toEqual([0.1, 1, 10].map((learningRate) => ({ learningRate })));
  });

  it('saves on SIGINT, exits 130, and goes on from there to the same summary', async () => {
    const [undisturbed, folder] = [temporaryFolder(), temporaryFolder()];
    const words = ['run', '--replicates', '60000', '--kernel', 'plain', '--format', 'json'];
    const { child, ended } = start(words, folder);
    // The journal has grown past its header: the run is in its middle.
    await untilJournalHolds(folder, 2);
    child.kill('SIGINT');
    const interrupted = await ended;
    expect(interrupted).toMatchObject({ code: 130, stdout: '' });
    expect(interrupted.stderr).toContain('the same command goes on from there');
    const resumed = await command(words, folder);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/reus|resum/);
    expect(resumed.stdout).toBe((await command(words, undisturbed)).stdout);
  });
});

describe('replay', () => {
  it('repeats the first violated pair and prints the inequality that decided it, however little it shows', async () => {
    const folder = temporaryFolder();
    const { stdout } = await command(['run', 'own-gains', '--replicates', '500'], folder);
    const [, words] = stdout.match(/norm-growth (replay .*)/)!;
    const full = await command(words.split(' '), folder);
    expect(full.code).toBe(0);
    expect(full.stdout).toContain('← order breaks');
    const [decision] = full.stdout.match(/decided by .*/)!;
    expect(decision).toMatch(/decided by A2: \(c′ − c″\)s′ > \(s″ − s′\)\(s′s″ − c′\), for \S+ > \S+/);
    const [, left, right] = decision.match(/for (\S+) > (\S+)/)!.map((text) => Number(text.replace('−', '-')));
    expect(left).toBeGreaterThan(right);
    const narrow = await command([...words.split(' '), '--around', '0'], folder);
    expect(narrow.stdout).toContain(decision);
  });

  it('refuses a cell and a pair that the run does not have', async () => {
    const folder = temporaryFolder();
    await command(['run', ...small, '--quiet'], folder);
    const [name] = readdirSync(join(folder, 'results'));
    const wrong = await command(['replay', `results/${name}`, '--pair', '2000'], folder);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--pair 2000 — expected 0 to 1999') });
    const cell = await command(['replay', `results/${name}`, '--pair', '0', '--cell', '1'], folder);
    expect(cell).toMatchObject({ code: 2, stderr: expect.stringContaining('--cell 1 — expected 0 to 0') });
  });
});

it('is the same run when a default is written out, or words are changed', async () => {
  const folder = temporaryFolder();
  const words = (more: string) => [
    'run',
    `{kind: coupled, name: same, popularity: {lower: 0.1, upper: 0.2}, replicates: 20${more}}`,
  ];
  await command(words(''), folder);
  for (const more of [', seed: 1', ', gain: {model: constant}, coupling: auto', ', description: told otherwise']) {
    const again = await command(words(more), folder);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('finished before, shown again')]);
  }
  expect(readdirSync(join(folder, 'results'))).toHaveLength(1);
});

it('stops without a word when nobody reads its output any more, and does not say that all holds', async () => {
  const { child, ended } = start(
    ['run', 'eta-p-sweep', '--replicates', '50', '--format', 'json', '--quiet'],
    temporaryFolder(),
  );
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 130, stderr: '' });
});

it('counts the bad rows it skipped in the summary and in the text, and refuses them otherwise', async () => {
  const folder = temporaryFolder();
  const rows = ['user,item', 'u1,a', 'u2,a', 'broken', 'u2,b', 'u3,a'];
  writeFileSync(join(folder, 'table.csv'), rows.join('\n'));
  const words = [
    'run',
    'popularity-from-data',
    '--set',
    'popularity={data: table.csv, items: [b, a]}',
    '--quiet',
    ...small,
  ];
  const refused = await command(words, folder);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('table.csv:4') });
  const skipping = await command([...words, '--skip-bad-rows'], folder);
  expect(skipping.code).toBe(0);
  expect(skipping.stdout.replace(/\s+/g, ' ')).toContain('1 bad rows of the table were skipped');
  const json = await command([...words, '--skip-bad-rows', '--format', 'json'], folder);
  expect(summarySchema.parse(JSON.parse(json.stdout)).cells[0].items).toMatchObject({ skippedRows: 1 });
});

it('says that one pair has no standard error', async () => {
  const { code, stdout } = await command(['run', '--replicates', '1', '--quiet'], temporaryFolder());
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('one pair has no standard error');
  expect(stdout).not.toMatch(/NaN|± 0\b/);
});

describe('wrong input', () => {
  it.each([
    [['run', '--no-such-flag'], /unknown option '--no-such-flag'/],
    [['run', 'no-such-scenario'], /no-such-scenario/],
    [['run', 'couple-pair'], /coupled-pair/],
    [['run', '--replicates', '0'], /replicates/],
    [['run', '--set', 'popularity.lower=1.2'], /--set popularity\.lower/],
    [['run', '--set', 'popularity.louer=0.1'], /popularity\.lower/],
    [['run', '--sweep', 'learningRate=log:0:1:3'], /learningRate/],
    [['run', '--set', 'coupling=counts'], /counts/],
    [['run', '--workers', 'two'], /expected a whole number/],
    [['replay', 'nowhere', '--pair', '0'], /nowhere: there is no such run folder/],
    [['export', 'nowhere'], /nowhere: there is no such run folder/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ])('%j exits 2 with the place and the remedy, and no stack', async (words, message) => {
    const { code, stdout, stderr } = await command(words, temporaryFolder());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('names file, line and column of a fault in a scenario', async () => {
    const folder = temporaryFolder();
    const lines = ['kind: coupled', 'name: mine', 'popularity: {lower: 0.1, upper: 0.2}', 'batchSiz: 64'];
    writeFileSync(join(folder, 'mine.yaml'), lines.join('\n'));
    const { code, stderr } = await command(['run', 'mine.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/mine\.yaml:4:1 batchSiz — .*batchSize/);
  });
});

/** Waits until the only run's journal has this many lines, by watching its size. */
async function untilJournalHolds(folder: string, lines: number): Promise<void> {
  for (let look = 0; look < 2000; look++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    try {
      const [name] = readdirSync(join(folder, 'results'));
      const journal = readFileSync(join(folder, 'results', name, 'journal.ndjson'), 'utf8');
      if (journal.split('\n').length > lines) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`the journal in ${folder} did not grow to ${lines} lines`);
}
