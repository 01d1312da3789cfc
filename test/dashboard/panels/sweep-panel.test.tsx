import { describe, expect, it } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import { cellQuantities, quantityNames } from '../../../src/dashboard/cell-quantities.ts';
import { moveCursor } from '../../../src/dashboard/map-cursor.ts';
import { sweepPanel } from '../../../src/dashboard/panels/sweep-panel.tsx';
import type { Snapshot } from '../../../src/dashboard/snapshot.ts';
import { sweepMap } from '../../../src/dashboard/sweep-map.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { formatEstimate, formatSignificant } from '../../../src/report/format-number.ts';
import { meanEstimate } from '../../../src/statistics/pair-estimates.ts';
import { constantSample, sweepSample } from '../samples.ts';
import { anySnapshots, expectWithinAnyRoom, frameMs, linesIn, queuedSnapshot, textOf } from './in-room.tsx';

/** The sample's cells, each at two values of a third field. */
async function threeAxes(): Promise<Snapshot> {
  const sample = await sweepSample({ isDone: true });
  const { facts, cells } = sample;
  const twice = [8, 16].flatMap((batchSize) =>
    facts.cells.map((cell) => ({ ...cell, swept: { ...cell.swept, batchSize } })),
  );
  return {
    ...sample,
    facts: { ...facts, axes: [...facts.axes, 'batchSize'], cells: twice },
    cells: [...cells, ...cells],
  };
}

const at = (cell: number) => ({ ...initialUi, cell });

describe('the map of a sweep', () => {
  it('has a cell for each pair of values, the first axis across', async () => {
    const map = sweepMap(await sweepSample(), at(6))!;
    expect(map.across).toBe('popularity.upper');
    expect(map.acrossValues).toEqual([0.02, 0.03, 0.05]);
    expect(map.downValues).toEqual([0.5, 1, 2, 4]);
    expect(map.rows).toEqual([
      [0, 4, 8],
      [1, 5, 9],
      [2, 6, 10],
      [3, 7, 11],
    ]);
    expect(map.cursor).toEqual({ column: 1, row: 2 });
  });

  it('of one axis is a row', async () => {
    const { facts, ...rest } = await sweepSample();
    const one = { ...rest, facts: { ...facts, axes: ['learningRate'], cells: facts.cells.slice(0, 4) } };
    expect(sweepMap({ ...one, cells: rest.cells.slice(0, 4) }, at(2))).toMatchObject({
      down: null,
      rows: [[0, 1, 2, 3]],
    });
  });

  it('of three axes holds the third at the shown cell’s value', async () => {
    const snapshot = await threeAxes();
    expect(sweepMap(snapshot, at(13))!.rows[1]).toEqual([13, 17, 21]);
    expect(sweepMap(snapshot, at(1))!.rows[1]).toEqual([1, 5, 9]);
    expect(textOf(sweepPanel, snapshot, at(13))).toContain('at batchSize = 16');
    const turned = { ...at(13), map: { across: 2, down: 0, estimate: 0 } };
    expect(sweepMap(snapshot, turned)!.rows).toEqual([
      [1, 13],
      [5, 17],
      [9, 21],
    ]);
  });

  it('leaves out what the filter does not let through', async () => {
    const map = sweepMap(await sweepSample(), { ...at(6), filter: 'upper = 0.03' })!;
    expect(map.rows[0]).toEqual([null, 4, null]);
  });
});

describe('the cursor', () => {
  it('goes to the next cell of the row or the column, and stays where the map ends', async () => {
    const snapshot = await sweepSample();
    expect(moveCursor(snapshot, at(6), 1, 0)).toBe(10);
    expect(moveCursor(snapshot, at(6), -1, 0)).toBe(2);
    expect(moveCursor(snapshot, at(6), 0, 1)).toBe(7);
    expect(moveCursor(snapshot, at(6), 0, -1)).toBe(5);
    expect(moveCursor(snapshot, at(10), 1, 0)).toBe(10);
    expect(moveCursor(snapshot, at(0), 0, -1)).toBe(0);
  });

  it('passes over cells that the filter leaves out', async () => {
    const snapshot = await sweepSample();
    expect(moveCursor(snapshot, { ...at(0), filter: 'Rate = 4' }, 0, 1)).toBe(3);
    expect(moveCursor(snapshot, { ...at(3), filter: 'Rate = 4' }, 0, -1)).toBe(3);
  });

  it('comes back by the opposite move, and reaches every cell', async () => {
    const snapshot = await threeAxes();
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
    ] as const) {
      for (const cell of snapshot.facts.cells.keys()) {
        const next = moveCursor(snapshot, at(cell), dx, dy);
        if (next !== cell) expect(moveCursor(snapshot, at(next), -dx, -dy)).toBe(cell);
      }
    }
  });

  it('stays where nothing is swept', async () => {
    expect(moveCursor(await constantSample(2), at(0), 1, 0)).toBe(0);
  });
});

describe('the panel of a sweep', () => {
  it('shows the shown cell’s name and its number with its standard error', async () => {
    const snapshot = await sweepSample();
    const { estimate, standardError } = meanEstimate((snapshot.cells[3].merged as ChunkSummary).norm, 0);
    const text = textOf(sweepPanel, snapshot, at(3));
    const shown = `${formatEstimate(estimate, standardError)} ± ${formatSignificant(standardError!, 2)}`;
    expect(text).toContain(`E‖q′‖ ${shown} · cell 3: popularity.upper = 0.02, learningRate = 4`);
    for (const name of quantityNames(snapshot)) expect(text).toContain(name);
  });

  it('maps the estimate that was chosen, between its least and its greatest value', async () => {
    const snapshot = await sweepSample({ isDone: true });
    const values = snapshot.cells.map((_, cell) => cellQuantities(snapshot, cell)[1].value!);
    const lines = linesIn(
      sweepPanel,
      snapshot,
      { width: 100, height: 20 },
      { ...at(0), map: { ...initialUi.map, estimate: 1 } },
    );
    expect(lines[0]).toMatch(/^E‖q″‖ → popularity.upper {2}↓ learningRate/);
    const [least, greatest] = [Math.min(...values), Math.max(...values)].map((value) => formatSignificant(value, 4));
    expect(lines.find((line) => line.includes('queued'))).toMatch(new RegExp(`^${least} .*█5 ${greatest} `));
    const greatestCell = values.indexOf(Math.max(...values));
    const row = lines[2 + (greatestCell % 4)];
    expect(row).toMatch(new RegExp(`█5 ${greatest}( |$)`));
  });

  it('marks queued and running cells, and where the cursor is', async () => {
    const lines = linesIn(sweepPanel, await sweepSample(), { width: 100, height: 20 }, at(0));
    expect(lines[2]).toMatch(/^0\.5 \[ +1 1\.\d{3} \] +1 1\.\d{3} +·/);
    expect(lines[5]).toMatch(/~ \d\.\d{3} +·/);
  });

  it('keeps the cursor in sight of a map that is larger than the room', async () => {
    const { facts } = await sweepSample();
    const snapshot = queuedSnapshot(facts, 10_000);
    for (const cell of [0, 99, 5050, 9900, 9999]) {
      expect(linesIn(sweepPanel, snapshot, { width: 50, height: 8 }, at(cell)).join('\n')).toContain('[·]');
    }
  });

  it('is there when something is swept', async () => {
    expect(sweepPanel.isFor(await sweepSample())).toBe(true);
    expect(sweepPanel.isFor(await constantSample(1))).toBe(false);
  });

  it('stays within its room', async () => {
    expectWithinAnyRoom(sweepPanel, await anySnapshots());
  });

  it('of 10,000 cells is drawn in less than 50 ms', async () => {
    const { facts } = await sweepSample();
    expect(frameMs(sweepPanel, queuedSnapshot(facts, 10_000))).toBeLessThan(50);
  });

  it('of 10,000 cells of which every one has its own value is drawn in less than 50 ms', async () => {
    const { facts, cells } = await sweepSample({ isDone: true });
    const queued = queuedSnapshot(facts, 10_000);
    const snapshot = { ...queued, cells: queued.cells.map((_, index) => cells[(index * 7) % cells.length]) };
    expect(frameMs(sweepPanel, snapshot)).toBeLessThan(50);
  });
});
