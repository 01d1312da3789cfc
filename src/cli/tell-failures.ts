import type { Json } from '../random/canonical-json.ts';
import type { PlacedCell } from '../results/gathered-cells.ts';
import type { RunSummaryOf } from '../results/run-summary.ts';
import type { ToldFormat } from './scenario-run.ts';

/** Tells which cells failed; on stderr where stdout is for JSON. Returns whether any did. */
export async function tellFailures(summary: Json, path: string, format: ToldFormat): Promise<boolean> {
  const { cells = [], cellsFile, failures = [] } = summary as unknown as Partial<RunSummaryOf<PlacedCell>>;
  if (failures.length === 0) return false;
  const { failuresText } = await import('../report/failures-text.ts');
  const { paintFor } = await import('../report/paint.ts');
  const stream = format === 'text' ? process.stdout : process.stderr;
  stream.write(
    `\n${failuresText(failures, (cellsFile?.count ?? cells.length) + failures.length, path, paintFor(stream))}\n`,
  );
  return true;
}
