import type { Contest, Options } from './contest.ts';
import { ourSide } from './our-side.ts';
import { type GainName, type Point, pairParameters } from './points.ts';

/** What both sides of a contest simulate: a coupling with a constant gain, or events with an AR(1) gain. */
export type Form = 'slots' | 'steps' | 'events' | 'counts' | 'shared' | 'own';

/** What a form is to us: the row's name, the coupling and the gain. */
const ours: Record<Form, readonly [kernel: string, coupling: 'slots' | 'steps' | 'events' | 'counts', gain: GainName]> =
  {
    slots: ['slots', 'slots', 'constant'],
    steps: ['steps', 'steps', 'constant'],
    events: ['events', 'events', 'constant'],
    counts: ['counts', 'counts', 'constant'],
    shared: ['events-ar-shared', 'events', 'shared'],
    own: ['events-ar-own', 'events', 'own'],
  };

type OurHalf = Pick<Contest, 'kernel' | 'point' | 'unit' | 'ours' | 'exact' | 'pairs'>;

/**
 * Our half of a contest about a form.
 *
 * The means of the AR(1) gains are not known exactly. The kernel's are held against those of its plain twin, of C and of
 * NumPy in turn: three programs that share nothing with it but the law, so that a row fails where any of them is wrong.
 */
export function ourHalf(form: Form, point: Point, { isQuick }: Options): OurHalf {
  const [kernel, coupling, gain] = ours[form];
  return {
    kernel,
    point: point.name,
    unit: 'ns/pair',
    ours: ourSide({ pair: pairParameters(point, gain), coupling, kernel: 'auto' }),
    ...(gain === 'constant' && { exact: point.exact }),
    // As many as a user would ask for, since each side makes its tables for them.
    ...(form === 'counts' && { pairs: isQuick ? 2 ** 16 : 2 ** 20 }),
  };
}

/** The plain twin of our half. */
export function plainTwin(form: Form, point: Point) {
  const [, coupling, gain] = ours[form];
  return ourSide({ pair: pairParameters(point, gain), coupling, kernel: 'plain' });
}
