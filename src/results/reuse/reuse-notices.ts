import { contrastDifference } from '../difference.ts';
import type { RunFolder } from '../run-folder.ts';
import type { Misfits, Reuse } from './reuse.ts';

/** What a person is told: what is reused from where, and why the rest is computed. Nothing where there was nothing to reuse. */
export function reuseNotices(reuse: Reuse, { path, status }: Pick<RunFolder, 'path' | 'status'>): string[] {
  const damaged = reuse.damaged.map(({ path: of, problem }) => `${of}: nothing is reused of it: ${problem}`);
  const taken = takenNotice(reuse, path);
  // Of a resumed run the rest was told when it began.
  const rest = status === 'new' && reuse.missing > 0 ? restNotices(reuse, path) : [];
  return [...damaged, ...taken, ...rest];
}

/** So many folders are named. */
const mostNamed = 3;

function takenNotice({ taken, blocks, isAtMost }: Reuse, path: string): string[] {
  if (taken.length === 0) return [];
  const all = taken.reduce((sum, run) => sum + run.blocks, 0);
  const named = taken.slice(0, mostNamed).map((run) => `${run.blocks} from ${run.path}`);
  const others = taken.length > mostNamed ? [`the others from ${taken.length - mostNamed} more folders`] : [];
  return [
    `${path}: ${all} of ${isAtMost ? 'at most ' : ''}${counted(blocks, 'block')} reused: ${[...named, ...others].join(', ')}`,
  ];
}

function restNotices(reuse: Reuse, path: string): string[] {
  const { newCells, extendedCells, otherLengths, isAnyKnown, otherProgram, otherCells, notLookedInto } = reuse;
  const parts = [
    ...(extendedCells > 0 ? [`the missing blocks of ${counted(extendedCells, 'known cell')}`] : []),
    ...(newCells > 0 ? [counted(newCells, 'new cell')] : []),
  ];
  return [
    `${path}: computed: ${parts.join(' and ')}${lengthsNotice(otherLengths)}`,
    ...misfitNotice(otherProgram, 'of another program'),
    // Beside cells that are known, others that are not need no reason.
    ...misfitNotice(isAnyKnown ? null : otherCells, 'no cell is the same'),
    ...(notLookedInto > 0 ? [`${path}: ${counted(notLookedInto, 'older run')} of the scenario not looked into`] : []),
  ];
}

/** Why blocks that lie there are not taken. */
function lengthsNotice(count: number): string {
  if (count === 0) return '';
  const lie = count === 1 ? '1 of the blocks lies' : `${count} of the blocks lie`;
  return `; ${lie} there with another number of replicates, and a block is reused whole or not at all`;
}

/** One line for all runs that differ in a way: about the newest. */
function misfitNotice(misfits: Misfits | null, what: string): string[] {
  if (misfits === null) return [];
  const { count, path, differences } = misfits;
  const others = count === 1 ? '' : ` (and ${count - 1} more)`;
  const more = differences.length <= 1 ? '' : ` (and ${differences.length - 1} more)`;
  return [
    `${path}${others}: nothing is reused, ${what}: ${contrastDifference(differences[0], 'there', 'here')}${more}`,
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
