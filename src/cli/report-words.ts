import { scenarioText } from '../report/check-text.ts';
import { plain } from '../report/paint.ts';
import { summaryText, type TextSummary } from '../report/run-text.ts';
import type { ReportedCell } from '../results/coupled-summary.ts';
import type { StoredRun } from '../results/read-run.ts';
import { cellsOf, readSummary } from '../results/read-summary.ts';
import { plannedOfRun } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { hasExpectations } from './has-expectations.ts';
import { storedText } from './tell-stored.ts';

/** What the command prints of a finished run, without colour: its numbers, and of coupled pairs whether they are as expected. */
export async function reportWords(run: StoredRun): Promise<string> {
  const planned = plannedOfRun(run);
  if (planned === null) return storedText(run, plain);
  const summary = readSummary(run.summary, run.path);
  const text = summaryText(summary as unknown as TextSummary, visiblePath(run.path), plain);
  if (!hasExpectations(planned.scenario)) return text;
  const { judgeCells } = await import('./judge-coupled.ts');
  const cells = cellsOf(summary, run.path) as unknown as AsyncIterable<ReportedCell>;
  return `${text}\n${scenarioText(await judgeCells(planned.scenario, cells), plain)}\n`;
}
