import { Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import wrapAnsi from 'wrap-ansi';
import { formatCount, formatDuration } from '../../report/format-number.ts';
import { paceOf, secondsLeftOf } from '../pace.ts';
import { cellName } from '../run-facts.ts';
import { shareDone, shareDoneOf } from '../share-done.ts';
import { filteredCells } from '../shown-cell.ts';
import type { CellView, RunState, Snapshot } from '../snapshot.ts';
import type { UiState } from '../ui-state.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';

/** How far the run is, how fast it goes, and how far each cell is. */
export const progressPanel: Panel = {
  id: 'progress',
  title: 'Progress',
  isFor: () => true,
  Body: ProgressBody,
  overflow(props) {
    const cells = filteredCells(props.snapshot, props.ui).length;
    return Math.max(0, cells - roomForCells(props));
  },
  keys: [],
};

function ProgressBody(props: PanelProps): ReactElement {
  const { snapshot, ui, room } = props;
  const cells = listedCells(snapshot, ui);
  const size = roomForCells(props);
  const first = Math.min(ui.scroll.progress ?? 0, Math.max(0, cells.length - size));
  const lines = [
    ...headLines(snapshot, room),
    ...cells.slice(first, first + size).map((index) => cellLine(snapshot, index, room.width)),
  ];
  return <PanelLines room={room} lines={lines} />;
}

function roomForCells({ snapshot, room }: PanelProps): number {
  return Math.max(0, room.height - headLines(snapshot, room).length);
}

const stateColours: Readonly<Record<RunState, string>> = {
  running: 'green',
  paused: 'yellow',
  stopping: 'yellow',
  finished: 'green',
  interrupted: 'yellow',
  failed: 'red',
};

/** The run as a whole, what matters most first. */
function headLines(snapshot: Snapshot, room: Room): ReactNode[] {
  const share = shareDone(snapshot);
  const size = Math.max(5, Math.min(60, room.width - 6));
  return [
    <StateLine key="state" snapshot={snapshot} />,
    `${bar(share, size)} ${percent(share)}`,
    replicatesText(snapshot),
    cellsText(snapshot),
    ...paceLines(snapshot, room),
  ].slice(0, room.height);
}

function StateLine({ snapshot }: { snapshot: Snapshot }): ReactElement {
  const { state, startedMs, nowMs } = snapshot;
  const { secondsLeft } = paceOf(snapshot);
  const isGoing = state === 'running' || state === 'paused';
  const left = Number.isFinite(secondsLeft) ? `about ${formatDuration(secondsLeft)} left` : 'time left not known yet';
  return (
    <>
      <Text bold color={stateColours[state]}>
        {state}
      </Text>
      {` after ${formatDuration((nowMs - startedMs) / 1000)}${isGoing ? `, ${left}` : ''}`}
    </>
  );
}

function replicatesText({ facts, replicatesDone, replicatesReused }: Snapshot): string {
  const all = facts.cells.reduce((sum, { replicates }) => sum + replicates, 0);
  const reused = replicatesReused === 0 ? '' : `, ${formatCount(replicatesReused)} of them reused`;
  return `${formatCount(replicatesDone)} of ${formatCount(all)} ${facts.replicatesAre}${reused}`;
}

function cellsText({ cells }: Snapshot): string {
  const counts = { queued: 0, running: 0, done: 0, failed: 0 };
  for (const { status } of cells) counts[status] += 1;
  const reused = cells.filter(isReused).length;
  const of = (Object.keys(counts) as (keyof typeof counts)[]).map(
    (status) => `${formatCount(counts[status])} ${status}`,
  );
  return `cells: ${of.join(', ')}, ${formatCount(reused)} reused`;
}

/** Whether an earlier run had left all that a cell needed. */
function isReused({ status, replicatesDone, replicatesReused }: CellView): boolean {
  return status === 'done' && replicatesDone > 0 && replicatesReused === replicatesDone;
}

/** Steps a second: of the last seconds, and of each worker since the start. */
function paceLines(snapshot: Snapshot, { width, height }: Room): string[] {
  const { facts, workers, startedMs, nowMs } = snapshot;
  const unit = facts.replicatesAre === 'pairs' ? 'pair-steps' : 'epochs';
  const total = `${perSecond(paceOf(snapshot).stepsPerSecond)} ${unit} per second`;
  const seconds = (nowMs - startedMs) / 1000;
  if (workers.length === 0 || seconds <= 0) return [total];
  const each = workers.map(({ steps }) => perSecond(steps / seconds)).join(' · ');
  const lines = wrapAnsi(`${total}; by worker ${each}`, width, { hard: true }).split('\n');
  return lines.slice(0, Math.max(1, Math.floor(height / 6)));
}

function perSecond(rate: number): string {
  return rate < 100 ? String(Number(rate.toPrecision(3))) : formatCount(rate);
}

const ranks: Readonly<Record<CellView['status'], number>> = { running: 0, failed: 1, queued: 2, done: 3 };

/** Those that the filter lets through: first those at work, then those that want a look, then the rest. */
function listedCells(snapshot: Snapshot, ui: UiState): number[] {
  const rank = (index: number) => ranks[snapshot.cells[index].status];
  return filteredCells(snapshot, ui).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** A small bar, how far, how long yet, and the name, of which a narrow room shows the beginning. */
function cellLine(snapshot: Snapshot, index: number, width: number): string {
  const share = shareDoneOf(snapshot, index);
  const size = width >= 60 ? 10 : width >= 40 ? 5 : 0;
  const lead = size === 0 ? '' : `${bar(share, size)} `;
  return `${lead}${percent(share)}  ${whenDone(snapshot, index).padEnd(10)} ${cellName(snapshot.facts, index)}`;
}

function whenDone({ facts, cells, nowMs }: Snapshot, index: number): string {
  const cell = cells[index];
  if (cell.status !== 'running') return isReused(cell) ? 'reused' : cell.status;
  const seconds = secondsLeftOf(cell, facts.cells[index].replicates, nowMs);
  return Number.isFinite(seconds) ? formatDuration(seconds) : 'running';
}

function bar(share: number, size: number): string {
  const filled = Math.max(0, Math.min(size, Math.floor(share * size)));
  return '█'.repeat(filled) + '░'.repeat(size - filled);
}

/** 100 % is said only of what is done. */
function percent(share: number): string {
  return `${String(Math.floor(100 * share)).padStart(3)} %`;
}
