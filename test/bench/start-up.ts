import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contests, Side } from './contest.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The command from its start to the end of a scenario of one pair, against Node doing nothing. Wall time. */
export const startUp: Contests = () => {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const wallTime = (words: readonly string[]): Side => {
    return () => {
      const start = performance.now();
      execFileSync(process.execPath, words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
      return { cost: (performance.now() - start) / 1e3 };
    };
  };
  return [
    {
      kernel: 'start-up',
      point: null,
      contender: 'node -e 0',
      unit: 's wall',
      ours: wallTime([main, 'run', 'toy-steps', '--replicates', '1', '--quiet', '--fresh']),
      theirs: wallTime(['-e', '0']),
      pairs: 1,
    },
  ];
};
