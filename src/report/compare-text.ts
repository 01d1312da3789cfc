import wrapAnsi from 'wrap-ansi';
import type { CellComparison, QuantityComparison, RunComparison } from '../results/compare/compare-runs.ts';
import { visiblePath, visibleText } from '../scenarios/visible-text.ts';
import { formatCount, formatEstimate, formatParameter, formatSignificant, formatZScore } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

const width = 80;

/** Cells that are shown, and lone ones that are named. */
const mostCells = 40;
const mostLone = 20;

/** What is far: the chance of a larger z-score where nothing differs is 0.0027. */
const far = { zScore: 3, chance: 0.0027 };

/** Two runs side by side: what of each cell differs, by how much, and how sure that is. */
export function compareText(comparison: RunComparison, paint: Paint): string {
  const { cells } = comparison;
  const shown = cells.slice(0, mostCells).map((cell) => cellText(cell, paint));
  const more = cells.length - shown.length;
  const rest = more > 0 ? [`  … and ${formatCount(more)} more cells: --format csv has them all`] : [];
  const parts = [headText(comparison, paint), ...shown, ...rest, verdictText(cells, paint), ...loneTexts(comparison)];
  return `${parts.join('\n\n')}\n`;
}

function headText({ a, b, matchedBy, cells }: RunComparison, paint: Paint): string {
  const by = matchedBy.length === 0 ? 'the one cell of each' : `cells matched by ${matchedBy.join(', ')}`;
  return [
    `${paint.bold('A')} ${visiblePath(a)}`,
    `${paint.bold('B')} ${visiblePath(b)}`,
    `${formatCount(cells.length)} ${cells.length === 1 ? 'pair' : 'pairs'} of cells: ${by}`,
  ].join('\n');
}

function cellText(cell: CellComparison, paint: Paint): string {
  const { cellA, cellB, place, differing, quantities } = cell;
  const label = Object.entries(place).map(([field, value]) => `${field} = ${valueText(value)}`);
  const cells = cellA === cellB ? `cell ${cellA}` : `cell ${cellA} against ${cellB}`;
  const changes = Object.entries(differing).map(([field, [a, b]]) => `${field} ${valueText(a)} → ${valueText(b)}`);
  const header = ['', 'A', 'B', 'B − A', '± s.e.', 'z', 'exact', 'v.r.'];
  return [
    paint.bold([cells, ...label].join(', ')),
    ...(changes.length === 0 ? [] : [indented(`A → B: ${changes.join(', ')}`)]),
    indented(pairingText(cell)),
    textTable([header, ...quantities.map((quantity) => quantityCells(quantity, paint))]),
  ].join('\n');
}

function pairingText({ pairing, blocks, replicates: [a, b] }: CellComparison): string {
  if (pairing.isPaired) return `paired: ${formatCount(a)} pairs of the same draws in ${formatCount(blocks)} blocks`;
  return `not paired (${pairing.reason}): ${formatCount(a)} pairs against ${formatCount(b)}`;
}

const titles: Readonly<Record<string, string>> = {
  'norm.lower.mean': 'E‖q′‖',
  'norm.upper.mean': 'E‖q″‖',
  'norm.difference.mean': 'E‖q″‖−E‖q′‖',
  'order.shareViolatedAtSomeStep': 'violated',
};

function quantityCells(of: QuantityComparison, paint: Paint): string[] {
  const { quantity, a, b, difference, standardError, zScore, exact, varianceReduction } = of;
  const isFar = zScore !== null && Math.abs(zScore) > far.zScore;
  const z = zScore === null ? '–' : formatZScore(zScore);
  const shown = signed(difference, standardError);
  return [
    titles[quantity] ?? quantity,
    formatEstimate(a, standardError),
    formatEstimate(b, standardError),
    shown,
    errorText(standardError, shown),
    isFar ? paint.bold(z) : z,
    exact === null ? '–' : signed(exact, standardError),
    known(varianceReduction, 3),
  ];
}

/** A difference says on which side it is. */
function signed(value: number, standardError: number | null): string {
  return `${value > 0 ? '+' : ''}${formatEstimate(value, standardError)}`;
}

/** With the decimals of what it is the error of, so that they stand below each other. */
function errorText(standardError: number | null, estimate: string): string {
  const decimals = /\.(\d+)$/.exec(estimate)?.[1].length;
  if (standardError === null || standardError === 0 || decimals === undefined) return known(standardError, 2);
  return standardError.toFixed(decimals);
}

function verdictText(cells: readonly CellComparison[], paint: Paint): string {
  const zScores = cells.flatMap(({ quantities }) => quantities.flatMap(({ zScore }) => zScore ?? []));
  const beyond = zScores.filter((zScore) => Math.abs(zScore) > far.zScore).length;
  const expected = formatSignificant(far.chance * zScores.length, 2);
  const paired = cells.filter(({ pairing }) => pairing.isPaired).length;
  const counts = `${formatCount(beyond)} of ${formatCount(zScores.length)} differences`;
  return [
    `  |z| > ${far.zScore} in ${counts}; where nothing differs: in ${expected} by chance`,
    `  ${formatCount(paired)} of ${formatCount(cells.length)} ${cells.length === 1 ? 'cell' : 'cells'} paired`,
    ...legend.map((line) => paint.dim(`  ${line}`)),
  ].join('\n');
}

const legend = [
  'B − A: above 0 where B has the larger value; exact: the same by the exact law',
  'z: B − A in standard errors, as a normal score (few blocks tell less)',
  'violated: share of the pairs in which the order was violated at some step',
  'v.r.: variance reduction, how many times more replicates independent runs',
  '      would need for this standard error; only where cells are paired',
];

function loneTexts({ onlyA, onlyB }: RunComparison): string[] {
  return [...loneText('A', onlyA), ...loneText('B', onlyB)];
}

function loneText(run: 'A' | 'B', lone: RunComparison['onlyA']): string[] {
  if (lone.length === 0) return [];
  const named = lone.slice(0, mostLone).map(({ cell, place }) => {
    const values = Object.entries(place).map(([field, value]) => `${field} = ${valueText(value)}`);
    return `    ${[`cell ${cell}`, ...values].join(', ')}`;
  });
  const more = lone.length - named.length;
  const rest = more > 0 ? [`    … and ${formatCount(more)} more: --format json has them all`] : [];
  return [[`  only in ${run}, with no partner:`, ...named, ...rest].join('\n')];
}

function indented(text: string): string {
  return wrapAnsi(text, width - 2)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function valueText(value: number | string | boolean | null): string {
  if (value === null) return 'none';
  return typeof value === 'number' ? formatParameter(value) : visibleText(String(value));
}

function known(value: number | null, digits: number): string {
  return value === null ? '–' : formatSignificant(value, digits);
}
