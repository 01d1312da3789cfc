import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contests } from './contest.ts';

const program = fileURLToPath(new URL('memory-growth.ts', import.meta.url));

/** How far a process grows while it folds a million pairs, once it is warm. It has no rival. */
export const memory: Contests = ({ isQuick }) => [
  {
    kernel: 'memory',
    point: 'A',
    contender: null,
    unit: 'MiB',
    ours: (pairs) => ({ cost: Number(execFileSync(process.execPath, [program, String(pairs)], { encoding: 'utf8' })) }),
    theirs: null,
    pairs: isQuick ? 1e5 : 1e6,
  },
];
