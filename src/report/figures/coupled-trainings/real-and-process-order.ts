import { formatCount, formatShare } from '../../format-number.ts';
import type { CoupledTrainingsSource, NamedPair } from '../../sources/coupled-trainings-source.ts';
import type { Datum, FigureOf } from '../figure.ts';
import { overStepsSpec, pairChoice } from './over-steps.ts';
import { processesText, processSeries, runsOfCell, shareOfPairs } from './processes.ts';

/** How many pairs are out of order over the steps, really and by the process. */
export const realAndProcessOrder: FigureOf<CoupledTrainingsSource> = {
  id: 'real-and-process-order',
  about: 'share of pairs out of order over the steps: real trainings beside the processes under the same uniforms',
  draw({ cells, shown }) {
    if (shown.length === 0) return null;
    const choice = pairChoice(shown);
    return {
      id: this.id,
      title: 'Pairs out of order, real and by the process',
      caption: captionOf(shown, cells.length),
      rows: shown.flatMap(rowsOf),
      spec: overStepsSpec(choice, 'pairs with ‖q″‖ < ‖q′‖', '~%'),
      series: processSeries,
      choice,
      zoomed: ['step', 'value'],
    };
  },
};

function rowsOf(cell: NamedPair): Datum[] {
  const { coupled, result } = cell;
  return runsOfCell(cell).flatMap(({ series, runs }) =>
    runs.violated.map((pairs, at) => {
      const step = coupled.recordedSteps[at];
      return { choice: cell.name, series, cell: cell.index, step, pairs, ...shareOfPairs(pairs, result.pairs) };
    }),
  );
}

function captionOf(shown: readonly NamedPair[], count: number): string {
  const [first] = shown;
  const { pairs } = first.result;
  const texts = runsOfCell(first).map(({ series, runs: { order } }) => {
    return `${formatShare(order.pairsViolatedAtSomeStep / order.pairs)} and ${formatShare(order.pairsViolatedAtEnd / order.pairs)} (${series})`;
  });
  const which =
    shown.length === count ? '' : ` ${formatCount(shown.length)} of ${formatCount(count)} cells can be chosen.`;
  return (
    `Lines: share of the ${formatCount(pairs)} pairs in which the more popular run is shorter after a step; bands: 95 % of a share of ` +
    `so many. ${processesText} At ${first.name}, after some step and at the end: ${texts.join(', ')}.${which}`
  );
}
