import type { Ordeal } from '../ordeal.ts';
import { damagedBytes } from './damage/damaged-bytes.ts';
import { damagedJournals } from './damage/damaged-journals.ts';
import { fullDisk } from './disk/full-disk.ts';
import { hinderedDisk } from './disk/hindered-disk.ts';
import { closedOutputs } from './signals/closed-outputs.ts';
import { signals } from './signals/signals.ts';
import { terminals } from './signals/terminals.ts';
import { twoWriters } from './writers/two-writers.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [
  damagedBytes,
  damagedJournals,
  fullDisk,
  hinderedDisk,
  twoWriters,
  signals,
  closedOutputs,
  terminals,
];
