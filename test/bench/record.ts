import type { Contests } from './contest.ts';
import { ourSide } from './our-side.ts';
import { pairParameters, pointA } from './points.ts';

/** What it costs to record 100 points of a trajectory. */
export const record: Contests = () => {
  const pair = pairParameters(pointA, 'shared');
  return [
    {
      kernel: 'record',
      point: pointA.name,
      contender: 'no-record',
      unit: 'ns/pair',
      ours: ourSide({ pair, kernel: 'auto', recordedPoints: 100 }),
      theirs: ourSide({ pair, kernel: 'auto' }),
    },
  ];
};
