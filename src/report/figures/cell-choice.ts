import type { NameOf } from '../sources/cell-name.ts';
import type { Choice } from './figure.ts';

/** A reader's choice among the cells that are shown one by one; null where there is one. */
export function cellChoice(cells: readonly Parameters<NameOf>[0][], nameOf: NameOf): Choice | null {
  return cells.length < 2 ? null : { label: 'Cell', options: cells.map(nameOf) };
}
