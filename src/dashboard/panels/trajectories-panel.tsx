import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import type { CellResult } from '../../engine/cell-result.ts';
import { formatSignificant } from '../../report/format-number.ts';
import { axisOf } from '../charts/axis.ts';
import { type Curve, lineChart } from '../charts/line-chart.ts';
import { screenPaint } from '../paint.ts';
import type { AxisScale } from '../ui-state.ts';
import { wrapped } from './fit-lines.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';
import { type ShownResult, shownResult } from './shown-result.ts';

/** The norms of both runs of the shown cell, over the recorded steps. */
export const trajectoriesPanel: Panel = {
  id: 'trajectories',
  title: 'Trajectories',
  isFor: ({ facts }) => facts.kind === 'coupled',
  Body: Trajectories,
  keys: [['y', 'axis']],
};

function Trajectories({ snapshot, ui, room }: PanelProps): ReactElement {
  const shown = shownResult(snapshot, ui);
  return <PanelLines lines={typeof shown === 'string' ? [shown] : linesOf(shown, ui.scale, room)} room={room} />;
}

const axisNames: Readonly<Record<AxisScale, string>> = {
  linear: '‖q‖, linear axis',
  logarithmic: '‖q‖, logarithmic axis',
  'fourth power': '‖q‖, fourth power axis: the law of growth is a line',
};

function linesOf({ name, result: { trajectory } }: ShownResult, scale: AxisScale, { width, height }: Room): string[] {
  const caption = `${axisNames[scale]} · ${name}`;
  const captionLines = height >= 12 ? wrapped(caption, width).slice(0, 2) : [caption];
  if (trajectory.step.length < 2) return [...captionLines, 'fewer than two recorded steps: no curve to draw'];
  const [hasLegend, hasExact] = [height >= 6, height >= 7];
  const chartRoom = { width, height: height - captionLines.length - (hasLegend ? 1 : 0) - (hasExact ? 1 : 0) };
  const within = isWithinLines(trajectory, scale, chartRoom.height);
  const curves = [...bandsOf(trajectory), ...(within ? [] : exactsOf(trajectory)), ...meansOf(trajectory)];
  const chart = lineChart(curves, chartRoom, { scale, places: 'step' });
  return [
    ...captionLines,
    ...(chart.length === 0 ? ['nothing that can be drawn on this axis'] : chart),
    ...(hasLegend ? [legendOf(width)] : []),
    ...(hasExact ? [exactText(trajectory, within)] : []),
  ];
}

type Trajectory = CellResult['trajectory'];

const runs = [
  { run: 'lower', name: '‖q′‖', stroke: 'thin', line: '─', mark: '′', paint: screenPaint.lower },
  { run: 'upper', name: '‖q″‖', stroke: 'heavy', line: '━', mark: '″', paint: screenPaint.upper },
] as const;

function meansOf(trajectory: Trajectory): Curve[] {
  return runs.map(({ run, name, stroke, paint }) => {
    return { label: name, at: trajectory.step, values: trajectory[run].mean, stroke, paint };
  });
}

/** The primes of the run's own q, dim: lighter than a line, and told apart without colour. */
function bandsOf(trajectory: Trajectory): Curve[] {
  return runs.flatMap(({ run, mark, paint }) =>
    ['0.05', '0.95'].map((probability) => ({
      label: '',
      at: trajectory.step,
      values: trajectory[run].quantiles[probability] ?? [],
      stroke: { mark, everyColumns: 2 },
      paint: (text: string) => screenPaint.dim(paint(text)),
    })),
  );
}

function exactsOf(trajectory: Trajectory): Curve[] {
  return runs.map(({ run, paint }) => ({
    label: '',
    at: trajectory.step,
    values: trajectory[run].exact ?? [],
    stroke: { mark: '×', everyColumns: 4 },
    paint,
  }));
}

/** Whether the exact curves are nowhere a line of the screen away from the means: points would tell nothing. */
function isWithinLines(trajectory: Trajectory, scale: AxisScale, rows: number): boolean {
  const curves = [...meansOf(trajectory), ...bandsOf(trajectory), ...exactsOf(trajectory)];
  const axis = axisOf(
    curves.flatMap(({ values }) => values),
    scale,
    rows,
  );
  return runs.every(({ run }) => {
    const { mean, exact } = trajectory[run];
    if (axis === null || exact === null) return true;
    return mean.every((value, step) => !(Math.abs(axis.heightOf(value) - axis.heightOf(exact[step])) >= 1));
  });
}

function exactText(trajectory: Trajectory, within: boolean): string {
  if (trajectory.lower.exact === null || trajectory.upper.exact === null) return 'exact: not known for this cell';
  const largest = largestDistance(trajectory);
  const distance = largest === null ? '' : `, largest |z| = ${formatSignificant(largest, 3)}`;
  return within ? `exact: within the line${distance}` : `exact: ×${distance}`;
}

/** Of the means from the exact ones, over runs and steps, in standard errors of the means; null where none has one. */
function largestDistance(trajectory: Trajectory): number | null {
  const distances = runs.flatMap(({ run }) => {
    const { mean, exact, standardError } = trajectory[run];
    return mean.map((value, step) => Math.abs(value - (exact?.[step] ?? Number.NaN)) / (standardError[step] ?? 0));
  });
  const known = distances.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((most, distance) => Math.max(most, distance), 0);
}

function legendOf(width: number): string {
  const [lower, upper] = runs.map(({ line, name, paint }) => paint(`${line} ${name}`));
  const long = `${lower}  ${upper} means, ${runs[0].mark} ${runs[1].mark} their 5 % and 95 % quantiles`;
  return stringWidth(long) <= width ? long : `${lower}  ${upper}`;
}
