import type { RunReport } from '../report.ts';

/** A file of a report in a folder. */
export interface ReportFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What a figure's files are called, without what says their format. */
export function fileStem(runs: readonly RunReport[], run: number, figure: string): string {
  return runs.length === 1 ? figure : `run-${run + 1}-${figure}`;
}
