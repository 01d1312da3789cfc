import type { TopLevelSpec } from 'vega-lite';
import type { NamedPair } from '../../sources/coupled-trainings-source.ts';
import type { Choice } from '../figure.ts';
import { drawnOnly, plotFrame, readerParams, ruleMark, seriesColor, seriesDash, zoomParam } from '../plot.ts';
import { processSeries } from './processes.ts';

/** A reader's choice among the cells; null where there is one. */
export function pairChoice(shown: readonly NamedPair[]): Choice | null {
  return shown.length < 2 ? null : { label: 'Pair', options: shown.map(({ name }) => name) };
}

/** Lines over the recorded steps, one a process: `value` with a band from `low` to `high`. */
export function overStepsSpec(choice: Choice | null, title: string, format?: string): TopLevelSpec {
  const x = { field: 'step', type: 'quantitative', title: 'step', axis: { grid: false } } as const;
  const y = { type: 'quantitative', title, axis: format === undefined ? {} : { format } } as const;
  const color = seriesColor(processSeries);
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      { mark: { ...ruleMark, aria: false }, encoding: { y: { datum: 0, type: 'quantitative' } } },
      {
        mark: { type: 'area', opacity: 0.15, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        params: [zoomParam],
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { x, y: { ...y, field: 'value' }, color, strokeDash: seriesDash(processSeries) },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 0 },
        encoding: {
          x,
          y: { ...y, field: 'value' },
          tooltip: [
            { field: 'series' },
            { field: 'step' },
            { field: 'value' },
            { field: 'low', title: '95 % from' },
            { field: 'high', title: 'to' },
          ],
        },
      },
    ],
  };
}
