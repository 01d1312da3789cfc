import { z } from 'zod';
import type { Json } from '../random/canonical-json.ts';
import { misshapen } from '../results/read-summary.ts';
import { cellsFileSchema, failureSchema } from '../results/summary-schema.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import type { ToldFormat } from './scenario-run.ts';

/** A shard's summary has no cells, and one of nothing has none either. */
const told = z
  .object({
    cells: z.array(z.unknown()).default([]),
    cellsFile: cellsFileSchema.optional(),
    failures: z.array(failureSchema).default([]),
  })
  .nullable();

/**
 * The cells that failed, and how many there are in all.
 *
 * @throws {ResultsError} where the summary is not of this version's form
 */
export function failuresOf(summary: Json, path: string) {
  const parsed = told.safeParse(summary);
  if (!parsed.success) throw misshapen(path, parsed.error.issues[0]);
  const { cells = [], cellsFile, failures = [] } = parsed.data ?? {};
  return { failures, cells: (cellsFile?.count ?? cells.length) + failures.length };
}

/**
 * Tells which cells failed; on stderr where stdout is for JSON. Returns whether any did.
 *
 * @throws {ResultsError} where the summary is not of this version's form
 */
export async function tellFailures(summary: Json, path: string, format: ToldFormat): Promise<boolean> {
  const { failures, cells } = failuresOf(summary, path);
  if (failures.length === 0) return false;
  const { failuresText } = await import('../report/failures-text.ts');
  const { paintFor } = await import('../report/paint.ts');
  const stream = format === 'text' ? process.stdout : process.stderr;
  stream.write(`\n${failuresText(failures, cells, visiblePath(path), paintFor(stream))}\n`);
  return true;
}
