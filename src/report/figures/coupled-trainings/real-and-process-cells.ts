import type { TopLevelSpec } from 'vega-lite';
import { differenceEstimate } from '../../../statistics/pair-estimates.ts';
import { formatCount, formatSignificant } from '../../format-number.ts';
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
      caption: captionOf(drawn, cells.length),
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
  of(runs: Runs): { readonly value: number; readonly standardError: number | null };
}

const quantities: readonly Quantity[] = [
  {
    name: 'E‖q″‖ − E‖q′‖ at the end',
    of({ norms }) {
      const { estimate, standardError } = differenceEstimate(norms.at(-1)!);
      return { value: estimate, standardError };
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
    const { value, standardError } = of(runs);
    const error = 1.96 * (standardError ?? 0);
    const place = { choice: name, series, cell: cell.index, pair: cell.name };
    return { ...place, value, standardError, low: value - error, high: value + error };
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
          tooltip: ['series', 'pair', 'value', 'standardError'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: readonly NamedPair[], count: number): string {
  const differences = drawn.map(({ name, result }) => ({
    name,
    real: differenceEstimate(result.real.norms.at(-1)!),
    law: differenceEstimate(result.processes.law.norms.at(-1)!),
  }));
  const reversed = differences.filter(({ real }) => real.estimate < 0);
  const farthest = differences.reduce((most, one) => (gapOf(one) > gapOf(most) ? one : most));
  const which =
    drawn.length === count
      ? ''
      : ` ${formatCount(drawn.length)} of ${formatCount(count)} cells are drawn, evenly spaced.`;
  return (
    'Marks: the end of all pairs of a cell; bars: 95 %. ' +
    (reversed.length === 0
      ? 'In every cell the more popular run ends longer on average. '
      : `The more popular run ends shorter on average at ${reversed.map(({ name, real }) => `${name} (${formatSignificant(real.estimate, 3)})`).join(', ')}. `) +
    `The law is farthest from the real difference at ${farthest.name}: ${formatSignificant(farthest.law.estimate, 3)} against ` +
    `${formatSignificant(farthest.real.estimate, 3)}.${which}`
  );
}

function gapOf({ real, law }: Record<'real' | 'law', { readonly estimate: number }>): number {
  return Math.abs(law.estimate - real.estimate);
}
