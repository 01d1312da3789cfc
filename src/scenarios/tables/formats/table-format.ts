/** How a table is laid out, where its header does not tell. */
export interface TableOptions {
  /** The header's name of the column of users. */
  readonly userColumn?: string | undefined;
  /** The header's name of the column of items. */
  readonly itemColumn?: string | undefined;
}

/** The interactions of a row: a user and the items that the row says they met, at least one. */
interface Row {
  readonly user: string;
  readonly items: readonly string[];
}

/** What was expected of a line, and what came. */
export interface Fault {
  readonly fault: string;
}

/** Reads a row. Never called for blank lines. */
export type ReadRow = (text: string, lineNumber: number) => Row | Fault;

/** A layout that user–item tables come in. Names of users and items are trimmed in all of them. */
export interface TableFormat {
  readonly name: string;
  /** @param first the first line that is not blank */
  open(first: string, options: TableOptions): OpenedTable | Fault;
}

interface OpenedTable {
  readonly read: ReadRow;
  /** Whether the first line is a header, and no row. */
  readonly hasHeader: boolean;
}
