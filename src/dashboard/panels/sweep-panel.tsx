import { Text } from 'ink';
import type { ReactElement } from 'react';
import wrapAnsi from 'wrap-ansi';
import { formatEstimate, formatSignificant } from '../../report/format-number.ts';
import type { AxisValue } from '../../scenarios/sweep/axis.ts';
import { type CellQuantity, cellQuantities, quantityNames } from '../cell-quantities.ts';
import { type HeatMap, type HeatRange, type HeatView, heatMapView, heatScale, spansText } from '../charts/heat-map.ts';
import { hasColour } from '../colour.ts';
import { cellName } from '../run-facts.ts';
import { shownCell } from '../shown-cell.ts';
import type { Snapshot } from '../snapshot.ts';
import { type SweepMap, sweepMap } from '../sweep-map.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';

/** One estimate over two swept fields, and the shown cell's numbers. */
export const sweepPanel: Panel = {
  id: 'sweep',
  title: 'Sweep',
  isFor: ({ facts }) => facts.axes.length >= 1,
  Body: SweepBody,
  keys: [
    ['arrows', 'move'],
    ['x', 'axes'],
    ['e', 'estimate'],
  ],
};

function SweepBody({ snapshot, ui, room }: PanelProps): ReactElement {
  const sweep = sweepMap(snapshot, ui);
  if (sweep === null) return <PanelLines room={room} lines={['nothing is swept']} />;
  const names = quantityNames(snapshot);
  const estimate = ui.map.estimate % names.length;
  const map = heatMapOf(snapshot, sweep, estimate);
  const numbers = cellLines(snapshot, shownCell(snapshot, ui), estimate, room.width);
  const share = sharesOf(room, map.rows.length, numbers.length);
  const view = heatMapView(map, { width: room.width, height: share.rows });
  const lines = [
    ...(share.hasTitle ? [<Title key="title" sweep={sweep} view={view} map={map} name={names[estimate]} />] : []),
    ...(share.hasLabels ? [view.labels] : []),
    // A text for each row: an element for each block would cost a large map a second.
    ...view.rows.map((row) => spansText(row, hasColour())),
    ...(share.hasLegend ? [<Legend key="legend" range={view.range} name={names[estimate]} />] : []),
    ...numbers.slice(0, share.numbers),
  ];
  return <PanelLines room={room} lines={lines} />;
}

/** Who gets how many of a room's lines: the map and the cell's numbers first, then legend, labels and title. */
function sharesOf({ height }: Room, rows: number, numbers: number) {
  const [hasLegend, hasLabels, hasTitle] = [height >= 3, height >= 4, height >= 5];
  const free = Math.max(1, height - Number(hasLegend) - Number(hasLabels) - Number(hasTitle));
  const promised = height < 2 ? 0 : Math.min(numbers, Math.max(1, Math.floor(height / 4)));
  const mapRows = Math.max(1, Math.min(rows, free - promised));
  return { hasLegend, hasLabels, hasTitle, rows: mapRows, numbers: Math.max(0, free - mapRows) };
}

function heatMapOf(
  snapshot: Snapshot,
  { rows, acrossValues, downValues, cursor }: SweepMap,
  estimate: number,
): HeatMap {
  return {
    rows: rows.map((row) =>
      row.map((cell) => {
        if (cell === null) return null;
        return { status: snapshot.cells[cell].status, value: cellQuantities(snapshot, cell)[estimate].value };
      }),
    ),
    acrossLabels: acrossValues.map(labelOf),
    downLabels: downValues.map(labelOf),
    cursor,
  };
}

/** No more digits than a label has room for. */
function labelOf(value: AxisValue): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

function Title(props: { sweep: SweepMap; view: HeatView; map: HeatMap; name: string }): ReactElement {
  const { sweep, view, map, name } = props;
  const { across, down, held, isScatter } = sweep;
  const axes = [`→ ${across}`, ...(down === null ? [] : [`↓ ${down}`]), ...held.map((field) => `at ${field}`)];
  const scatter = isScatter ? ['no grid: cells near a point share it'] : [];
  const parts = [
    ...scatter,
    ...partOf('columns', view.columns, map.acrossLabels.length),
    ...partOf('rows', view.rowsInSight, map.rows.length),
  ];
  return (
    <>
      <Text bold>{name}</Text> {[...axes, ...parts].join('  ')}
    </>
  );
}

/** What is in sight of a map that is larger than its room. */
function partOf(what: string, [first, last]: readonly [number, number], all: number): string[] {
  return first === 0 && last === all - 1 ? [] : [`${what} ${first + 1}–${last + 1} of ${all}`];
}

function Legend({ range, name }: { range: HeatRange | null; name: string }): ReactElement {
  const marks = '  · queued  ~ running  ✗ failed';
  if (range === null) return <Text dimColor>{`no ${name} yet${marks}`}</Text>;
  return (
    <>
      {formatSignificant(range.least, 4)} {spansText(heatScale(), hasColour())} {formatSignificant(range.greatest, 4)}
      <Text dimColor>{marks}</Text>
    </>
  );
}

/** The mapped number of a cell first, so that no narrow room cuts it off; then the cell's name and its other numbers. */
function cellLines(snapshot: Snapshot, cell: number, estimate: number, width: number): string[] {
  const quantities = cellQuantities(snapshot, cell);
  const others = quantities.filter(({ value }, place) => place !== estimate && value !== null);
  // Spaces that do not break, so that a number is not parted from its name.
  const [mapped, ...more] = [quantities[estimate], ...others].map((of) => quantityText(of).replaceAll(' ', '\u00a0'));
  const text = [mapped, cellName(snapshot.facts, cell), ...more].join(' · ');
  return wrapAnsi(text, width, { hard: true }).replaceAll('\u00a0', ' ').split('\n');
}

function quantityText({ name, value, standardError }: CellQuantity): string {
  if (value === null) return `${name} –`;
  const isKnown = standardError !== null && standardError > 0 && Number.isFinite(standardError);
  if (!isKnown) return `${name} ${formatSignificant(value, 4)}`;
  return `${name} ${formatEstimate(value, standardError)} ± ${formatSignificant(standardError, 2)}`;
}
