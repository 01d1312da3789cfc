import { shellQuoted } from '../report/shell-quoted.ts';
import { firstViolationOf } from './first-violation.ts';
import type { Snapshot } from './snapshot.ts';

/** The command that shows a cell's first violated pair again, or its first pair; null where no run folder keeps it. */
export function replayLine(snapshot: Snapshot, cell: number): string | null {
  const { folder } = snapshot.facts;
  if (folder === null) return null;
  const word = /^[\w./-]+$/.test(folder) && !folder.startsWith('-') ? folder : shellQuoted(folder);
  const pair = firstViolationOf(snapshot, cell)?.replicate ?? 0;
  return `norm-growth replay ${word} --cell ${cell} --pair ${pair}`;
}
