import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { Box, renderToString } from 'ink';
import stringWidth from 'string-width';
import { expect } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import type { Panel, PanelProps, Room } from '../../../src/dashboard/panels/panel.ts';
import type { Merged, Snapshot } from '../../../src/dashboard/snapshot.ts';
import { axisScales, initialUi, type UiState } from '../../../src/dashboard/ui-state.ts';

/** What a panel shows, line by line, without colour; not cut at the room. */
export function linesShown({ Body }: Panel, { snapshot, ui, room }: PanelProps): string[] {
  const picture = renderToString(
    <Box flexDirection="column" width={room.width}>
      <Body snapshot={snapshot} ui={ui} room={room} />
    </Box>,
    { columns: room.width + 40 },
  );
  return picture === '' ? [] : stripVTControlCharacters(picture).split('\n');
}

/** What a panel shows in a room of a size, as one text. */
export function shownIn(panel: Panel, snapshot: Snapshot, ui: UiState = initialUi, room: Room = wide): string {
  return linesShown(panel, { snapshot, ui, room }).join('\n');
}

const wide: Room = { width: 120, height: 40 };

/** In no room does the panel throw, or show more than the room holds. */
export function expectToFit(panel: Panel, snapshots: readonly Snapshot[], uis: readonly UiState[] = [initialUi]): void {
  const room = fc.record({ width: fc.integer({ min: 20, max: 220 }), height: fc.integer({ min: 3, max: 70 }) });
  const scale = fc.constantFrom(...axisScales);
  fc.assert(
    fc.property(fc.constantFrom(...snapshots), fc.constantFrom(...uis), scale, room, (snapshot, ui, scale, room) => {
      const lines = linesShown(panel, { snapshot, ui: { ...ui, scale }, room });
      expect(lines.length).toBeLessThanOrEqual(room.height);
      expect(Math.max(0, ...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(room.width);
    }),
    { seed: 1, numRuns: 150, examples: [[snapshots[0], uis[0], 'linear', { width: 20, height: 3 }]] },
  );
}

/** The snapshot with another summary in the place of its first cell's. */
export function withMerged(snapshot: Snapshot, change: (merged: ChunkSummary) => Merged | null): Snapshot {
  const [first, ...others] = snapshot.cells;
  return { ...snapshot, cells: [{ ...first, merged: change(first.merged as ChunkSummary) }, ...others] };
}

/** The same run as it would be if something had not come yet, or had overflowed. */
export function brokenFrom(snapshot: Snapshot): Snapshot[] {
  const spoilt = (value: number) => (merged: ChunkSummary) => {
    const moments = { ...merged.norm, mean: [value, value] as const, central: merged.norm.central.map(() => value) };
    const curve = merged.trajectory!.lower;
    const lower = { ...curve, mean: curve.mean.map(() => value), squares: curve.squares.map(() => value) };
    return { ...merged, norm: moments, squaredNorm: moments, trajectory: { lower, upper: lower, pairsViolated: [] } };
  };
  return [
    withMerged(snapshot, () => null),
    withMerged(snapshot, spoilt(Number.NaN)),
    withMerged(snapshot, spoilt(Number.POSITIVE_INFINITY)),
    withMerged(snapshot, (merged) => ({ ...merged, histograms: null, trajectory: null })),
    { ...snapshot, cells: [], facts: { ...snapshot.facts, cells: [] } },
  ];
}
