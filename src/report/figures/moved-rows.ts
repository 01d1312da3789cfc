import { matrixOf, rowOf } from '../../maths/matrix.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import type { Interactions } from '../../trainer/data-sets/interactions.ts';
import { displacements } from '../../trainer/displacement.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { formatCount, formatSignificant } from '../format-number.ts';

/** A recorded step of a training. */
export type StepRecord = TrainingSummary['records'][number];

/** What the rows of a training are called, and how often each item was met. */
export interface Names extends Pick<Interactions, 'users' | 'items'> {
  readonly popularity: readonly number[];
}

/** Where one row of a side was before a step, and where after it; numbers to be read are texts. */
export interface MovedRow {
  readonly side: 'user' | 'item';
  /** Foreign text, made safe to show. */
  readonly id: string;
  readonly popularity: string;
  readonly from: { readonly x: number; readonly y: number; readonly norm: number };
  readonly to: { readonly x: number; readonly y: number; readonly norm: number };
  /** cos(Δ, q); null for a row that did not move, and at the origin. */
  readonly cosine: number | null;
  readonly hasMoved: boolean;
}

/** What stands where there is no number. */
export const none = '–';

/** More points than this on a side are a cloud in which no arrow can be told from another. */
export const mostRows = 1000;

/**
 * The rows of both sides in a step of a training in the plane; empty unless d = 2.
 *
 * @param most rows of each side, evenly spaced
 */
export function movedRows({ picture }: StepRecord, names: Names, most = mostRows): MovedRow[] {
  if (picture === null) return [];
  const popularity = names.popularity.map(formatCount);
  return [
    ...sideRows('user', picture.user, names.users, [], most),
    ...sideRows('item', picture.item, names.items, popularity, most),
  ];
}

/** Those of so many rows that are drawn. */
function drawnRows(rows: number, most: number): number[] {
  const count = Math.min(rows, most);
  return Array.from({ length: count }, (_, index) => Math.floor((index * rows) / count));
}

function sideRows(
  side: MovedRow['side'],
  move: { readonly from: readonly number[]; readonly to: readonly number[] },
  ids: readonly string[],
  popularity: readonly string[],
  most: number,
): MovedRow[] {
  const rows = move.from.length / 2;
  const [before, after] = [matrixOf(rows, 2, move.from), matrixOf(rows, 2, move.to)];
  const moved = new Map(displacements(before, after).map((displacement) => [displacement.row, displacement]));
  const pointOf = ([x, y]: Float64Array) => ({ x, y, norm: Math.hypot(x, y) });
  return drawnRows(rows, most).map((row) => {
    const cosine = moved.get(row)?.cosine ?? Number.NaN;
    return {
      side,
      id: visibleText(ids[row] ?? String(row + 1)),
      popularity: popularity[row] ?? none,
      from: pointOf(rowOf(before, row)),
      to: pointOf(rowOf(after, row)),
      cosine: Number.isFinite(cosine) ? cosine : null,
      hasMoved: moved.has(row),
    };
  });
}

/** What is said of a row where it is pointed at. */
export function rowLabels({ id, popularity, from, to, cosine, hasMoved }: MovedRow): Record<string, string> {
  return {
    id,
    popularity,
    'norm before': formatSignificant(from.norm, 5),
    'norm after': formatSignificant(to.norm, 5),
    'cos(Δ, q)': cosine === null ? (hasMoved ? none : 'did not move') : formatSignificant(cosine, 2),
  };
}
