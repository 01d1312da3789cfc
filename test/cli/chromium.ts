import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Whether pages can be looked at in a real browser; where they must be, the tests fail without. */
export const hasChromium = program !== undefined;
if (!hasChromium && !process.env.CI) console.log('pages were not looked at in a browser: chromium is not installed');

export async function openBrowser(): Promise<Browser> {
  if (program === undefined) throw new Error('chromium is not installed, and CI is set: pages must be looked at');
  return chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
}

/** A page as somebody sees it, and all that went wrong in it. */
export interface SeenPage {
  readonly page: Page;
  /** What the console says, errors, and requests that leave the file. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens a file, offline, and waits until its pictures are live. */
export async function see(
  browser: Browser,
  file: string,
  { width = 1280, dark = false }: { width?: number; dark?: boolean } = {},
): Promise<SeenPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    offline: true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('blob:')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('.picture:not([data-live])') === null);
  return { page, complaints, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds fault with, a line each. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's policy would not let it run.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }).axe.run({
      resultTypes: ['violations'],
    }),
  );
  return violations.map(({ id, impact, nodes }) => `${impact}: ${id} in ${nodes[0].html.slice(0, 120)}`);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}
