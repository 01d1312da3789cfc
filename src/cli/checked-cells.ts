import type { CheckedScenario } from '../report/check-text.ts';
import type { Scenario } from '../scenarios/load-scenario.ts';
import type { Finding } from '../theorems/finding.ts';
import { judged } from '../theorems/verify.ts';

/**
 * What became of the expectations of a scenario's cells.
 *
 * @param alpha the false-alarm probability of each statistical finding
 */
export function checkedScenario(
  { name, cells }: Scenario,
  alpha: number,
  findingsOf: (cell: number) => Finding[],
): CheckedScenario {
  const checked = cells.map(({ swept }, cell) => ({ cell, swept, ...judged(findingsOf(cell), alpha) }));
  return { scenario: name, holds: checked.every(({ holds }) => holds), cells: checked };
}
