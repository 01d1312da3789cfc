import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cells } from '../engine/cell-list.ts';
import type { Cell, Chunk } from '../engine/plan.ts';
import type { PlanSizes } from '../engine/plan-sizes.ts';

/** The run that a pilot goes before. */
export interface PilotedRun {
  readonly cells: Cells<Cell>;
  readonly sizes: PlanSizes;
  /** Whether it has cells to finish: not where it is a part of one. */
  readonly isWhole: boolean;
  /** What it does with a chunk when it is done. */
  keepChunk(chunk: Chunk, summary: unknown): void;
  /** What it does with a cell once it is whole. */
  finishCell(cell: Cell, summary: ChunkSummary): void;
}
