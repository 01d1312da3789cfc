import { compareText } from '../report/compare-text.ts';
import { paintFor } from '../report/paint.ts';
import { compareRuns, type RunComparison } from '../results/compare/compare-runs.ts';
import { comparisonTable } from '../results/compare/comparison-table.ts';
import { writeTable } from './write-table.ts';

/** Compares two finished runs, and prints how they differ. */
export async function compareFolders(a: string, b: string, format: 'text' | 'json' | 'csv'): Promise<void> {
  const comparison = await compareRuns(a, b);
  if (format === 'csv') await writeTable(await comparisonTable(comparison), { format });
  else
    process.stdout.write(format === 'json' ? jsonText(comparison) : compareText(comparison, paintFor(process.stdout)));
}

function jsonText(comparison: RunComparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}
