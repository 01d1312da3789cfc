import { type ChunkSummary, emptySummary } from '../coupling/chunk-summary.ts';
import { expectNoFailure, isFailure } from '../engine/engine-event.ts';
import { type Executor, inProcess } from '../engine/executor.ts';
import { type Cell, type Chunk, planCells } from '../engine/plan.ts';
import { runPlan } from '../engine/run-plan.ts';
import { articlePair } from '../process/article-pair.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';

/** A pair of trainings, under the article's conditions where nothing else is said: s₀ = 1, c = 1, plain SGD. */
export type TestedPair = Pick<PairParameters, 'popularity' | 'batchSize' | 'steps'> & Partial<PairParameters>;

/** How a pair is simulated. */
export interface SimulationOptions {
  /** Root of every draw, an integer from 0; 1 unless said. */
  readonly seed?: number;
  /** How many pairs are drawn. */
  readonly replicates?: number;
  /** What runs the chunks; the calling thread unless said, which blocks no timer for longer than a chunk. */
  readonly executor?: Executor;
}

/** A pair as it was simulated, and the text that simulates it again. */
export interface SimulatedPair {
  readonly cell: Cell;
  /** The scenario as JSON, on one line: what `norm-growth replay` takes. */
  readonly scenario: string;
  readonly summary: ChunkSummary;
  /** The first chunk, by number, in which the sharp criterion did not foretell as many violations as there were. */
  readonly unforetold: Chunk | null;
}

const parameterNames = Object.keys(articlePair({ popularity: { lower: 0, upper: 1 }, batchSize: 1, steps: 1 }));

/** Whether something is written as a pair, and not as a sample. */
export function isPair(value: unknown): value is TestedPair {
  return typeof value === 'object' && value !== null && 'popularity' in value;
}

/**
 * A scenario whose only cell is this pair, as JSON on one line.
 *
 * @throws {TypeError} for what is no parameter of a pair: a slip there would test another pair than was meant
 */
export function inlineScenario(pair: TestedPair, seed: number, replicates: number): string {
  const unknown = Object.keys(pair).filter((name) => !parameterNames.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(`pair: expected only ${parameterNames.join(', ')}, got ${unknown.join(', ')}`);
  }
  const trajectory = { points: 0 };
  return JSON.stringify({ kind: 'coupled', name: 'inline', ...pair, seed, replicates, trajectory });
}

/**
 * Simulates a pair exactly as `norm-growth replay` will: from the same text, through the same door.
 *
 * @throws {ScenarioError} for parameters out of range, and for gains of more than about 12,000 values
 */
export async function simulatePair(
  pair: TestedPair,
  { seed = 1, executor = inProcess(), replicates = 10_000 }: SimulationOptions,
): Promise<SimulatedPair> {
  const scenario = inlineScenario(pair, seed, replicates);
  const plan = planCells((await loadScenario(scenario)).cells);
  let summary = emptySummary;
  let unforetold: Chunk | null = null;
  for await (const event of runPlan(plan, { executor })) {
    if (event.type === 'cell') summary = event.summary;
    expectNoFailure(event);
    if (event.type !== 'chunk' || isFailure(event.summary)) continue;
    const { newViolations, newViolationsPredicted } = event.summary.order;
    const isFirst = unforetold === null || event.chunk.block < unforetold.block;
    if (newViolations !== newViolationsPredicted && isFirst) unforetold = event.chunk;
  }
  return { cell: plan.cells.at(0)!, scenario, summary, unforetold };
}
