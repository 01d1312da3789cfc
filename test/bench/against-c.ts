import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childSide } from './child-side.ts';
import type { Contests } from './contest.ts';
import { type Form, ourHalf } from './forms.ts';
import { type Point, pointA, pointB, pointC } from './points.ts';

const timed: readonly (readonly [Form, Point])[] = [
  ['slots', pointA],
  ['steps', pointC],
  ['steps', pointA],
  ['events', pointA],
  ['events', pointB],
  ['events', pointC],
  ['counts', pointA],
  ['counts', pointB],
  ['counts', pointC],
  ['shared', pointA],
  ['shared', pointB],
  ['own', pointA],
  ['own', pointB],
];

/** The forms that C also has with gaps and jumps in single precision. */
const singleForms: readonly Form[] = ['events', 'shared', 'own'];

/**
 * The kernels against C with the machine's own vectors: `c` decides what 32 bits can decide and keeps to doubles, `c-single`
 * gives up digits for speed.
 */
export const againstC: Contests = (options) => {
  const program = compile();
  if ('skipped' in program) return [{ contender: 'c', skipped: program.skipped }];
  return timed.flatMap(([form, point]) => {
    const contest = (contender: string, theirForm: string) => ({
      ...ourHalf(form, point, options),
      contender,
      theirs: childSide([program.path], theirForm, point),
    });
    const inSingle = singleForms.includes(form) ? [contest('c-single', `${form}-single`)] : [];
    return [contest('c', form), ...inSingle];
  });
};

function compile(): { path: string } | { skipped: string } {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'reference');
  const source = fileURLToPath(new URL('c/', import.meta.url));
  const files = readdirSync(source).filter((name) => name.endsWith('.c'));
  const words = ['-O3', '-march=native', '-fno-math-errno', '-o', path, ...files, '-lm'];
  const { error, status, stderr } = spawnSync('gcc', words, { cwd: source, encoding: 'utf8' });
  if (error !== undefined) return { skipped: 'there is no gcc' };
  return status === 0 ? { path } : { skipped: `gcc could not compile the yardstick: ${stderr.split('\n')[0]}` };
}
