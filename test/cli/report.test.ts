import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, hasChromium, openBrowser, type SeenPage, see } from './chromium.ts';
import { command, temporaryFolder } from './command.ts';
import { foreignText } from './fixtures/foreign-text.ts';

const pair = ['run', 'coupled-pair', '--replicates', '2000'];
const sweep = [
  'run',
  'own-gains',
  '--replicates',
  '400',
  '--sweep',
  'gain.sigma=0.25,0.5,1',
  '--sweep',
  'learningRate=1,2',
];

const wide = { width: 1280 };

/** Runs a scenario in a folder and returns its run folder's path there. */
async function runIn(folder: string, words: readonly string[]): Promise<string> {
  await command([...words, '--no-tui', '--quiet', '--workers', '0'], folder);
  const [run] = readdirSync(join(folder, 'results')).sort();
  return join('results', run);
}

interface LiveFigure {
  readonly place: string;
  readonly rows: readonly Record<string, number | string | null>[];
}

/** The figures' data as they are in a page. */
function figuresIn(page: string): LiveFigure[] {
  return JSON.parse(/<script type="application\/json" id="figures">(.*?)<\/script>/s.exec(page)![1]);
}

const summaryOf = (folder: string, run: string) => JSON.parse(readFileSync(join(folder, run, 'summary.json'), 'utf8'));

describe('norm-growth report', { timeout: 300_000 }, () => {
  it('writes a page whose numbers are those of the summary', async () => {
    const folder = temporaryFolder();
    const run = await runIn(folder, pair);
    const { code, stdout } = await command(['report', run], folder);
    expect(code).toBe(0);
    const name = run.slice('results/'.length);
    expect(stdout).toMatch(new RegExp(`^\\d+ figures? in ${name}\\.html\n$`));
    const page = readFileSync(join(folder, `${name}.html`), 'utf8');
    const { cells } = summaryOf(folder, run);
    const { trajectory } = cells[0];
    const { rows } = figuresIn(page).find(({ place }) => place === 'norm-trajectories')!;
    for (const [series, ofRun] of [
      ['‖q′‖, the less popular', trajectory.lower],
      ['‖q″‖, the more popular', trajectory.upper],
    ]) {
      const drawn = rows.filter((row) => row.series === series);
      expect(drawn.map(({ step }) => step)).toEqual(trajectory.step);
      expect(drawn.map(({ mean }) => mean)).toEqual(ofRun.mean);
      expect(drawn.map(({ exact }) => exact)).toEqual(ofRun.exact);
      expect(drawn.map(({ q95 }) => q95)).toEqual(ofRun.quantiles['0.95']);
    }
  });

  it('overwrites nothing unless it is told to, and names what it does not know', async () => {
    const folder = temporaryFolder();
    const run = await runIn(folder, pair);
    writeFileSync(join(folder, 'mine.html'), 'mine');
    mkdirSync(join(folder, 'pictures'));
    for (const words of [
      ['--output', 'mine.html'],
      ['--format', 'svg', '--output', 'pictures'],
    ]) {
      const refused = await command(['report', run, ...words], folder);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('exists already') });
    }
    expect(readFileSync(join(folder, 'mine.html'), 'utf8')).toBe('mine');
    expect((await command(['report', run, '--output', 'mine.html', '--force'], folder)).code).toBe(0);
    const unknown = await command(['report', run, '--figure', 'norm-trajectory'], folder);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean norm-trajectories?') });
    const twice = await command(['report', run, `./${run}`], folder);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('is named twice') });
  });

  it('writes pictures, and Markdown with their data', async () => {
    const folder = temporaryFolder();
    const run = await runIn(folder, pair);
    const words = ['report', run, '--figure', 'norm-trajectories'];
    for (const format of ['svg', 'png', 'md']) {
      expect((await command([...words, '--format', format, '--output', format], folder)).code).toBe(0);
    }
    expect(readFileSync(join(folder, 'svg', 'norm-trajectories.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
    const png = readFileSync(join(folder, 'png', 'norm-trajectories.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(1280);
    expect(readdirSync(join(folder, 'md')).sort()).toEqual([
      'norm-trajectories.csv',
      'norm-trajectories.svg',
      'report.md',
    ]);
    const text = readFileSync(join(folder, 'md', 'report.md'), 'utf8');
    expect(text).toContain('![Norm trajectories](norm-trajectories.svg)');
    const csv = readFileSync(join(folder, 'md', 'norm-trajectories.csv'), 'utf8')
      .trim()
      .split('\r\n');
    expect(csv).toHaveLength(1 + 2 * summaryOf(folder, run).cells[0].trajectory.step.length);
  });

  it('refuses an unfinished run, what is none, and a number that was changed', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    const refused = await command(['report', 'empty'], folder);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a run folder') });
    const run = await runIn(folder, pair);
    const summary = join(folder, run, 'summary.json');
    writeFileSync(summary, readFileSync(summary, 'utf8').replace('"replicates": 2000', '"replicates": 2001'));
    const changed = await command(['report', run], folder);
    expect(changed).toMatchObject({ code: 2, stderr: expect.stringContaining('checksum') });
    rmSync(summary);
    const unfinished = await command(['report', run], folder);
    expect(unfinished).toMatchObject({ code: 2, stderr: expect.stringContaining('is not finished') });
  });

  it('says which cells failed, and that the figures lack them', async () => {
    const folder = temporaryFolder();
    const scenario = {
      kind: 'fidelity',
      study: 'coupled-trainings',
      name: 'fails',
      data: { from: 'generator', users: 20, items: 5, interactions: 50, zipfExponent: 0, factors: 0 },
      dimension: 8,
      batchSize: 16,
      steps: 20,
      replicates: 2,
      popularity: { lower: 0.2, upper: 0.4 },
      sweep: { learningRate: [0.1, 1e155, 1] },
    };
    const run = await runIn(folder, ['run', JSON.stringify(scenario)]);
    expect((await command(['report', run, '--output', 'report.html'], folder)).code).toBe(0);
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('<dt>failed</dt><dd>1 of 3 cells; the figures are of the others</dd>');
    expect(page).toContain('cell 1, learningRate = 1e+155');
  });

  it('gives commands that make each figure again, and pictures whose ids are their own', async () => {
    const folder = temporaryFolder();
    const run = await runIn(folder, pair);
    await command(['report', run], folder);
    const page = readFileSync(join(folder, `${run.slice('results/'.length)}.html`), 'utf8');
    const commands = [...page.matchAll(/Again: <code>norm-growth (.*?)<\/code>/g)].map(([, line]) => line.split(' '));
    expect(commands.length).toBeGreaterThan(2);
    for (const words of commands) expect(await command(words, folder)).toMatchObject({ code: 0 });
    const [drawn] = page.split('<script');
    const ids = [...drawn.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of drawn.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  });

  it('lists the figures', async () => {
    const { code, stdout } = await command(['report', '--list'], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}norm-trajectories +mean norms of both runs/);
    expect((await command(['report'], temporaryFolder())).code).toBe(2);
  });
});

describe.runIf(hasChromium || process.env.CI)('a report in a browser', { timeout: 300_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function reportOf(words: readonly string[], folder = temporaryFolder()) {
    const run = await runIn(folder, words);
    expect((await command(['report', run, '--output', 'report.html'], folder)).code).toBe(0);
    return { folder, run, page: join(folder, 'report.html') };
  }

  it.each([
    ['a pair', pair],
    ['a sweep', sweep],
    ['a training in the plane', ['run', 'experiments/01-embedding', '--set', 'epochs=3']],
    ['pairs of real trainings', ['run', 'fidelity/coupled-trainings', '--set', 'replicates=4', '--set', 'steps=20']],
    [
      'a study of predictors',
      ['run', 'fidelity/in-batch-softmax-law', '--set', 'data.interactions=2000', '--set', 'epochs=1'],
    ],
  ])(
    'of %s asks for nothing, complains of nothing, and axe-core finds no fault: wide, narrow, light, dark',
    async (_what, words) => {
      const { page } = await reportOf(words);
      for (const view of [wide, { width: 390 }, { width: 1280, dark: true }]) {
        const seen = await see(browser, page, view);
        // The others differ in their pictures only, which axe-core takes seconds to go through.
        if (words === pair || view === wide) expect(await faultsOf(seen.page)).toEqual([]);
        // Nothing but what scrolls by itself is wider than the screen.
        expect(await seen.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(view.width);
        expect(seen.complaints).toEqual([]);
        await seen.close();
      }
    },
  );

  describe('of a sweep', () => {
    let seen: SeenPage;
    const folder = mkdtempSync(join(tmpdir(), 'norm-growth-'));
    let run: string;
    afterAll(() => rmSync(folder, { recursive: true }));
    beforeAll(async () => {
      const report = await reportOf(sweep, folder);
      run = report.run;
      seen = await see(browser, report.page);
    });
    const figure = () => seen.page.locator('#norm-trajectories');
    const lines = () => figure().locator('.picture svg .mark-line path').count();
    // Vega does not keep their order.
    const axis = async () => (await figure().locator('.picture svg .mark-text text').allTextContents()).sort();

    it('hides and shows series', async () => {
      const button = figure().getByRole('button', { name: '‖q′‖' });
      const before = await lines();
      await button.click();
      expect(await button.getAttribute('aria-pressed')).toBe('false');
      expect(await lines()).toBe(before - 1);
      await button.click();
      expect(await lines()).toBe(before);
    });

    it('lets a reader choose another cell', async () => {
      const before = await axis();
      const options = await figure().locator('option').allTextContents();
      expect(options).toHaveLength(6);
      await figure().getByLabel('Cell').selectOption(options[5]);
      expect(await axis()).not.toEqual(before);
    });

    it('zooms and moves by the keyboard, and comes back', async () => {
      const before = await axis();
      await figure().locator('.picture').focus();
      await seen.page.keyboard.press('+');
      const zoomed = await axis();
      expect(zoomed).not.toEqual(before);
      await seen.page.keyboard.press('ArrowRight');
      expect(await axis()).not.toEqual(zoomed);
      await seen.page.keyboard.press('0');
      expect(await axis()).toEqual(before);
    });

    it('says what is pointed at', async () => {
      await figure().locator('.picture').scrollIntoViewIfNeeded();
      await figure().locator('.picture svg .mark-symbol path').nth(12).hover({ force: true });
      await expect.poll(() => seen.page.locator('#told').isVisible()).toBe(true);
      expect(await seen.page.locator('#told').textContent()).toMatch(/step/);
    });

    it('saves the data and the picture', async () => {
      const save = async (name: RegExp) => {
        const [download] = await Promise.all([
          seen.page.waitForEvent('download'),
          figure().getByRole('button', { name }).click(),
        ]);
        return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
      };
      const csv = await save(/CSV/);
      expect(csv.name).toBe('norm-trajectories.csv');
      const { cells } = summaryOf(folder, run);
      const rows = cells.reduce(
        (sum: number, { trajectory }: { trajectory: { step: unknown[] } }) => sum + 2 * trajectory.step.length,
        1,
      );
      expect(csv.text.trim().split('\r\n')).toHaveLength(rows);
      expect(JSON.parse((await save(/JSON/)).text)).toHaveLength(rows - 1);
      expect((await save(/SVG/)).text).toMatch(/^<svg .*<\/svg>$/s);
    });

    it('is printed without buttons', async () => {
      await seen.page.emulateMedia({ media: 'print' });
      expect(await figure().locator('.tools').isVisible()).toBe(false);
      expect(await figure().locator('svg').first().isVisible()).toBe(true);
      await seen.page.emulateMedia({ media: 'screen' });
      expect(seen.complaints).toEqual([]);
    });
  });

  it('shows foreign text and runs none of it', async () => {
    const folder = temporaryFolder();
    const scenario = {
      kind: 'coupled',
      name: 'foreign',
      description: foreignText,
      popularity: { lower: 0.01, upper: 0.02 },
      replicates: 200,
    };
    const run = await runIn(folder, ['run', JSON.stringify(scenario)]);
    await command(['report', run, '--output', 'report.html'], folder);
    await command(['report', run, '--format', 'md', '--output', 'md'], folder);
    // In a fence text is text.
    const outside = readFileSync(join(folder, 'md', 'report.md'), 'utf8').replace(/```text\n.*?\n```\n/s, '');
    expect(outside).not.toMatch(/<script|<img|\[a\]\(b\)/);
    const seen = await see(browser, join(folder, 'report.html'));
    expect(await seen.page.title()).toBe(run.slice('results/'.length));
    expect(await seen.page.locator('script').count()).toBe(2);
    expect(seen.complaints).toEqual([]);
    await seen.close();
  });
});
