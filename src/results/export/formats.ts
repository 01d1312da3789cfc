/** What `export` can write; apart from the writers, so that the command line is parsed without loading them. */
export const exportFormats = ['csv', 'json', 'markdown', 'parquet'] as const;

export type ExportFormat = (typeof exportFormats)[number];
