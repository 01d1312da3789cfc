import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const hook = fileURLToPath(new URL('fixtures/list-packages.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'norm-growth-packages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages that a command has loaded when it ends. */
function packagesOf(...words: string[]): string[] {
  const list = join(folder, 'packages.txt');
  const environment = { ...process.env, LIST_PACKAGES: list };
  const options = { encoding: 'utf8', cwd: folder, stdio: 'pipe', env: environment } as const;
  execFileSync(process.execPath, ['--import', hook, main, ...words], options);
  return readFileSync(list, 'utf8').split(' ');
}

describe('a command loads only what it needs', () => {
  const slow = [
    'ink',
    'react',
    'asciichart',
    'cli-progress',
    'yaml',
    'hyparquet-writer',
    'piscina',
    'vega',
    'vega-lite',
    '@duckdb/node-api',
  ];

  it.each([['--help'], ['--version'], ['schema']])('%s: no dashboard, no charts, no YAML, no pool', (...words) => {
    expect(packagesOf(...words).filter((name) => slow.includes(name))).toEqual([]);
  });

  it('run --format json --quiet: YAML, but no dashboard, no charts, no progress, and no pool for a short run', () => {
    const packages = packagesOf('run', 'toy-steps', '--replicates', '1', '--quiet', '--format', 'json');
    expect(packages).toContain('yaml');
    expect(packages.filter((name) => slow.includes(name))).toEqual(['yaml']);
  });

  it('run of trainings: Vega where they are in the plane, and only there', () => {
    const words = ['run', 'experiments/01-embedding', '--set', 'epochs=1', '--workers', '0', '--quiet'];
    const drawing = (...more: string[]) => packagesOf(...words, ...more).filter((name) => name.startsWith('vega-lite'));
    expect(drawing()).toEqual(['vega-lite']);
    expect(drawing('--set', 'dimension=3')).toEqual([]);
    // Shown again.
    expect(drawing()).toEqual([]);
  });

  it('export: no DuckDB; query: DuckDB in a process of its own only', () => {
    packagesOf('run', 'toy-steps', '--replicates', '1', '--quiet');
    const run = join('results', readdirSync(join(folder, 'results')).find((name) => name.startsWith('toy-steps--'))!);
    expect(packagesOf('export', run).filter((name) => slow.includes(name))).toEqual(['hyparquet-writer']);
    expect(packagesOf('query', run, 'FROM runs')).not.toContain('@duckdb/node-api');
  });

  it('run: charts, because it draws some', () => {
    expect(packagesOf('run', 'toy-steps', '--replicates', '1', '--quiet')).toContain('asciichart');
  });
});
