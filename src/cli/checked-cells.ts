import type { CheckedScenario } from '../report/check-text.ts';
import type { Scenario } from '../scenarios/load-scenario.ts';
import { exactFinding, trueCase } from '../theorems/exact-finding.ts';
import type { Finding } from '../theorems/finding.ts';
import { judged } from '../theorems/verify.ts';

/**
 * What became of the expectations of a scenario's cells. Nothing holds of a cell that failed.
 *
 * @param results of the cells, with none where a cell has failed
 * @param alpha the false-alarm probability of each statistical finding
 */
export function checkedScenario<R>(
  { name, cells }: Scenario,
  results: readonly (R | undefined)[],
  alpha: number,
  findingsOf: (cell: number, result: R) => Finding[],
): CheckedScenario {
  const checked = cells.map(({ swept, expect }, cell) => {
    const result = results[cell];
    const findings = result === undefined ? expect.slice(0, 1).map(() => failedCell) : findingsOf(cell, result);
    return { cell, swept, ...judged(findings, alpha) };
  });
  return { scenario: name, holds: checked.every(({ holds }) => holds), cells: checked };
}

const failedCell = exactFinding({ what: 'the cell can be simulated', bound: 0, unit: 'cases' }, [
  trueCase(false, () => 'it failed'),
]);
