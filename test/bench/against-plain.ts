import type { Contests } from './contest.ts';
import { type Form, ourHalf, plainTwin } from './forms.ts';
import { type Point, pointA, pointB, pointC } from './points.ts';

const timed: readonly (readonly [Form, Point])[] = [
  ['slots', pointA],
  ['steps', pointC],
  ['events', pointA],
  ['events', pointB],
  ['events', pointC],
  ['counts', pointA],
  ['shared', pointA],
  ['shared', pointB],
  ['own', pointA],
  ['own', pointB],
];

/** The kernels against their plain twins. */
export const againstPlain: Contests = (options) =>
  timed.map(([form, point]) => ({
    ...ourHalf(form, point, options),
    contender: 'plain',
    theirs: plainTwin(form, point),
  }));
