import { cellName } from '../sources/cell-name.ts';
import type { Choice } from './figure.ts';

/** A reader's choice among the cells that are shown one by one; null where there is one. */
export function cellChoice(cells: readonly { readonly swept: Parameters<typeof cellName>[0] }[]): Choice | null {
  return cells.length < 2 ? null : { label: 'Cell', options: cells.map(({ swept }) => cellName(swept)) };
}
