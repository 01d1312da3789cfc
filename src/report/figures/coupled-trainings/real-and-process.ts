import { differenceEstimate } from '../../../statistics/pair-estimates.ts';
import { formatCount, formatEstimate, formatSignificant } from '../../format-number.ts';
import type { CoupledTrainingsSource, NamedPair } from '../../sources/coupled-trainings-source.ts';
import type { Datum, FigureOf } from '../figure.ts';
import { overStepsSpec, pairChoice } from './over-steps.ts';
import { processesText, processSeries, runsOfCell } from './processes.ts';

/** How far apart the two runs' norms come, really and by the process. */
export const realAndProcess: FigureOf<CoupledTrainingsSource> = {
  id: 'real-and-process',
  about: 'E‖q″‖ − E‖q′‖ over the steps: real trainings beside the processes under the same uniforms',
  draw({ cells, shown }) {
    if (shown.length === 0) return null;
    const choice = pairChoice(shown);
    return {
      id: this.id,
      title: 'Difference of the norms, real and by the process',
      caption: captionOf(shown, cells.length),
      rows: shown.flatMap(rowsOf),
      spec: overStepsSpec(choice, 'E‖q″‖ − E‖q′‖'),
      series: processSeries,
      choice,
      zoomed: ['step', 'value'],
    };
  },
};

function rowsOf(cell: NamedPair): Datum[] {
  const { recordedSteps } = cell.coupled;
  return runsOfCell(cell).flatMap(({ series, runs }) =>
    runs.norms.map((norms, at) => {
      const { estimate, standardError } = differenceEstimate(norms);
      const error = 1.96 * (standardError ?? 0);
      return {
        choice: cell.name,
        series,
        cell: cell.index,
        step: recordedSteps[at],
        value: estimate,
        standardError,
        low: estimate - error,
        high: estimate + error,
      };
    }),
  );
}

function captionOf(shown: readonly NamedPair[], count: number): string {
  const [first] = shown;
  const ends = runsOfCell(first).map(({ series, runs }) => {
    const { estimate, standardError } = differenceEstimate(runs.norms.at(-1)!);
    const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 2)}`;
    return `${formatEstimate(estimate, standardError)}${error} (${series})`;
  });
  const which =
    shown.length === count ? '' : ` ${formatCount(shown.length)} of ${formatCount(count)} cells can be chosen.`;
  return (
    `Lines: mean difference over the pairs; bands: its 95 %. ${processesText} After ${formatCount(first.coupled.steps)} steps at ` +
    `${first.name} it is ${ends.join(', ')}.${which}`
  );
}
