import { z } from 'zod';
import type { StoredRun } from '../../results/read-run.ts';
import { expectWhole, misshapen } from '../../results/read-summary.ts';
import { requireOwnVersion } from '../../results/stored-plan.ts';
import { cellsFileSchema } from '../../results/summary-schema.ts';
import { expectShowable } from './showable.ts';

/**
 * The cells of a finished run that is not of coupled pairs, in the order of the plan; those that failed are not among them.
 *
 * @param cell what figures need of one; more may be in it
 * @throws {ResultsError} where it is unfinished, of another version or form, or has very many cells
 */
export function summaryCells<Cell>(run: StoredRun, cell: z.ZodType<Cell>): readonly Cell[] {
  requireOwnVersion(run);
  expectWhole(run.summary, run.path);
  const words = { scenario: z.string(), description: z.string() };
  const parsed = z
    .object({ ...words, cells: z.array(cell), cellsFile: cellsFileSchema.optional() })
    .safeParse(run.summary);
  if (!parsed.success) throw misshapen(run.path, parsed.error.issues[0]);
  const { cells, cellsFile } = parsed.data;
  expectShowable(cellsFile?.count ?? cells.length, run.path);
  return cells;
}
