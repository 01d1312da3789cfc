import { expect, it } from 'vitest';
import { emptySummary, mergeSummaries } from '../../src/coupling/chunk-summary.ts';
import { cellResult } from '../../src/engine/cell-result.ts';
import { type Cell, chunkAt, planCells } from '../../src/engine/plan.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = { coupling: 'auto', generator: 'sfc32', seed: 1, replicates: 20, recordedSteps: [3, 6] } as const;

function cellOf(upper: number): Cell {
  return planCells([{ ...request, pair: pairOf({ popularity: { lower: 0.05, upper } }) }]).cells[0];
}

it('keeps the exact law with its cell, and never lends it to another', () => {
  const [cell, other] = [cellOf(0.1), cellOf(0.2)];
  const summary = mergeSummaries(emptySummary, runChunk(cell, chunkAt(cell, 0)));
  const [first, again] = [cellResult(cell, summary), cellResult(cell, summary)];
  expect(again).toEqual(first);
  expect(again.trajectory.upper.exact).toBe(first.trajectory.upper.exact);
  expect(cellResult(other, summary).norm.upper.exact).toBeGreaterThan(first.norm.upper.exact!);
});
