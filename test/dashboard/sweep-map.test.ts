import { describe, expect, it } from 'vitest';
import { coupledFacts } from '../../src/dashboard/facts-of-run.ts';
import { moveCursor } from '../../src/dashboard/map-cursor.ts';
import { emptySnapshot, type Snapshot } from '../../src/dashboard/snapshot.ts';
import { sweepMap } from '../../src/dashboard/sweep-map.ts';
import { initialUi } from '../../src/dashboard/ui-state.ts';
import { planCells } from '../../src/engine/plan.ts';
import { sobol } from '../../src/scenarios/sweep/designs/sobol.ts';
import { pairOf } from '../coupling/pairs.ts';

type Swept = Readonly<Record<string, number>>;

/** A run of cells of which only the swept values matter. */
function snapshotOf(swept: readonly Swept[]): Snapshot {
  const [cell] = planCells([
    { pair: pairOf({}), coupling: 'auto', generator: 'sfc32', seed: 1, replicates: 10, recordedSteps: [] },
  ]).cells;
  const cells = swept.map((_, index) => ({ ...cell, index }));
  const facts = coupledFacts(
    'x',
    null,
    cells,
    swept.map((of) => ({ swept: of, expects: [] })),
  );
  return emptySnapshot(facts, 0);
}

function design(points: number): Swept[] {
  const share = sobol.open({ points, axes: 3, seed: 1 });
  return Array.from({ length: points }, (_, cell) => ({ a: share(cell, 0), b: share(cell, 1), c: share(cell, 2) }));
}

describe('the map of a design', () => {
  it('has a point for each of 64 points of a Sobol sequence: one in every box of eight by eight', () => {
    const map = sweepMap(snapshotOf(design(64)), { ...initialUi, cell: 5 })!;
    expect([map.isScatter, map.rows.length, map.held]).toEqual([true, 8, []]);
    expect(map.rows.flat().toSorted((a, b) => a! - b!)).toEqual(Array.from({ length: 64 }, (_, cell) => cell));
    expect(map.rows[map.cursor.row][map.cursor.column]).toBe(5);
  });

  it('is no larger for ten thousand cells than a screen, and shows the cell that is looked at', () => {
    const snapshot = snapshotOf(design(10_000));
    for (const cell of [0, 17, 9_999]) {
      const map = sweepMap(snapshot, { ...initialUi, cell })!;
      expect([map.rows.length, map.rows[0].length]).toEqual([32, 32]);
      expect(map.rows[map.cursor.row][map.cursor.column]).toBe(cell);
      expect(map.acrossValues).toEqual(map.acrossValues.toSorted((a, b) => Number(a) - Number(b)));
    }
  });

  it('lets the cursor walk to the next point', () => {
    const snapshot = snapshotOf(design(64));
    const at = (cell: number) => sweepMap(snapshot, { ...initialUi, cell })!.cursor;
    const from = at(5);
    const right = moveCursor(snapshot, { ...initialUi, cell: 5 }, 1, 0);
    const left = moveCursor(snapshot, { ...initialUi, cell: 5 }, -1, 0);
    const columns = [left, right].filter((cell) => cell !== 5).map((cell) => Math.abs(at(cell).column - from.column));
    expect(columns.length).toBeGreaterThan(0);
    expect(columns.every((by) => by === 1)).toBe(true);
  });
});

it('leaves a grid, and a small zipped sweep, as they are written', () => {
  const grid = [3, 1, 2].flatMap((a) => [5, 4].map((b) => ({ a, b })));
  const map = sweepMap(snapshotOf(grid), initialUi)!;
  expect([map.isScatter, map.acrossValues.length * map.downValues.length]).toEqual([false, 6]);
  const zipped = sweepMap(snapshotOf([3, 1, 2, 4].map((a) => ({ a, b: -a }))), initialUi)!;
  expect([zipped.isScatter, zipped.rows.length]).toEqual([false, 4]);
});
