import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { formatCount, formatEstimate, formatShare, formatSignificant } from '../../format-number.ts';
import { cellName } from '../../sources/cell-name.ts';
import { extent } from '../axis-scale.ts';

/** From where to where the numbers of a sweep's cells go. */
export function sweepText(cells: readonly ReportedCell[]): string {
  return `${differenceText(cells)} ${orderText(cells)} ${reductionText(cells)}`.trim();
}

function differenceText(cells: readonly ReportedCell[]): string {
  const ordered = cells.toSorted((a, b) => a.norm.difference.mean - b.norm.difference.mean);
  const [least, greatest] = [ordered[0], ordered.at(-1)!].map(({ norm, swept }) => {
    const { mean, standardError } = norm.difference;
    const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
    return `${formatEstimate(mean, standardError)}${error} (${cellName(swept)})`;
  });
  return `E‖q″‖ − E‖q′‖ goes from ${least} to ${greatest}.`;
}

function orderText(cells: readonly ReportedCell[]): string {
  const shares = cells.map(({ order }) => order.pairsViolatedAtSomeStep / order.pairs);
  const violated = shares.filter((share) => share > 0).length;
  if (violated === 0) return 'No pair of any cell broke the order.';
  return `Some pair broke the order in ${formatCount(violated)} of ${formatCount(cells.length)} cells, in the worst ${formatShare(extent(shares)[1])} of them.`;
}

function reductionText(cells: readonly ReportedCell[]): string {
  const factors = cells.flatMap(({ varianceReduction }) => varianceReduction.norm.estimate ?? []);
  if (factors.length === 0) return '';
  const [least, greatest] = extent(factors).map((factor) => formatSignificant(factor, 3));
  return `The pairing divides the variance of the difference by ${least} to ${greatest}.`;
}
