import type { TopLevelSpec } from 'vega-lite';
import type { OrderGuarantee } from '../../../process/order-guarantee.ts';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { significantZ } from '../../../results/sweep-tally.ts';
import { formatCount } from '../../format-number.ts';
import { cellName } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import { guaranteeOf } from '../../verdict.ts';
import type { Datum, FigureOf, Series } from '../figure.ts';
import {
  drawnOnly,
  numericScale,
  plotFrame,
  readerParams,
  seriesColor,
  seriesLegend,
  seriesScale,
  told,
  zoomParam,
} from '../plot.ts';
import { planeAxes, scaledAxes } from './plane-axes.ts';
import { type NumericAxis, numericAxes, type Slices, slicesBeside } from './swept-axes.ts';
import { type SweptPlane, sweptPlane } from './swept-plane.ts';

/** How the order fares in a cell. */
interface Phase extends Series {
  readonly letter: string;
  readonly shape: string;
  /** In a caption, after how many cells it is so. */
  readonly words: string;
}

const phases = {
  guaranteed: {
    name: 'G: guaranteed by a claim',
    letter: 'G',
    shape: 'circle',
    color: '#0072B2',
    words: 'guaranteed by a claim',
  },
  kept: {
    name: 'K: kept in all pairs',
    letter: 'K',
    shape: 'square',
    color: '#00805C',
    words: 'kept in all pairs though no claim says so',
  },
  flips: {
    name: 'F: flips on some paths, mean order holds',
    letter: 'F',
    shape: 'triangle-up',
    color: '#8F7A00',
    words: 'broken on some paths while the mean order holds',
  },
  undecided: {
    name: 'U: flips, mean order undecided',
    letter: 'U',
    shape: 'diamond',
    color: '#7A7A7A',
    words: 'broken on some paths with the mean difference within its error',
  },
  reversed: {
    name: 'R: mean order reversed',
    letter: 'R',
    shape: 'cross',
    color: '#D55E00',
    words: 'broken in the mean as well',
  },
} as const satisfies Readonly<Record<string, Phase>>;

type PhaseName = keyof typeof phases;

/** A cell and how the order fares in it. */
interface PhasedCell {
  readonly cell: ReportedCell;
  readonly phase: PhaseName;
  /** The claim that guarantees it, where one does. */
  readonly claim: OrderGuarantee['claim'] | null;
}

/** Where the order is guaranteed, where it is kept, where it breaks, and where the means break it. */
export const orderPhases: FigureOf<CoupledSource> = {
  id: 'order-phases',
  about: 'phase diagram of the order over the swept fields',
  draw(source) {
    const axes = numericAxes(source);
    if (axes.length === 0) return null;
    const phased = source.cells.map(phasedCell);
    const series = Object.entries(phases).flatMap(([name, phase]) => {
      return phased.some(({ phase }) => phase === name) ? phase : [];
    });
    const plane = sweptPlane(source);
    const slices = plane ?? slicesBeside(axes, source);
    const down = plane?.down ?? null;
    const across = plane?.across ?? axes[0];
    return {
      id: this.id,
      title: 'Phases of the order',
      caption: captionOf(phased, slices),
      rows: phased.map((one) => rowOf(one, across, down, slices)),
      spec: plane === null ? stripSpec(across, slices, series) : planeSpec(plane, series),
      series: series.length < 2 ? [] : series,
      choice: null,
      slice: slices.choice,
      zoomed: plane !== null && !hasRoomForLetters(plane) ? ['x', 'y'] : [],
    };
  },
};

function phasedCell(cell: ReportedCell): PhasedCell {
  const { mean, standardError } = cell.norm.difference;
  const error = standardError === null ? Infinity : significantZ * standardError;
  if (mean < -error) return { cell, phase: 'reversed', claim: null };
  if (cell.order.pairsViolatedAtSomeStep > 0) return { cell, phase: mean > error ? 'flips' : 'undecided', claim: null };
  // Searching for a guarantee can cost as much as a replicate.
  const claim = guaranteeOf(cell)?.claim ?? null;
  return { cell, phase: claim === null ? 'kept' : 'guaranteed', claim };
}

function rowOf(
  { cell, phase, claim }: PhasedCell,
  across: NumericAxis,
  down: NumericAxis | null,
  slices: Slices,
): Datum {
  const { norm, order, swept, index } = cell;
  const { name, letter } = phases[phase];
  return {
    slice: slices.nameOf(cell),
    series: name,
    letter,
    cell: index,
    label: cellName(swept),
    x: across.of(cell),
    ...(down === null ? {} : { y: down.of(cell) }),
    difference: norm.difference.mean,
    standardError: norm.difference.standardError,
    violated: order.pairsViolatedAtSomeStep,
    pairs: order.pairs,
    claim,
  };
}

/** What not every cell has. */
const texts = [told('claim'), told('standardError', '.2~g')];

const tooltip = [
  { field: 'label', title: 'cell' },
  { field: 'series', title: 'order' },
  { field: 'claimTold', type: 'nominal', title: 'claim' },
  { field: 'violated', title: 'pairs out of order at some step' },
  { field: 'pairs', title: 'of' },
  { field: 'difference', title: 'E‖q″‖ − E‖q′‖', format: '.4~g' },
  { field: 'standardErrorTold', type: 'nominal', title: 'standard error' },
];

function planeSpec(plane: SweptPlane, series: readonly Phase[]): TopLevelSpec {
  const hasLetters = hasRoomForLetters(plane);
  const { x, y } = hasLetters ? planeAxes(plane) : scaledAxes(plane);
  return {
    ...plotFrame,
    params: readerParams(null, plane.choice),
    transform: [drawnOnly(null, plane.choice), ...texts],
    layer: hasLetters ? letterLayers(x, y, series) : [pointLayer(x, y, series)],
  } as TopLevelSpec;
}

/** One swept field: a row a phase. */
function stripSpec(across: NumericAxis, { choice }: Slices, series: readonly Phase[]): TopLevelSpec {
  const x = { field: 'x', type: 'quantitative', title: across.name, scale: numericScale(across.values) };
  const domain = series.map(({ letter }) => letter);
  const y = { field: 'letter', type: 'nominal', title: null, scale: { domain } };
  return {
    ...plotFrame,
    height: 80 + 60 * series.length,
    params: readerParams(null, choice),
    transform: [drawnOnly(null, choice), ...texts],
    layer: [
      {
        mark: { type: 'point', filled: true, opacity: 0.9, size: 60 },
        encoding: {
          x,
          y,
          color: phaseColor(series),
          shape: phaseShape(series),
          tooltip,
        },
      },
    ],
  } as TopLevelSpec;
}

const mostLetters = { across: 32, down: 18 };

function hasRoomForLetters({ across, down, isScatter }: SweptPlane): boolean {
  return !isScatter && across.values.length <= mostLetters.across && down.values.length <= mostLetters.down;
}

function letterLayers(x: object, y: object, series: readonly Phase[]) {
  return [
    { mark: { type: 'rect' }, encoding: { x, y, color: phaseColor(series), tooltip } },
    {
      mark: { type: 'text', fontSize: 11, fontWeight: 'bold', aria: false },
      encoding: { x, y, text: { field: 'letter', type: 'nominal' }, color: { value: 'white' }, tooltip },
    },
  ];
}

function pointLayer(x: object, y: object, series: readonly Phase[]) {
  return {
    params: [zoomParam],
    mark: { type: 'point', filled: true, opacity: 0.95, size: 45 },
    encoding: { x, y, color: phaseColor(series), shape: phaseShape(series), tooltip },
  };
}

// A letter alone says nothing: a single phase has its legend, too.

function phaseColor(series: readonly Phase[]) {
  return { ...seriesColor(series), legend: seriesLegend(series) };
}

function phaseShape(series: readonly Phase[]) {
  const shapes = series.map(({ shape }) => shape);
  return { ...seriesScale(series, shapes), legend: seriesLegend(series) };
}

function captionOf(phased: readonly PhasedCell[], { choice }: Slices): string {
  const counts = Object.entries(phases).flatMap(([name, { words, letter }]) => {
    const those = phased.filter(({ phase }) => phase === name);
    return those.length === 0 ? [] : `${words} in ${formatCount(those.length)} (${letter}${claimsText(those)})`;
  });
  const sliced = choice === null ? '' : ' The picture has the cells with one value of the other fields at a time.';
  return (
    `The order s″ ≥ s′ over ${formatCount(phased.length)} cells: ${counts.join('; ')}. A mean decides where it is ` +
    `${significantZ} standard errors from 0 (one in 10⁶ by chance).${sliced}`
  );
}

/** By which claims cells are guaranteed their order. */
function claimsText(phased: readonly PhasedCell[]): string {
  const claims = phased.flatMap(({ claim }) => claim ?? []);
  const counts = [...new Set(claims)].map((claim) => {
    const count = claims.filter((one) => one === claim).length;
    return count === claims.length ? claim : `${claim} ${formatCount(count)}`;
  });
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}
