import type { CheckedScenario } from '../report/check-text.ts';
import { mostInSummary } from '../results/gathered-cells.ts';
import type { Scenario } from '../scenarios/load-scenario.ts';
import { exactFinding, trueCase } from '../theorems/exact-finding.ts';
import type { Finding } from '../theorems/finding.ts';
import { judged } from '../theorems/verify.ts';

/** Of a long run only so many cells are kept, of those that are not as expected. */
const mostKeptOfLong = 20;

/**
 * What became of the expectations of a scenario's cells. Nothing holds of a cell that failed.
 *
 * @param resultOf the result of a cell; undefined where it has failed
 * @param alpha the false-alarm probability of each statistical finding
 */
export function checkedScenario<R>(
  { name, cells }: Scenario,
  resultOf: (cell: number) => R | undefined,
  alpha: number,
  findingsOf: (cell: number, result: R) => Finding[],
): CheckedScenario {
  const checked = new CheckedCells(cells.length, alpha);
  for (const cell of cells) {
    const result = resultOf(checked.count);
    checked.add(cell, result === undefined ? null : findingsOf(checked.count, result));
  }
  return checked.end(name);
}

/** Judges cells in the order of the plan. */
export class CheckedCells {
  count = 0;
  readonly #isLong: boolean;
  readonly #alpha: number;
  readonly #kept: CheckedScenario['cells'][number][] = [];
  #findings = 0;
  #leastPValue: number | null = null;
  #holds = true;

  constructor(cells: number, alpha: number) {
    this.#isLong = cells > mostInSummary;
    this.#alpha = alpha;
  }

  /** @param findings null of a cell that failed */
  add({ swept, expect }: Scenario['cells'] extends Iterable<infer C> ? C : never, findings: Finding[] | null): void {
    const cell = judged(findings ?? expect.slice(0, 1).map(() => failedCell), this.#alpha);
    for (const finding of cell.findings) {
      this.#findings += 1;
      if (finding.kind === 'statistical') this.#leastPValue = Math.min(this.#leastPValue ?? 1, finding.pValue);
    }
    const isKept = !this.#isLong || (!cell.holds && this.#kept.length < mostKeptOfLong);
    if (isKept) this.#kept.push({ cell: this.count, swept, ...cell });
    this.#holds &&= cell.holds;
    this.count += 1;
  }

  end(scenario: string): CheckedScenario {
    const counted = { cells: this.count, findings: this.#findings, leastPValue: this.#leastPValue };
    return { scenario, holds: this.#holds, counted, cells: this.#kept };
  }
}

const failedCell = exactFinding({ what: 'the cell can be simulated', bound: 0, unit: 'cases' }, [
  trueCase(false, () => 'it failed'),
]);
