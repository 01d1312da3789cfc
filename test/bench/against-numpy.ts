import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childSide } from './child-side.ts';
import type { Contests } from './contest.ts';
import { type Form, ourHalf } from './forms.ts';
import { type Point, pointA, pointB, pointC } from './points.ts';

const program = (name: string) => ['python3', fileURLToPath(new URL(name, import.meta.url))];

/** Theirs is the fastest form for the same result: it need not be ours. */
const timed: readonly (readonly [ours: Form, point: Point, theirs: Form, tuned: Form])[] = [
  ['events', pointA, 'steps', 'events'],
  ['events', pointB, 'events', 'events'],
  ['events', pointC, 'steps', 'steps'],
  ['steps', pointC, 'steps', 'steps'],
  ['shared', pointA, 'shared', 'shared'],
  ['shared', pointB, 'shared', 'shared'],
  ['own', pointA, 'own', 'own'],
  ['own', pointB, 'own', 'own'],
];

/** What only a few seconds of NumPy can do for many pairs. */
const isSlow = (form: Form, point: Point) => point === pointB && (form === 'shared' || form === 'own');

/**
 * The kernels against NumPy: `numpy` as a researcher would write it, `numpy-tuned` with what can be had for more trouble and
 * fewer digits.
 */
export const againstNumpy: Contests = (options) => {
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) {
    return [{ contender: 'numpy', skipped: 'python3 has no numpy' }];
  }
  // Enough to hide the interpreter and the first, slow pass through the vectors.
  const theirPairs = options.isQuick ? 2 ** 12 : 2 ** 14;
  const walks = timed
    .filter(([form, point]) => !options.isQuick || !isSlow(form, point))
    .flatMap(([form, point, theirs, tuned]) => [
      {
        ...ourHalf(form, point, options),
        contender: 'numpy',
        theirs: childSide(program('reference.py'), theirs, point),
      },
      {
        ...ourHalf(form, point, options),
        contender: 'numpy-tuned',
        theirs: childSide(program('reference-tuned.py'), tuned, point),
      },
    ]);
  const counts = [pointA, pointB, pointC].map((point) => ({
    ...ourHalf('counts', point, options),
    contender: 'numpy',
    theirs: childSide(program('reference.py'), 'counts', point),
  }));
  return [...walks.map((contest) => ({ ...contest, theirPairs })), ...counts];
};
