import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

/**
 * Loading a module takes Node a third of a millisecond, and these packages with ours are some four hundred: bundled, a
 * command starts in three quarters of the time. Other packages stay outside, for npm to share.
 */
const bundled = ['zod', 'yaml', 'commander', 'csv-parse'];

/** The modules that are files of their own in dist/: what package.json exports, and what threads and processes start with. */
const entries = [
  'cli/main',
  'index',
  'testing/index',
  'testing/vitest',
  'engine/worker',
  'trainer/worker',
  'results/recordings/worker',
  'results/query/query-process',
];

const node = defineConfig({
  input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  logLevel: 'warn',
  external: (name) => /^[^./]/.test(name) && !bundled.some((own) => name === own || name.startsWith(`${own}/`)),
  plugins: [
    {
      name: 'licences of what is bundled',
      generateBundle() {
        const texts = bundled.map((name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`);
        this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join('\n\n') });
      },
    },
  ],
  output: {
    dir: 'dist',
    cleanDir: true,
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      // Each in a file under its own name, so that a test sees which command loads it.
      groups: bundled.map((name) => ({ name, test: new RegExp(`/node_modules/${name}/`) })),
    },
  },
});

/** What a page of pictures runs, with Vega's runtime in it: one script, which is put into the page. */
const page = defineConfig({
  input: 'src/report/page/browser.ts',
  platform: 'browser',
  logLevel: 'warn',
  output: { file: 'dist/report/page/browser.js', format: 'iife', minify: true },
});

export default [node, page];
