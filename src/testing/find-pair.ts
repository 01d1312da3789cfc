import { type Cell, type Chunk, chunkAt, chunkCount } from '../engine/plan.ts';
import { PairSimulator, runCellKernel } from '../engine/run-chunk.ts';
import type { IsBroken } from './shrink.ts';

/** The first pair of a cell whose end breaks a claim, by drawing the cell again; null where there is none. */
export function firstBrokenPair(cell: Cell, isBroken: IsBroken): number | null {
  for (let block = 0; block < chunkCount(cell); block++) {
    const chunk = chunkAt(cell, block);
    const finals = finalsOf(cell, chunk);
    for (let index = 0; index < finals.length / 2; index++) {
      if (isBroken({ lower: finals[2 * index], upper: finals[2 * index + 1] })) return chunk.first + index;
    }
  }
  return null;
}

/** s′, s″ of each pair of a chunk in turn; none for kernels that only count them, under which no pair is reversed. */
function finalsOf(cell: Cell, chunk: Chunk): Float64Array {
  if (cell.kernel === 'simd') return runCellKernel(cell, chunk).finals ?? new Float64Array(0);
  const simulator = new PairSimulator(cell);
  const finals = new Float64Array(2 * chunk.replicates);
  for (let index = 0; index < chunk.replicates; index++) {
    simulator.draw(chunk.first + index);
    finals.set([simulator.record.lower, simulator.record.upper], 2 * index);
  }
  return finals;
}
