import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { visibleText } from '../../../scenarios/visible-text.ts';
import { atMostPValue } from '../../../statistics/hypothesis-tests/binomial-test.ts';
import { formatCount, formatEstimate, formatSignificant } from '../../format-number.ts';
import { axisText, cellName, type NameOf, namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  colored,
  drawnOnly,
  numericScale,
  plotFrame,
  readerParams,
  ruleMark,
  seriesColor,
  seriesScale,
  told,
  zoomParam,
} from '../plot.ts';
import { numericAxes } from './swept-axes.ts';

const [measured, exact] = colored(['measured, ± 2 standard errors', 'exact']);

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
    const nameOf = namesOf(cells, ({ swept }) => Object.values(swept).map(axisText).join(', '));
    const rows = quantities.flatMap(({ name, of }) =>
      cells.flatMap((cell) => rowsOf(cell, name, of(cell), { along, nameOf })),
    );
    if (rows.length === 0) return null;
    const choice = { label: 'Variance', options: quantities.map(({ name }) => name) };
    const series = [measured, exact].filter(({ name }) => rows.some(({ series }) => series === name));
    return {
      id: this.id,
      title: 'Coupling against independence',
      caption: captionOf(cells),
      rows,
      spec: specOf(choice, series, along === null ? namedLayout(rows, cells) : alongLayout(rows, along.name)),
      series: series.length < 2 ? [] : series,
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
  { along, nameOf }: { readonly along: Along | null; readonly nameOf: NameOf },
): Datum[] {
  const place = {
    choice,
    cell: cell.index,
    label: cellName(cell.swept),
    name: nameOf(cell),
    ...(along === null ? {} : { x: along.of(cell) }),
  };
  const twice = 2 * (standardError ?? 0);
  const rows: Datum[] = [];
  if (estimate !== null) {
    const [low, high] = [estimate - twice, estimate + twice];
    rows.push({ ...place, series: measured.name, factor: estimate, standardError, low, high });
  }
  if (known !== null) rows.push({ ...place, series: exact.name, factor: known });
  return rows;
}

/** The title of an upright axis, level and on top of it. */
const titleAbove = { titleAngle: 0, titleAlign: 'left', titleBaseline: 'bottom', titleX: 0, titleY: -6 } as const;

/** Where a figure has its marks. */
interface Layout {
  readonly height?: number;
  readonly marks: object;
  readonly bars: object;
  readonly rule: object;
  readonly isCrowded: boolean;
  readonly params: readonly object[];
}

/** Each cell in a line of its own. */
function namedLayout(rows: readonly Datum[], cells: readonly ReportedCell[]): Layout {
  const title = Object.keys(cells[0].swept).map((path) => visibleText(path));
  const axis = cells.length === 1 ? null : { labelLimit: 300, labelOverlap: false, ...titleAbove };
  const y = { field: 'name', type: 'nominal', title: title.join(', '), sort: null, axis };
  const x = factorAxis(rows);
  return {
    height: 150 + 18 * cells.length,
    marks: { x, y },
    bars: { x: { ...x, field: 'drawnLow' }, x2: { field: 'high' }, y },
    rule: { x: { datum: 1 } },
    isCrowded: false,
    params: [],
  };
}

function alongLayout(rows: readonly Datum[], title: string): Layout {
  const x = { field: 'x', type: 'quantitative', title, scale: numericScale(rows.map(({ x }) => Number(x))) };
  const y = factorAxis(rows);
  return {
    marks: { x, y },
    bars: { x, y: { ...y, field: 'drawnLow' }, y2: { field: 'high' } },
    rule: { y: { datum: 1 } },
    isCrowded: rows.length > crowd,
    params: [zoomParam],
  };
}

function factorAxis(rows: readonly Datum[]) {
  const scale = numericScale([1, ...rows.map(({ factor }) => Number(factor))]);
  return { field: 'factor', type: 'quantitative', title: 'variance-reduction factor', scale };
}

function specOf(
  choice: Choice,
  series: readonly Series[],
  { height = plotFrame.height, marks, bars, rule, isCrowded, params }: Layout,
): TopLevelSpec {
  const color = seriesColor(series);
  return {
    ...plotFrame,
    height,
    params: readerParams(choice),
    transform: [drawnOnly(choice), told('standardError', '.2~g')],
    layer: [
      { mark: { ...ruleMark, aria: false }, encoding: rule },
      {
        // A bar that a logarithmic axis can show.
        transform: [
          { filter: 'isValid(datum.low)' },
          { calculate: 'max(datum.low, datum.factor / 10)', as: 'drawnLow' },
        ],
        mark: { type: 'rule', strokeWidth: isCrowded ? 0.75 : 1.5, opacity: isCrowded ? 0.5 : 1, aria: false },
        encoding: { ...bars, color },
      },
      {
        params,
        mark: { type: 'point', opacity: 1, size: isCrowded ? 12 : 45 },
        encoding: {
          ...marks,
          color,
          shape: seriesScale(series, ['circle', 'cross']),
          tooltip: [
            { field: 'label', title: 'cell' },
            { field: 'series' },
            { field: 'factor', format: '.5~g' },
            { field: 'standardErrorTold', type: 'nominal', title: 'standard error' },
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
  if (known.length === 0)
    return `${about}For ‖q‖ none can be told from one pair, or where the difference does not vary.`;
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
  return ` The exact factor is within 2 standard errors in ${formatCount(within)} of ${formatCount(compared.length)} cells${missedText(compared.length - within, compared.length)}.`;
}

/** What chance puts beyond two standard errors, and why more may be there. */
function missedText(missed: number, compared: number): string {
  if (missed === 0) return '';
  const chance = '; by chance about 1 in 20 is beyond';
  const isMore = atMostPValue(missed, compared, beyondTwo) < 0.001;
  return isMore ? `${chance}, and where rare replicates carry the variance, estimate and error both miss them` : chance;
}

/** P(|Z| > 2). */
const beyondTwo = 0.0455;
