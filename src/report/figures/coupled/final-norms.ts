import type { TopLevelSpec } from 'vega-lite';
import { exactSquaredNormLaws } from '../../../process/exact-law.ts';
import type { NormLaw } from '../../../process/norm-law.ts';
import type { FloatHistogram } from '../../../statistics/float-histogram.ts';
import { distanceFromLaw, largestExcess } from '../../../statistics/histogram-distance.ts';
import { chanceDistance, chanceExcess } from '../../../statistics/hypothesis-tests/dkw.ts';
import { formatCount, formatShare, formatSignificant } from '../../format-number.ts';
import { type NameOf, namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource, ShownCell } from '../../sources/coupled-source.ts';
import { cellChoice } from '../cell-choice.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import {
  drawnOnly,
  lineLegend,
  pairSeries,
  plotFrame,
  readerParams,
  seriesColor,
  seriesDash,
  told,
  zoomParam,
} from '../plot.ts';
import { type BinEdge, binEdges, countsBetween, placeBetween } from './norm-bins.ts';

/** A cell with the distributions of its final squared norms, and their exact laws where they are known. */
interface DrawnCell {
  readonly shown: ShownCell;
  readonly histograms: Readonly<Record<'lower' | 'upper', FloatHistogram>>;
  readonly laws: Readonly<Record<'lower' | 'upper', NormLaw>> | null;
  readonly edges: readonly BinEdge[];
}

/** How the final norms of both runs are distributed, beside the exact law. */
export const finalNorms: FigureOf<CoupledSource> = {
  id: 'final-norms',
  about: 'distribution of the final norms of both runs, and the exact law',
  draw({ cells, shown }) {
    const drawn = shown.flatMap((one) => drawnCell(one) ?? []);
    if (drawn.length === 0) return null;
    const nameOf = namesOf(cells);
    const choice = cellChoice(
      drawn.map(({ shown }) => shown.cell),
      nameOf,
    );
    return {
      id: this.id,
      title: 'Final norms',
      caption: captionOf(drawn, cells.length, nameOf),
      rows: drawn.flatMap((cell) => pairSeries.flatMap((series) => rowsOf(cell, series, nameOf))),
      spec: specOf(choice),
      series: pairSeries,
      choice,
      zoomed: ['left', 'density'],
    };
  },
};

function drawnCell(shown: ShownCell): DrawnCell | null {
  const { histograms } = shown.summary;
  if (histograms === null) return null;
  const laws = exactSquaredNormLaws(shown.cell.parameters);
  return { shown, histograms, laws, edges: binEdges(histograms, laws === null ? null : atomsOf(laws)) };
}

/** The squared norms that either run can have, increasing. */
function atomsOf({ lower, upper }: NonNullable<DrawnCell['laws']>): number[] {
  const values = [lower, upper].flatMap(({ atoms }) => atoms.map(({ value }) => value));
  return [...new Set(values)].sort((a, b) => a - b);
}

function rowsOf(
  { shown: { cell }, histograms, laws, edges }: DrawnCell,
  { name, run }: (typeof pairSeries)[number],
  nameOf: NameOf,
): Datum[] {
  const exact = laws === null ? null : sharesBetween(edges, laws[run]);
  return countsBetween(edges, histograms[run]).map(({ left, right, count }, place) => {
    const share = count / cell.replicates;
    return {
      choice: nameOf(cell),
      series: name,
      cell: cell.index,
      left,
      right,
      middle: (left + right) / 2,
      count,
      share,
      density: share / (right - left),
      exactShare: exact?.[place] ?? null,
      exactDensity: exact === null ? null : exact[place] / (right - left),
    };
  });
}

/** The probability of each interval under a law. */
function sharesBetween(edges: readonly BinEdge[], { atoms }: NormLaw): number[] {
  const shares = new Array<number>(edges.length - 1).fill(0);
  for (const { value, probability } of atoms) {
    const place = placeBetween(edges, value);
    if (place !== null) shares[place] += probability;
  }
  return shares;
}

function specOf(choice: Choice | null): TopLevelSpec {
  const x = { field: 'left', type: 'quantitative', title: '‖q‖ at the end', scale: { zero: false } } as const;
  const y = { field: 'density', type: 'quantitative', title: 'density', scale: { nice: true } } as const;
  const color = { ...seriesColor(pairSeries), legend: lineLegend };
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice), told('exactShare', '.4~g')],
    layer: [
      {
        params: [zoomParam],
        mark: { type: 'rect', opacity: 0.4, strokeWidth: 0.75 },
        encoding: {
          x,
          x2: { field: 'right' },
          y,
          y2: { datum: 0 },
          color,
          tooltip: [
            { field: 'series' },
            { field: 'left', title: '‖q‖ from', format: '.5~g' },
            { field: 'right', title: 'to below', format: '.5~g' },
            { field: 'share', title: 'share of the replicates', format: '.4~g' },
            { field: 'exactShareTold', type: 'nominal', title: 'exact probability' },
          ],
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, aria: false },
        encoding: {
          x,
          x2: { field: 'right' },
          y,
          color,
          strokeDash: { ...seriesDash(pairSeries), legend: lineLegend },
        },
      },
      {
        transform: [{ filter: 'datum.exactShare > 0.0005' }],
        mark: { type: 'point', shape: 'cross', size: 30, aria: false },
        encoding: { x: { ...x, field: 'middle' }, y: { ...y, field: 'exactDensity' }, color },
      },
    ],
  };
}

function captionOf(drawn: readonly DrawnCell[], count: number, nameOf: NameOf): string {
  const [first] = drawn;
  const which =
    drawn.length === count ? '' : ` ${formatCount(drawn.length)} of ${formatCount(count)} cells can be chosen.`;
  const about = `Bars: shares of the replicates, as densities over ‖q‖${outsideText(first)}; `;
  if (first.edges.length === 2)
    return `${about}${togetherText(count === 1 ? '' : `of ${nameOf(first.shown.cell)} `)}${which}`;
  const at = count === 1 ? '' : ` Of ${nameOf(first.shown.cell)}:`;
  return `${about}${distanceText(first, at)} ${dominanceText(first)}${which}`;
}

/** Of norms that are nearer to each other than a bin is wide. */
function togetherText(at: string): string {
  return `${at}all norms of both runs are within one bin: they differ by less than a thousandth.`;
}

/** What is in no bar. */
function outsideText({ shown: { cell }, histograms, edges }: DrawnCell): string {
  const counted = pairSeries.flatMap(({ run }) => countsBetween(edges, histograms[run]));
  const outside = 2 * cell.replicates - counted.reduce((sum, { count }) => sum + count, 0);
  return outside === 0 ? '' : ` (${formatShare(outside / (2 * cell.replicates))} of them lie outside the picture)`;
}

function distanceText({ shown: { cell }, histograms, laws }: DrawnCell, at: string): string {
  if (laws === null) return `no exact distribution is drawn.${at}`;
  const distances = pairSeries.map(({ run }) => {
    // The law has atoms, which may stand on an edge: P(X < x) leaves that one out.
    return distanceFromLaw(histograms[run], (x) => laws[run].cdf(x * (1 - 2 ** -53)));
  });
  const [lower, upper] = distances.map((distance) => formatSignificant(distance, 2));
  return (
    `crosses: the exact law.${at} The distribution functions are at most ${lower} (p′) and ${upper} (p″) from it; chance ` +
    `takes ${formatCount(cell.replicates)} replicates beyond ${formatSignificant(chanceDistance(cell.replicates, 0.05), 2)} ` +
    'in at most 1 of 20 runs.'
  );
}

/** Whether the upper run's law dominates (claim A11). */
function dominanceText({ shown: { cell }, histograms }: DrawnCell): string {
  const excess = largestExcess(histograms.upper, histograms.lower);
  if (excess === 0) return 'Below every norm there are at least as many of the less popular runs as of the others.';
  return (
    `At some norm the share of the more popular runs below it is larger, by ${formatSignificant(excess, 2)}; where it should ` +
    `be nowhere larger, chance takes it beyond ${formatSignificant(chanceExcess(cell.replicates, 0.05), 2)} in at most 1 of 20 runs.`
  );
}
