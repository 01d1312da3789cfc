import { z } from 'zod';
import type { Json } from '../../random/canonical-json.ts';
import type { StoredRun } from '../../results/read-run.ts';
import { expectWhole, misshapen } from '../../results/read-summary.ts';
import { requireOwnVersion } from '../../results/stored-plan.ts';
import { cellsFileSchema, failureSchema } from '../../results/summary-schema.ts';
import { expectShowable } from './showable.ts';

/**
 * The cells of a finished run that is not of coupled pairs, in the order of the plan; those that failed are not among them.
 *
 * @param cell what figures need of one; more may be in it
 * @throws {ResultsError} where it is unfinished, of another version or form, or has very many cells
 */
export function summaryCells<Cell>(run: StoredRun, cell: z.ZodType<Cell>): readonly Cell[] {
  requireOwnVersion(run);
  const { cells, cellsFile } = soundSummary(run.summary, run.path, cell);
  expectShowable(cellsFile?.count ?? cells.length, run.path);
  return cells;
}

/**
 * The cells of a summary that is not of coupled pairs, however many.
 *
 * @throws {ResultsError} where it is unfinished, or of another form
 */
export function soundCells<Cell>(summary: Json, path: string, cell: z.ZodType<Cell>): readonly Cell[] {
  return soundSummary(summary, path, cell).cells;
}

function soundSummary<Cell>(summary: Json, path: string, cell: z.ZodType<Cell>) {
  expectWhole(summary, path);
  const parsed = z
    .object({
      scenario: z.string(),
      description: z.string(),
      cells: z.array(cell),
      cellsFile: cellsFileSchema.optional(),
      failures: z.array(failureSchema),
    })
    .safeParse(summary);
  if (parsed.success) return parsed.data;
  throw misshapen(path, parsed.error.issues[0]);
}
