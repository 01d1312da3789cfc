import { join } from 'node:path';
import type { z } from 'zod';
import type { Json } from '../random/canonical-json.ts';
import { readCellsFile } from './cells-file.ts';
import { ResultsError } from './results-error.ts';
import { cellSchema, type RunSummary, type SummaryCell, summarySchema } from './summary-schema.ts';

/**
 * The summary of a finished run of coupled pairs, which may have come from anywhere.
 *
 * @throws {ResultsError} when the run is unfinished, or the summary is not of this version's form
 */
export function readSummary(summary: Json, path: string): RunSummary {
  expectWhole(summary, path);
  if (holdsTrainings(summary)) {
    const remedy = 'summary.json itself holds their numbers, and `norm-growth run` shows them again';
    throw new ResultsError(`${path}: expected a run of coupled pairs, got one of trainings; ${remedy}`);
  }
  const parsed = summarySchema.safeParse(summary);
  if (parsed.success) return parsed.data;
  throw misshapen(path, parsed.error.issues[0]);
}

/** @throws {ResultsError} when the run is unfinished, or one shard of a run */
export function expectWhole(summary: Json, path: string): void {
  if (summary === null)
    throw new ResultsError(`${path}: the run is not finished; run the same scenario to go on with it`);
  if (typeof summary === 'object' && Object.hasOwn(summary, 'shard'))
    throw new ResultsError(`${path}: is one shard of a run; merge all of them: norm-growth merge --help`);
}

/** What is wrong with a summary. */
export function misshapen(path: string, issue: z.core.$ZodIssue, within: readonly PropertyKey[] = []): ResultsError {
  const place = [...within, ...issue.path].join('.');
  return new ResultsError(
    `${path}: summary.json ${place} — ${issue.message}; it was changed by hand or made by another version`,
  );
}

/** Whether a summary is one of trainings, which has another form. */
function holdsTrainings(summary: Json): boolean {
  const { cells } = summary as { readonly cells?: readonly object[] };
  const isOfTrainings = (cell: object) => Object.hasOwn(cell, 'trainings') || Object.hasOwn(cell, 'coupled');
  return Array.isArray(cells) && cells.some((cell) => typeof cell === 'object' && cell !== null && isOfTrainings(cell));
}

/**
 * The cells of a summary, wherever they are: in it, or in a file beside it, which is read line by line.
 *
 * @param path of the run folder
 * @throws {ResultsError} for a file that is not as the run wrote it
 */
export async function* cellsOf({ cells, cellsFile }: RunSummary, path: string): AsyncGenerator<SummaryCell> {
  if (cellsFile === undefined) return yield* cells;
  const file = join(path, cellsFile.name);
  for await (const value of readCellsFile(file, cellsFile)) {
    const parsed = cellSchema.safeParse(value);
    if (!parsed.success) throw new ResultsError(`${file}: holds what is no cell; it was changed by hand`);
    yield parsed.data;
  }
}
