import type { Table, Value } from '../export/table.ts';

/** What a query's process is to do, sent to it first. */
export interface QueryRequest {
  readonly folders: readonly string[];
  readonly sql: string;
  /** Memory that the answer may take beside the tables. */
  readonly mostBytes: number;
}

/** What a query's process is sent whenever more is wanted. */
export type QueryMessage = QueryRequest | 'more';

/** What a query's process answers: first what the result is, then its rows piece by piece, none at its end. */
export type QueryAnswer =
  | { readonly columns: Table['columns']; readonly metadata: Readonly<Record<string, string>> }
  | { readonly rows: readonly (readonly Value[])[] }
  /** What a user can put right. */
  | { readonly refusal: string }
  | { readonly limit: 'memory' }
  | { readonly defect: string };
