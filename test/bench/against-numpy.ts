import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childSide } from './child-side.ts';
import type { Contest, Contests } from './contest.ts';
import { ourSide } from './our-side.ts';
import { kernelName, pairParameters, pointA, pointB, pointC, timedPoints } from './points.ts';

const command = ['python3', fileURLToPath(new URL('reference.py', import.meta.url))];

/** The kernels against NumPy; `numpy-counts` is its best form for a constant gain, a draw of the final counts alone. */
export const againstNumpy: Contests = ({ isQuick }) => {
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) {
    return [{ contender: 'numpy', skipped: 'python3 has no numpy' }];
  }
  const stepping = timedPoints.map(
    ([gain, point]): Contest => ({
      kernel: kernelName(gain),
      point: point.name,
      contender: 'numpy',
      unit: 'ns/pair',
      ours: ourSide({ pair: pairParameters(point, gain), kernel: 'auto' }),
      theirs: childSide(command, gain, point),
      // Vectors long enough to hide the interpreter, short enough for the cache.
      theirPairs: isQuick ? 1024 : 8192,
      ...(gain === 'constant' && { exact: point.exact }),
    }),
  );
  const counting = (isQuick ? [pointA] : [pointA, pointB, pointC]).flatMap((point): Contest[] => {
    const pair = pairParameters(point, 'constant');
    const theirs = childSide(command, 'counts', point);
    const shared = {
      point: point.name,
      unit: 'ns/pair',
      theirs,
      theirPairs: isQuick ? 2 ** 14 : 2 ** 18,
      exact: point.exact,
    };
    return [
      { ...shared, kernel: 'events', contender: 'numpy-counts', ours: ourSide({ pair, kernel: 'auto' }) },
      { ...shared, kernel: 'counts', contender: 'numpy', ours: ourSide({ pair, kernel: 'auto', coupling: 'counts' }) },
    ];
  });
  return [...stepping, ...counting];
};
