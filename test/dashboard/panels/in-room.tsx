import fc from 'fast-check';
import { Box, renderToString } from 'ink';
import stringWidth from 'string-width';
import { expect } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import type { Panel, Room } from '../../../src/dashboard/panels/panel.ts';
import type { RunFacts } from '../../../src/dashboard/run-facts.ts';
import { type CellView, emptySnapshot, type Snapshot } from '../../../src/dashboard/snapshot.ts';
import { initialUi, type UiState } from '../../../src/dashboard/ui-state.ts';
import type { JointMoments } from '../../../src/statistics/joint-moments.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from '../samples.ts';

/** The lines of a panel in a room, without the spaces at their ends. */
export function linesIn(panel: Panel, snapshot: Snapshot, room: Room, ui: UiState = initialUi): string[] {
  const body = <panel.Body snapshot={snapshot} ui={ui} room={room} />;
  // Wider and higher than the room, so that what is too large is seen.
  const frame = renderToString(<Box width={room.width + 20}>{body}</Box>, { columns: room.width + 20 });
  return frame.replace(/\n+$/, '').split('\n');
}

/** The same as one text, in a room that is large enough for most of it. */
export function textOf(panel: Panel, snapshot: Snapshot, ui: UiState = initialUi): string {
  return linesIn(panel, snapshot, { width: 160, height: 40 }, ui).join('\n');
}

/** A run of so many cells, none of which has begun: a square of two swept fields. */
export function queuedSnapshot(facts: RunFacts, cells: number): Snapshot {
  const side = Math.ceil(Math.sqrt(cells));
  const many = Array.from({ length: cells }, (_, index) => ({
    ...facts.cells[0],
    swept: { 'popularity.upper': index % side, learningRate: Math.floor(index / side) },
    expects: ['norm.lower exact'],
  }));
  return emptySnapshot({ ...facts, axes: ['popularity.upper', 'learningRate'], cells: many }, 0);
}

/** Sound snapshots of every kind, and those that a run could come to at its worst. */
export async function anySnapshots(): Promise<Snapshot[]> {
  const sound = [
    await constantSample(),
    await constantSample(3),
    await violatedSample(),
    await sweepSample(),
    await sweepSample({ isDone: true }),
    await trainingSample(),
    await trainingSample({ isDone: true }),
  ];
  const [constant, , , sweep, doneSweep] = sound;
  const odd: Snapshot[] = [
    emptySnapshot({ ...constant.facts, cells: [] }, 0),
    emptySnapshot({ ...sweep.facts, cells: [] }, 0),
    emptySnapshot(sweep.facts, 0),
    { ...sweep, cells: sweep.cells.map((cell) => ({ ...cell, merged: null })) },
    { ...sweep, state: 'failed', cells: sweep.cells.map((cell) => ({ ...cell, status: 'failed' })) },
    ...[Number.NaN, Number.POSITIVE_INFINITY].map((number) => withNorms(doneSweep, number)),
    { ...sweep, startedMs: Number.NaN, nowMs: Number.POSITIVE_INFINITY },
    wideSnapshot(sweep),
  ];
  return [...sound, ...odd];
}

function withNorms(snapshot: Snapshot, number: number): Snapshot {
  const spoilt = (moments: JointMoments): JointMoments => ({
    ...moments,
    mean: [number, 1],
    central: moments.central.map(() => number),
  });
  const cells = snapshot.cells.map((cell): CellView => {
    const merged = cell.merged as ChunkSummary;
    return { ...cell, merged: { ...merged, norm: spoilt(merged.norm), squaredNorm: spoilt(merged.squaredNorm) } };
  });
  return { ...snapshot, cells };
}

/** Letters of two columns, and several that make one. */
function wideSnapshot(snapshot: Snapshot): Snapshot {
  const word = '流行度が高い👩‍👩‍👧é';
  const cells = snapshot.facts.cells.map((cell, index) => ({
    ...cell,
    swept: { [word]: `${word}${index % 3}`, learningRate: `${word}${Math.floor(index / 3)}` },
    expects: [word.repeat(4)],
  }));
  const log = [{ atMs: 7_200_000, level: 'error' as const, text: word.repeat(40) }];
  return { ...snapshot, facts: { ...snapshot.facts, axes: [word, 'learningRate'], cells }, log };
}

/** Asserts that a panel stays within rooms of any size, whatever the snapshot and what was scrolled or chosen. */
export function expectWithinAnyRoom(panel: Panel, snapshots: readonly Snapshot[]): void {
  const some = fc.nat({ max: 40 });
  const choice = fc.record({
    snapshot: fc.constantFrom(...snapshots),
    room: fc.record({ width: fc.integer({ min: 20, max: 220 }), height: fc.integer({ min: 3, max: 70 }) }),
    scrolled: some,
    cell: fc.option(fc.nat({ max: 14 })),
    map: fc.record({ across: fc.nat({ max: 3 }), down: fc.nat({ max: 3 }), estimate: some }),
    filter: fc.constantFrom('', '0.03', 'nowhere'),
  });
  const within = fc.property(choice, ({ snapshot, room, scrolled, cell, map, filter }) => {
    const scroll = { progress: scrolled, claims: scrolled, log: scrolled };
    const ui = { ...initialUi, scroll, cell, map, filter };
    const lines = linesIn(panel, snapshot, room, ui);
    expect(lines.length).toBeLessThanOrEqual(room.height);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(room.width);
    expect(panel.overflow?.({ snapshot, ui, room }) ?? 0).toBeGreaterThanOrEqual(0);
  });
  fc.assert(within, { numRuns: 200 });
}

/** Milliseconds of work that a frame takes, the least of some: what others do on the machine does not count. */
export function frameMs(panel: Panel, snapshot: Snapshot, room: Room = { width: 160, height: 50 }): number {
  const times = Array.from({ length: 9 }, () => {
    const start = process.threadCpuUsage();
    linesIn(panel, snapshot, room);
    panel.overflow?.({ snapshot, ui: initialUi, room });
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
