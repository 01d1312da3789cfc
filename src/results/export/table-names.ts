/** The tables of a run: for `export` one of them, for `query` all. Apart from the rest, for the command line to load. */
export const tableNames = ['cells', 'long', 'trajectory', 'failures', 'runs'] as const;

export type TableName = (typeof tableNames)[number];
