import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { visibleText } from '../../../scenarios/visible-text.ts';
import { formatCount, formatEstimate, formatSignificant } from '../../format-number.ts';
import { axisText, cellName } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import {
  colored,
  drawnOnly,
  numericScale,
  plotFrame,
  readerParams,
  ruleMark,
  seriesColor,
  seriesScale,
  zoomParam,
} from '../plot.ts';
import { numericAxes } from './swept-axes.ts';

const [measured, exact] = colored(['measured, ± 2 standard errors', 'exact']);
const series = [measured, exact];

/** Of what the variance is reduced. */
const quantities = [
  { name: 'of ‖q″‖ − ‖q′‖', of: ({ varianceReduction }: ReportedCell) => varianceReduction.norm },
  { name: 'of s″ − s′', of: ({ varianceReduction }: ReportedCell) => varianceReduction },
] as const;

/** More cells than this are not told apart by their names. */
const mostNamed = 24;

/** Rows from which marks are small. */
const crowd = 400;

/** How many times more replicates two independent runs would need for the same precision. */
export const varianceReduction: FigureOf<CoupledSource> = {
  id: 'variance-reduction',
  about: 'coupling against independence: the variance-reduction factor of each cell, and the exact one',
  draw(source) {
    const { cells } = source;
    const along = alongOf(source);
    const rows = quantities.flatMap(({ name, of }) => cells.flatMap((cell) => rowsOf(cell, name, of(cell), along)));
    if (rows.length === 0) return null;
    const choice = { label: 'Variance', options: quantities.map(({ name }) => name) };
    const hasExact = rows.some(({ series }) => series === exact.name);
    return {
      id: this.id,
      title: 'Coupling against independence',
      caption: captionOf(cells),
      rows,
      spec:
        along === null
          ? namedSpec(choice, rows, cells.length, Object.keys(cells[0].swept))
          : alongSpec(along.name, choice, rows),
      series: hasExact ? series : [],
      choice,
      zoomed: along === null ? [] : ['x', 'factor'],
    };
  },
};

interface Along {
  readonly name: string;
  of(cell: ReportedCell): number;
}

/** The field that the factors are drawn against; null where there are few cells, which have their names. */
function alongOf(source: CoupledSource): Along | null {
  const axes = numericAxes(source);
  const isAlone = axes.length === 1 && axes[0].values.length === source.cells.length;
  if (isAlone) return axes[0];
  if (source.cells.length <= mostNamed) return null;
  return axes[0] ?? { name: 'cell', of: ({ index }: ReportedCell) => index };
}

function rowsOf(
  cell: ReportedCell,
  choice: string,
  { estimate, standardError, exact: known }: ReturnType<(typeof quantities)[number]['of']>,
  along: Along | null,
): Datum[] {
  const place = {
    choice,
    cell: cell.index,
    label: cellName(cell.swept),
    ...(along === null ? {} : { x: along.of(cell) }),
  };
  const twice = 2 * (standardError ?? 0);
  const rows: Datum[] = [];
  if (estimate !== null) {
    // A bar that a logarithmic axis can show.
    const low = Math.max(estimate - twice, estimate / 10);
    rows.push({ ...place, series: measured.name, factor: estimate, standardError, low, high: estimate + twice });
  }
  if (known !== null) rows.push({ ...place, series: exact.name, factor: known });
  return rows;
}

/** Each cell in a line of its own. */
function namedSpec(choice: Choice, rows: readonly Datum[], count: number, fields: readonly string[]): TopLevelSpec {
  const y = {
    field: 'name',
    type: 'nominal',
    title: fields.map((path) => visibleText(path)).join(', '),
    sort: null,
    axis: count === 1 ? null : { labelLimit: 300, labelOverlap: false },
  };
  return specOf(choice, { y, x: factorAxis(rows) }, { x: 'low', x2: 'high' }, { height: 110 + 18 * count });
}

function alongSpec(name: string, choice: Choice, rows: readonly Datum[]): TopLevelSpec {
  const x = { field: 'x', type: 'quantitative', title: name, scale: numericScale(rows.map(({ x }) => Number(x))) };
  return specOf(
    choice,
    { x, y: factorAxis(rows) },
    { y: 'low', y2: 'high' },
    { params: [zoomParam], isCrowded: rows.length > crowd },
  );
}

function factorAxis(rows: readonly Datum[]) {
  const factors = rows.map(({ factor }) => Number(factor));
  return {
    field: 'factor',
    type: 'quantitative',
    title: 'variance-reduction factor',
    scale: numericScale([1, ...factors]),
  };
}

type Axis = Readonly<Record<string, unknown>>;

function specOf(
  choice: Choice,
  axes: { readonly x: Axis; readonly y: Axis },
  bar: { readonly x?: string; readonly x2?: string; readonly y?: string; readonly y2?: string },
  {
    height,
    isCrowded = false,
    params = [],
  }: { readonly height?: number; readonly isCrowded?: boolean; readonly params?: readonly object[] },
): TopLevelSpec {
  const color = seriesColor(series);
  const isAcross = bar.x !== undefined;
  const ends = isAcross
    ? { x: { ...axes.x, field: bar.x }, x2: { field: bar.x2 }, y: axes.y }
    : { x: axes.x, y: { ...axes.y, field: bar.y }, y2: { field: bar.y2 } };
  return {
    ...plotFrame,
    ...(height === undefined ? {} : { height }),
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      { mark: { ...ruleMark, aria: false }, encoding: { [isAcross ? 'x' : 'y']: { datum: 1 } } },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: isCrowded ? 0.75 : 1.5, opacity: isCrowded ? 0.5 : 1, aria: false },
        encoding: { ...ends, color },
      },
      {
        params,
        mark: { type: 'point', opacity: 1, size: isCrowded ? 12 : 45 },
        encoding: {
          ...axes,
          color,
          shape: seriesScale(series, ['circle', 'cross']),
          tooltip: [
            { field: 'label', title: 'cell' },
            { field: 'series' },
            { field: 'factor', format: '.5~g' },
            { field: 'standardError', title: 'standard error', format: '.2~g' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}

function captionOf(cells: readonly ReportedCell[]): string {
  const known = cells.filter(({ varianceReduction }) => varianceReduction.norm.estimate !== null);
  const about =
    'How many times more replicates two independent runs would need for the same precision; 1 is the rule. ';
  if (known.length === 0) return `${about}For ‖q‖ no factor can be told: the difference does not vary.`;
  const ordered = known.toSorted((a, b) => a.varianceReduction.norm.estimate! - b.varianceReduction.norm.estimate!);
  const [least, greatest] = [ordered[0], ordered.at(-1)!].map((cell) => factorText(cell, cells.length));
  const range = known.length === 1 ? `For ‖q‖ it is ${least}.` : `For ‖q‖ it goes from ${least} to ${greatest}.`;
  return `${about}${range}${exactText(known)}`;
}

function factorText({ varianceReduction, swept }: ReportedCell, count: number): string {
  const { estimate, standardError, exact: known } = varianceReduction.norm;
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
  const beside = known === null ? '' : `, exactly ${formatSignificant(known, 4)}`;
  return `${formatEstimate(estimate!, standardError)}${error}${beside}${count === 1 ? '' : ` (${cellName(swept)})`}`;
}

/** How often the exact factor is within two standard errors. */
function exactText(cells: readonly ReportedCell[]): string {
  const compared = cells.flatMap(({ varianceReduction: { norm } }) => {
    const { estimate, standardError, exact: known } = norm;
    return known === null || standardError === null
      ? []
      : Math.abs(estimate! - known) <= 2 * standardError + 1e-6 * known;
  });
  if (compared.length === 0) return ' No exact factor is known.';
  const within = compared.filter(Boolean).length;
  const missed =
    within === compared.length ? '' : '; where rare replicates carry the variance, estimate and error both miss them';
  return ` The exact factor is within 2 standard errors in ${formatCount(within)} of ${formatCount(compared.length)} cells${missed}.`;
}
