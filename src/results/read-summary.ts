import type { Json } from './canonical-json.ts';
import { ResultsError } from './results-error.ts';
import { type RunSummary, summarySchema } from './summary-schema.ts';

/**
 * The summary of a finished run, which may have come from anywhere.
 *
 * @throws {ResultsError} when the run is unfinished, or the summary is not of this version's form
 */
export function readSummary(summary: Json, path: string): RunSummary {
  if (summary === null)
    throw new ResultsError(`${path}: the run is not finished; run the same scenario to go on with it`);
  const parsed = summarySchema.safeParse(summary);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ResultsError(
    `${path}: summary.json ${issue.path.join('.')} — ${issue.message}; it was changed by hand or made by another version`,
  );
}
