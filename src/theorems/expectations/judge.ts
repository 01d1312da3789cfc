import type { CellResult } from '../../engine/cell-result.ts';
import { type MeanQuantity, meanQuantities } from '../../engine/precision-targets.ts';
import type { Finding } from '../finding.ts';
import { type Expectation, sidesOf } from './expectation.ts';
import { meanFindings } from './mean-expectation.ts';
import { predictedFinding, shareFindings } from './order-expectation.ts';

/**
 * Decides a cell's expectations on its numbers, statistically.
 *
 * @param alpha the false-alarm probability of each statistical finding
 */
export function judge(expectations: readonly Expectation[], result: CellResult, alpha: number): Finding[] {
  return expectations.flatMap((expectation) => {
    if (expectation.is === 'predicted') return [predictedFinding(result)];
    return isMean(expectation) ? meanFindings(expectation, result, alpha) : shareFindings(expectation, result, alpha);
  });
}

/** The most statistical findings that `judge` makes of these expectations. */
export function testsOf(expectations: readonly Expectation[]): number {
  return expectations.reduce((sum, { is }) => {
    if (typeof is === 'string') return sum + (is === 'exact' ? 1 : 0);
    return sum + sidesOf(is).length;
  }, 0);
}

function isMean(
  expectation: Exclude<Expectation, { is: 'predicted' }>,
): expectation is Extract<Expectation, { quantity: MeanQuantity }> {
  return (meanQuantities as readonly string[]).includes(expectation.quantity);
}
