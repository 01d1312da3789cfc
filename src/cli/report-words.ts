import { scenarioText } from '../report/check-text.ts';
import { type FailedCell, failuresText } from '../report/failures-text.ts';
import { plain } from '../report/paint.ts';
import { summaryText, type TextSummary } from '../report/run-text.ts';
import type { ReportedCell } from '../results/coupled-summary.ts';
import type { StoredRun } from '../results/read-run.ts';
import { cellsOf, readSummary } from '../results/read-summary.ts';
import { type PlannedScenario, plannedOfRun } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { hasExpectations } from './has-expectations.ts';
import { storedText } from './tell-stored.ts';

/**
 * What the command prints of a finished run, without colour: its numbers, the cells that failed, and of coupled pairs
 * whether they are as expected.
 */
export async function reportWords(run: StoredRun): Promise<string> {
  const planned = plannedOfRun(run);
  const text = planned === null ? storedText(run, plain) : await coupledWords(run, planned);
  const { cells, failures } = run.summary as unknown as Told;
  if (failures.length === 0) return text;
  return `${text}\n${failuresText(failures, cells.length + failures.length, visiblePath(run.path), plain)}\n`;
}

/** Of any run that figures have been made of. */
interface Told {
  readonly cells: readonly unknown[];
  readonly failures: readonly FailedCell[];
}

async function coupledWords(run: StoredRun, planned: PlannedScenario): Promise<string> {
  const summary = readSummary(run.summary, run.path);
  const text = summaryText(summary as unknown as TextSummary, visiblePath(run.path), plain);
  if (!hasExpectations(planned.scenario)) return text;
  const { judgeCells } = await import('./judge-coupled.ts');
  const cells = cellsOf(summary, run.path) as unknown as AsyncIterable<ReportedCell>;
  return `${text}\n${scenarioText(await judgeCells(planned.scenario, cells), plain)}\n`;
}
