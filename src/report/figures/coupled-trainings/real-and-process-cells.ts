import type { TopLevelSpec } from 'vega-lite';
import { differenceEstimate, type Estimate } from '../../../statistics/pair-estimates.ts';
import { formatCount, formatEstimate, formatSignificant } from '../../format-number.ts';
import type { CoupledTrainingsSource, NamedPair } from '../../sources/coupled-trainings-source.ts';
import { chosenTitle } from '../chosen-title.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import { drawnOnly, evenly, plotFrame, readerParams, ruleMark, seriesColor, seriesShape } from '../plot.ts';
import { processSeries, runsOfCell, shareOfPairs } from './processes.ts';

/** Where the trainings end, cell by cell: real and by the process. */
export const realAndProcessCells: FigureOf<CoupledTrainingsSource> = {
  id: 'real-and-process-cells',
  about: 'difference of the norms and pairs out of order at the end, cell by cell: real and by the processes',
  draw({ cells }) {
    if (cells.length < 2) return null;
    const drawn = evenly(cells, mostCells);
    const choice = { label: 'Quantity', options: quantities.map(({ name }) => name) };
    return {
      id: this.id,
      title: 'The end, pair by pair, real and by the process',
      caption: captionOf(cells, drawn.length),
      rows: quantities.flatMap((quantity) => drawn.flatMap((cell) => rowsOf(cell, quantity))),
      spec: specOf(
        choice,
        drawn.map(({ name }) => name),
      ),
      series: processSeries,
      choice,
      zoomed: [],
    };
  },
};

/** Cells that have room beside each other. */
const mostCells = 12;

type Runs = ReturnType<typeof runsOfCell>[number]['runs'];

interface Quantity {
  readonly name: string;
  of(runs: Runs): { readonly value: number; readonly low: number; readonly high: number };
}

const quantities: readonly Quantity[] = [
  {
    name: 'E‖q″‖ − E‖q′‖ at the end',
    of({ norms }) {
      const { estimate, standardError } = differenceEstimate(norms.at(-1)!);
      const error = 1.96 * (standardError ?? 0);
      return { value: estimate, standardError, low: estimate - error, high: estimate + error };
    },
  },
  {
    name: 'pairs out of order at the end',
    of: ({ order }) => shareOfPairs(order.pairsViolatedAtEnd, order.pairs),
  },
  {
    name: 'pairs out of order at some step',
    of: ({ order }) => shareOfPairs(order.pairsViolatedAtSomeStep, order.pairs),
  },
];

function rowsOf(cell: NamedPair, { name, of }: Quantity): Datum[] {
  return runsOfCell(cell).map(({ series, runs }) => {
    return { choice: name, series, cell: cell.index, pair: cell.name, ...of(runs) };
  });
}

function specOf(choice: Choice, pairs: readonly string[]): TopLevelSpec {
  const x = {
    field: 'pair',
    type: 'nominal',
    title: null,
    sort: [...pairs],
    axis: { labelAngle: -40, labelLimit: 160 },
  } as const;
  const xOffset = {
    field: 'series',
    type: 'nominal',
    scale: { domain: processSeries.map(({ name }) => name) },
  } as const;
  const y = { type: 'quantitative', title: chosenTitle } as const;
  const color = seriesColor(processSeries);
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      { mark: { ...ruleMark, aria: false }, encoding: { y: { datum: 0, type: 'quantitative' } } },
      {
        mark: { type: 'rule', strokeWidth: 2, aria: false },
        encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: {
          x,
          xOffset,
          y: { ...y, field: 'value' },
          color,
          shape: seriesShape(processSeries),
          tooltip: [
            { field: 'series' },
            { field: 'pair' },
            { field: 'value' },
            { field: 'low', title: '95 % from' },
            { field: 'high', title: 'to' },
          ],
        },
      },
    ],
  };
}

/** @param drawn how many of the cells are drawn; the words are of all */
function captionOf(cells: readonly NamedPair[], drawn: number): string {
  const which =
    drawn === cells.length
      ? ''
      : ` ${formatCount(drawn)} of ${formatCount(cells.length)} cells are drawn, evenly spaced.`;
  return `Marks: the end of all pairs of a cell; bars: 95 %. ${orderText(cells)} ${farthestText(cells)}${which}`;
}

/** In how many cells the more popular run ends longer; none of a difference within two standard errors. */
function orderText(cells: readonly NamedPair[]): string {
  const differences = cells.map(({ name, result }) => ({ name, ...differenceEstimate(result.real.norms.at(-1)!) }));
  const isClear = ({ estimate, standardError }: Estimate) =>
    standardError !== null && estimate !== 0 && Math.abs(estimate) >= 2 * standardError;
  const clear = differences.filter(isClear);
  const shorter = clear.filter(({ estimate }) => estimate < 0);
  const longer = clear.length - shorter.length;
  const named = shorter
    .slice(0, mostCells)
    .map(({ name, estimate }) => `${name} (${formatSignificant(estimate, 3)})`)
    .join(', ');
  const more = shorter.length > mostCells ? ` and ${formatCount(shorter.length - mostCells)} others` : '';
  const texts = [
    `${longer === cells.length ? 'in every cell' : `in ${formatCount(longer)} of ${formatCount(cells.length)} cells`}, by more than 2 standard errors`,
    ...(shorter.length === 0 ? [] : [`shorter on average at ${named}${more}`]),
    ...(clear.length === cells.length
      ? []
      : [`${formatCount(cells.length - clear.length)} cannot be told from chance`]),
  ];
  return `The more popular run ends longer on average ${texts.join('; ')}.`;
}

/** Where the law's estimate is farthest from the real one, with both errors. */
function farthestText(cells: readonly NamedPair[]): string {
  const gaps = cells.map(({ name, result }) => {
    const real = differenceEstimate(result.real.norms.at(-1)!);
    const law = differenceEstimate(result.processes.law.norms.at(-1)!);
    return { name, real, law, size: Math.abs(law.estimate - real.estimate) };
  });
  const { name, real, law } = gaps.reduce((most, one) => (one.size > most.size ? one : most));
  return `The estimates of law and trainings are farthest apart at ${name}: ${estimateText(law)} against ${estimateText(real)}.`;
}

function estimateText({ estimate, standardError }: Estimate): string {
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
  return `${formatEstimate(estimate, standardError)}${error}`;
}
