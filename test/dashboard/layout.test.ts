import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/dashboard/layout.ts';
import { panels } from '../../src/dashboard/panels/index.ts';
import { paneIds } from '../../src/dashboard/ui-state.ts';

describe('layoutOf', () => {
  const rooms = fc.record({ width: fc.integer({ min: 80, max: 300 }), height: fc.integer({ min: 21, max: 100 }) });
  const some = fc.subarray([...panels], { minLength: 1 });

  it('fills every column to the line, stays within the width, and shows no pane twice', () => {
    fc.assert(
      fc.property(rooms, some, fc.constantFrom(...paneIds), (room, shown, focus) => {
        const columns = layoutOf(shown, focus, room);
        const width = columns.reduce((sum, [pane]) => sum + pane.room.width, columns.length - 1);
        expect(width).toBeLessThanOrEqual(room.width);
        for (const panes of columns) {
          expect(panes.reduce((sum, { room: { height } }) => sum + height, 0)).toBe(room.height);
          for (const { room: inner } of panes) expect(inner.height).toBeGreaterThanOrEqual(7);
        }
        const placed = columns.flat().map(({ panel }) => panel.id);
        expect(new Set(placed).size).toBe(placed.length);
      }),
    );
  });

  it('always shows the pane that has the keys, if there is such a pane', () => {
    fc.assert(
      fc.property(rooms, some, (room, shown) => {
        for (const { id } of shown) {
          const placed = layoutOf(shown, id, room).flat();
          expect(placed.map(({ panel }) => panel.id)).toContain(id);
        }
      }),
    );
  });

  it('stacks the panes of a narrow screen and sets those of a wide one side by side', () => {
    expect(layoutOf(panels, 'progress', { width: 80, height: 21 })).toHaveLength(1);
    expect(layoutOf(panels, 'progress', { width: 120, height: 37 })).toHaveLength(2);
    expect(layoutOf(panels, 'progress', { width: 200, height: 57 }).flat()).toHaveLength(panels.length);
  });
});
