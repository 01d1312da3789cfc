import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import type { Cell } from '../../src/engine/plan.ts';
import { chunkAt, planCells } from '../../src/engine/plan.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import type { Estimate, Side } from './contest.ts';

export interface Work {
  readonly pair: PairParameters;
  readonly kernel: 'auto' | 'plain';
  /** Events unless said. */
  readonly coupling?: 'slots' | 'steps' | 'events' | 'counts';
  /** How many steps are recorded, evenly spread; none unless said. */
  readonly recordedPoints?: number;
}

/** A cell with as many replicates as a run has pairs, cut into chunks as a run would cut it. */
export function planned(
  { pair, kernel, coupling = 'events', recordedPoints = 0 }: Work,
  pairs: number,
  seed: number,
): Cell {
  const recordedSteps = Array.from({ length: recordedPoints }, (_, point) =>
    Math.round(((point + 1) * pair.steps) / recordedPoints),
  );
  const request = { pair, coupling, generator: 'sfc32', seed, replicates: pairs, recordedSteps } as const;
  return planCells([request], kernel).cells[0];
}

/** Our simulation of a pair, in process: nanoseconds of CPU time a pair. */
export function ourSide(work: Work): Side {
  return (pairs, round) => {
    const cell = planned(work, pairs, round);
    const summaries: ChunkSummary[] = [];
    const start = process.cpuUsage();
    for (let block = 0; block * cell.chunkSize < pairs; block++) summaries.push(runChunk(cell, chunkAt(cell, block)));
    const { user, system } = process.cpuUsage(start);
    return { cost: ((user + system) * 1e3) / pairs, norms: pooledNorms(summaries) };
  };
}

/** The means of √s′ and √s″ over all chunks. */
function pooledNorms(summaries: readonly ChunkSummary[]): Estimate[] {
  const count = summaries.reduce((sum, { norm }) => sum + norm.count, 0);
  // Σ(x − x̄)² and Σ(y − ȳ)² are the first and the third of the central moments.
  return [0, 1].map((run) => {
    const mean = summaries.reduce((sum, { norm }) => sum + norm.count * norm.mean[run], 0) / count;
    const squares = summaries.reduce((sum, { norm }) => sum + norm.central[2 * run], 0);
    return { mean, standardError: Math.sqrt(squares) / count };
  });
}
