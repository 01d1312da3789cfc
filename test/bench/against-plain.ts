import type { Contests } from './contest.ts';
import { ourSide } from './our-side.ts';
import { kernelName, pairParameters, timedPoints } from './points.ts';

/** The kernels against their plain twins. */
export const againstPlain: Contests = () =>
  timedPoints.map(([gain, point]) => {
    const pair = pairParameters(point, gain);
    return {
      kernel: kernelName(gain),
      point: point.name,
      contender: 'plain',
      unit: 'ns/pair',
      ours: ourSide({ pair, kernel: 'auto' }),
      theirs: ourSide({ pair, kernel: 'plain' }),
      ...(gain === 'constant' && { exact: point.exact }),
    };
  });
