import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const nodeFolder = fileURLToPath(new URL('../node_modules/node/bin', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'norm-growth-package-'));
afterAll(() => rmSync(project, { recursive: true, force: true }), 60_000);

/** As whoever installs the package would, with nothing of this repository on the way but its Node. */
function run(program: string, ...words: string[]): string {
  const { NODE_PATH: _path, ...env } = process.env;
  const own = Object.entries(env).filter(([name]) => !/^npm_(lifecycle|package|command|config_local)/.test(name));
  return execFileSync(program, words, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(own), PATH: `${nodeFolder}:${process.env.PATH}` },
  });
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}
let packed: Packed;

beforeAll(() => {
  // Without its scripts: the build is there, and other tests run it.
  const words = ['pack', root, '--ignore-scripts', '--json', '--pack-destination', project];
  const answer = JSON.parse(run('npm', ...words));
  // A list in npm 11, a mapping from names later.
  packed = Object.values<Packed>(answer)[0];
  writeFileSync(join(project, 'package.json'), '{"name": "another", "private": true, "type": "module"}');
  run('npm', 'install', `./${packed.filename}`, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
}, 240_000);

describe('the package', () => {
  it('holds the build, the scenarios and three texts, and no test, source or map', () => {
    const paths = packed.files.map(({ path }) => path);
    const known = /^(dist\/.+\.(js|d\.ts|wasm)|dist\/LICENSES\.txt|scenarios\/.+\.(yaml|json|csv|sh|sbatch))$/;
    const texts = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(paths.filter((path) => !known.test(path)).sort()).toEqual(texts);
    expect(paths.filter((path) => /\.test\.|\.map$|^dist\/types\/(cli|dashboard|report)\//.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(1_100_000);
  });

  it('has every file of the build that it names', () => {
    const installed = join(project, 'node_modules/norm-growth');
    const { exports, bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const named = [
      ...Object.values(exports).flatMap((of) => (typeof of === 'string' ? of : Object.values(of!))),
      ...Object.values(bin),
    ];
    expect(named.filter((path) => !existsSync(join(installed, path as string)))).toEqual([]);
  });

  it('npx norm-growth tells its version, lists scenarios, and runs one', () => {
    expect(run('npx', 'norm-growth', '--version').trim()).toBe(
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    );
    expect(run('npx', 'norm-growth', 'list')).toContain('coupled-pair');
    const told = run('npx', 'norm-growth', 'run', 'toy-steps', '--replicates', '2000', '--quiet', '--workers', '2');
    expect(told).toContain('✓');
    expect(readdirSync(join(project, 'results'))).toHaveLength(1);
  });

  it('simulates and checks from a script', () => {
    const script = `
      import { sweep } from 'norm-growth';
      import { assertOrderKept } from 'norm-growth/testing';
      const pair = { popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 100 };
      for await (const cell of sweep({ ...pair, replicates: 1000, sweep: { learningRate: [1, 2] } }, { workers: 2 }))
        console.log(cell.index, cell.failure ?? cell.norm.difference.mean > 0);
      await assertOrderKept(pair);
      console.log('kept');`;
    const lines = run('node', '--input-type=module', '--eval', script).trim().split('\n');
    expect(lines.sort()).toEqual(['0 true', '1 true', 'kept']);
  });

  describe('has types', () => {
    const correct = `
import { type SweptCell, simulate, sweep } from 'norm-growth';
import { assertOrderKept } from 'norm-growth/testing';

const pair = { popularity: { lower: 0.02, upper: 0.04 }, replicates: 1000 } as const;
const { norm } = await simulate(pair);
const mean: number = norm.difference.mean;
const cells: SweptCell[] = [];
for await (const cell of sweep({ ...pair, sweep: { learningRate: [1, 2] } })) cells.push(cell);
await assertOrderKept({ popularity: pair.popularity, batchSize: 16, steps: 100 });
export { cells, mean };
`;
    const check = (moduleResolution: string, source: string) => {
      const folder = join(project, moduleResolution);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'script.ts'), source);
      const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'es2024', lib: ['es2024', 'esnext.iterator', 'dom'] },
        ...{ strict: true, skipLibCheck: false, noEmit: true, types: [] },
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['script.ts'] }));
      try {
        return run(join(root, 'node_modules/.bin/tsc'), '--project', folder);
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    };

    it.each(['nodenext', 'bundler'])('under %s, of libraries checked, too', (resolution) => {
      expect(check(resolution, correct)).toBe('');
    });

    it('that refuse a field that a pair does not have', () => {
      expect(check('nodenext', correct.replace('lower: 0.02', 'below: 0.02'))).toContain("'lower' is missing");
    });
  });
});
