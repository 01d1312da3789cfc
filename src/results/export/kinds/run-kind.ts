import type { z } from 'zod';
import type { Column, MadeRow } from '../table.ts';

/** The tables that are made of a run's cells. */
type CellTable = 'cells' | 'long' | 'trajectory';

/** How the cells of one kind of run become rows. The rows' place lacks the run: see `runTable`. */
export interface RunKind<Cell = unknown> {
  /** What holds such a run's cells in the plan of its manifest. */
  readonly name: string;
  /** What `summary.json` must hold of a cell. */
  readonly cell: z.ZodType<Cell>;
  /** What names a row in all tables, beside what was swept. */
  readonly place: readonly Column[];
  /** Columns that a table has though there be no row. */
  readonly columns: Readonly<Record<CellTable, readonly Column[]>>;
  /** A row a cell; a row a training, where a cell has several. */
  cells(cell: Cell): Iterable<MadeRow>;
  /** A row a cell and quantity. */
  long(cell: Cell): Iterable<MadeRow>;
  /** A row a cell and recorded step. */
  trajectory(cell: Cell): Iterable<MadeRow>;
}

/** Columns of numbers. */
export function numbers(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, type: 'number' }));
}

/** A column of text. */
export function text(name: string): Column {
  return { name, type: 'text' };
}

/** The columns of a long table. */
export const longColumns = [text('quantity'), ...numbers('estimate', 'standardError', 'exact', 'zScore')];

/** Fields in an order of importance: those that are named, as far as there are any, before the others. */
export function withFirst(names: readonly string[], fields: MadeRow['values']): MadeRow['values'] {
  const first = names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]);
  return { ...Object.fromEntries(first), ...fields };
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
