import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childSide } from './child-side.ts';
import type { Contests } from './contest.ts';
import { ourSide } from './our-side.ts';
import { kernelName, pairParameters, timedPoints } from './points.ts';

/** The kernels against C with the machine's own vectors. */
export const againstC: Contests = () => {
  const program = compile();
  if ('skipped' in program) return [{ contender: 'c', skipped: program.skipped }];
  return timedPoints.map(([gain, point]) => ({
    kernel: kernelName(gain),
    point: point.name,
    contender: 'c',
    unit: 'ns/pair',
    ours: ourSide({ pair: pairParameters(point, gain), kernel: 'auto' }),
    theirs: childSide([program.path], gain, point),
    ...(gain === 'constant' && { exact: point.exact }),
  }));
};

function compile(): { path: string } | { skipped: string } {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'reference');
  const source = fileURLToPath(new URL('reference.c', import.meta.url));
  const words = ['-O3', '-march=native', '-fno-math-errno', '-o', path, source, '-lm'];
  const { error, status, stderr } = spawnSync('gcc', words, { encoding: 'utf8' });
  if (error !== undefined) return { skipped: 'there is no gcc' };
  return status === 0 ? { path } : { skipped: `gcc could not compile reference.c: ${stderr.split('\n')[0]}` };
}
