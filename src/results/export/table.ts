/** What a table's cell may hold. */
export type Value = number | string | boolean | null;

/** Named values of a row, in order. */
type Fields = Readonly<Record<string, Value>>;

/** A row as it is made: the cell that it is of, and what is said of it. */
export interface MadeRow {
  readonly place: Fields;
  readonly values: Fields;
}

export interface Column {
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'text';
}

/** A table: its columns, and its rows as values in their order. */
export interface Table {
  readonly columns: readonly Column[];
  /** Reads the rows anew each time, so that no table need fit into memory. */
  rows(): AsyncIterable<readonly Value[]>;
}

/** Columns that a table has though no row may hold them. */
export interface KnownColumns {
  /** Those that name the cell. */
  readonly place: readonly Column[];
  readonly values: readonly Column[];
}

/**
 * A table of rows that need not have the same fields: its columns are those of any row, in the order in which they first
 * appear, those that name the cell before the others; null where a row has none. A column of numbers here and text there is
 * one of text.
 *
 * @param make makes the rows, the same each time: they are read once for the columns, and again whenever they are wanted
 * @param known columns that are there even where there is no row, before the others
 */
export async function tableOf(make: () => AsyncIterable<MadeRow>, known: KnownColumns = none): Promise<Table> {
  const places = kindsOf(known.place);
  const values = kindsOf(known.values);
  for await (const row of make()) {
    note(places, row.place);
    note(values, row.values);
  }
  for (const name of places.keys()) values.delete(name);
  const columns = [...places, ...values].map(([name, kinds]) => ({ name, type: columnType(kinds) }));
  return {
    columns,
    async *rows() {
      for await (const { place, values } of make()) {
        yield columns.map(({ name, type }) => {
          const value = (Object.hasOwn(place, name) ? place[name] : values[name]) ?? null;
          return type === 'text' && value !== null ? String(value) : value;
        });
      }
    },
  };
}

/** A table of rows that are there already, of values that may be missing: its columns are those of any row. */
export function tableOfRows(rows: readonly Fields[]): Promise<Table> {
  return tableOf(async function* () {
    for (const values of rows) yield { place: {}, values };
  });
}

const none: KnownColumns = { place: [], values: [] };

/** Which kinds of values each column holds. */
function kindsOf(columns: readonly Column[]): Map<string, Set<string>> {
  return new Map(columns.map(({ name, type }) => [name, new Set([type === 'text' ? 'string' : type])]));
}

function note(kinds: Map<string, Set<string>>, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const seen = kinds.get(name) ?? new Set();
    kinds.set(name, seen);
    if (value !== null) seen.add(typeof value);
  }
}

/** A column that holds nothing at all is one of numbers. */
function columnType(kinds: ReadonlySet<string>): Column['type'] {
  if (kinds.size > 1 || kinds.has('string')) return 'text';
  return kinds.has('boolean') ? 'boolean' : 'number';
}
