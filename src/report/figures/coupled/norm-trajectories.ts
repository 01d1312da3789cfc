import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { formatCount, formatEstimate, formatSignificant } from '../../format-number.ts';
import { type NameOf, namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import { cellChoice } from '../cell-choice.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  drawnOnly,
  lineLegend,
  pairSeries,
  plotFrame,
  readerParams,
  seriesColor,
  seriesDash,
  stepScale,
  told,
  zoomParam,
} from '../plot.ts';

/** How the norms of both runs grow: mean, quantile bands, and the exact mean where it is known. */
export const normTrajectories: FigureOf<CoupledSource> = {
  id: 'norm-trajectories',
  about: 'mean norms of both runs over the steps, with quantile bands and the exact law',
  draw({ cells, shown }) {
    const drawn = shown.map(({ cell }) => cell).filter(({ trajectory }) => trajectory.step.length > 1);
    if (drawn.length === 0) return null;
    const nameOf = namesOf(cells);
    const choice = cellChoice(drawn, nameOf);
    return {
      id: this.id,
      title: 'Norm trajectories',
      caption: captionOf(drawn, cells.length, nameOf),
      rows: drawn.flatMap((cell) => pairSeries.flatMap((series) => rowsOf(cell, series, nameOf))),
      spec: specOf(choice, drawn[0].trajectory.step),
      series: pairSeries,
      choice,
      zoomed: ['step', 'mean'],
    };
  },
};

function rowsOf(cell: ReportedCell, { name, run }: (typeof pairSeries)[number], nameOf: NameOf): Datum[] {
  const { mean, standardError, exact, quantiles } = cell.trajectory[run];
  return cell.trajectory.step.map((step, at) => ({
    choice: nameOf(cell),
    series: name,
    cell: cell.index,
    step,
    mean: mean[at],
    standardError: standardError[at],
    exact: exact?.[at] ?? null,
    q05: quantiles['0.05']?.[at] ?? null,
    q25: quantiles['0.25']?.[at] ?? null,
    q75: quantiles['0.75']?.[at] ?? null,
    q95: quantiles['0.95']?.[at] ?? null,
  }));
}

function specOf(choice: Choice | null, steps: readonly number[]): TopLevelSpec {
  const series: readonly Series[] = pairSeries;
  const x = { field: 'step', type: 'quantitative', title: 'step', scale: stepScale(steps) } as const;
  const y = { type: 'quantitative', title: '‖q‖', scale: { zero: false } } as const;
  const color = { ...seriesColor(series), legend: lineLegend };
  const band = (from: string, to: string, opacity: number) => ({
    mark: { type: 'area', opacity, aria: false } as const,
    encoding: { x, y: { ...y, field: from }, y2: { field: to }, color },
  });
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice), told('standardError', '.2~g'), told('exact', '.6~g')],
    layer: [
      band('q05', 'q95', 0.12),
      band('q25', 'q75', 0.18),
      {
        params: [zoomParam],
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { x, y: { ...y, field: 'mean' }, color, strokeDash: { ...seriesDash(series), legend: lineLegend } },
      },
      {
        transform: [{ filter: 'isValid(datum.exact)' }],
        mark: { type: 'point', shape: 'cross', size: 40, aria: false },
        encoding: { x, y: { ...y, field: 'exact' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 0 },
        encoding: {
          x,
          y: { ...y, field: 'mean' },
          tooltip: [
            { field: 'series' },
            { field: 'step' },
            { field: 'mean', title: 'mean norm', format: '.6~g' },
            { field: 'standardErrorTold', type: 'nominal', title: 'standard error' },
            { field: 'exactTold', type: 'nominal', title: 'exact mean' },
            { field: 'q05', title: '5 % quantile', format: '.5~g' },
            { field: 'q95', title: '95 % quantile', format: '.5~g' },
          ],
        },
      },
    ],
  };
}

function captionOf(drawn: readonly ReportedCell[], count: number, nameOf: NameOf): string {
  const [first] = drawn;
  const at = count === 1 ? '' : ` (${nameOf(first)})`;
  const which =
    drawn.length === count ? '' : ` ${formatCount(drawn.length)} of ${formatCount(count)} cells can be chosen.`;
  const { popularity, steps } = first.parameters;
  return (
    'Lines: mean norms; bands: the middle half and the middle nine tenths of the replicates; crosses: the exact mean, ' +
    `where it is known. After ${formatCount(steps)} steps${at} the mean norm is ${meanText(first.norm.lower)} at p′ = ` +
    `${formatSignificant(popularity.lower, 3)} and ${meanText(first.norm.upper)} at p″ = ${formatSignificant(popularity.upper, 3)}.${which}`
  );
}

function meanText({ mean, standardError, exact }: ReportedCell['norm']['lower']): string {
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
  // With as many digits as the estimate, at least six.
  const precision = standardError === null ? null : Math.min(standardError, 1e-4 * (exact ?? 0));
  const known = exact === null ? '' : ` (exactly ${formatEstimate(exact, precision)})`;
  return `${formatEstimate(mean, standardError)}${error}${known}`;
}
