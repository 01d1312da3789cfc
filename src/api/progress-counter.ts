import type { Cells } from '../engine/cell-list.ts';
import type { EngineEvent } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import type { Progress } from './run-options.ts';

/** Counts what a run has done. */
export class ProgressCounter {
  readonly #tell: (progress: Progress) => void;
  readonly #cells: { done: number; readonly of: number };
  readonly #replicates: { done: number; readonly of: number };

  constructor(cells: Cells<ChunkedCell>, tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell ?? (() => {});
    this.#cells = { done: 0, of: cells.length };
    let of = 0;
    if (tell !== undefined) for (const cell of cells) of += cell.replicates;
    this.#replicates = { done: 0, of };
  }

  see<C, S>(event: EngineEvent<C, S>): void {
    if (event.type === 'progress') return;
    if (event.type === 'chunk') this.#replicates.done += event.chunk.replicates;
    else this.#cells.done += 1;
    this.#tell({ cells: { ...this.#cells }, replicates: { ...this.#replicates } });
  }
}
