import type { z } from 'zod';
import type { MadeRow } from '../table.ts';

/** How the cells of one kind of run become rows. The rows' place lacks the run: see `runTable`. */
export interface RunKind<Cell = unknown> {
  /** What holds such a run's cells in the plan of its manifest. */
  readonly name: string;
  /** What `summary.json` must hold of a cell. */
  readonly cell: z.ZodType<Cell>;
  /** A row a cell; a row a training, where a cell has several. */
  cells(cell: Cell): Iterable<MadeRow>;
  /** A row a cell and quantity. */
  long(cell: Cell): Iterable<MadeRow>;
  /** A row a cell and recorded step. */
  trajectory(cell: Cell): Iterable<MadeRow>;
}

/** One quantity of a cell, as the long table has it; null where it is not known. */
interface Quantity {
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly exact: number | null;
  readonly zScore: number | null;
}

/** A row of the long table. */
export function quantityRow(place: MadeRow['place'], quantity: string, known: Partial<Quantity>): MadeRow {
  const { estimate = null, standardError = null, exact = null, zScore = null, ...more } = known;
  return { place, values: { quantity, estimate, standardError, exact, zScore, ...more } };
}

/** A share of independent pairs, with the standard error of a binomial share; null of none. */
export function shareOf(pairs: number, of: number): Partial<Quantity> {
  if (of === 0) return {};
  const share = pairs / of;
  return { estimate: share, standardError: Math.sqrt((share * (1 - share)) / of) };
}
