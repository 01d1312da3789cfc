import type { z } from 'zod';
import type { CellResult } from '../engine/cell-result.ts';
import { setAsideError } from '../engine/engine-event.ts';
import { executorFor } from '../engine/executor-for.ts';
import { coupledPairs, runCells } from '../engine/run-plan.ts';
import type { SimulationError } from '../engine/simulation-error.ts';
import { programVersion } from '../program-version.ts';
import { CoupledReport, reportedCell } from '../results/coupled-summary.ts';
import { openRunFolder, runId } from '../results/open-run-folder.ts';
import { ownProvenance } from '../results/own-provenance.ts';
import type { Provenance } from '../results/provenance.ts';
import { cellsOf, readSummary } from '../results/read-summary.ts';
import { takeOver } from '../results/reuse/take-over.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { CellFailure } from '../results/run-summary.ts';
import { type PlannedScenario, planScenario, storedPlan } from '../results/stored-plan.ts';
import type { coupledSchema } from '../scenarios/coupled-schema.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { ProgressCounter } from './progress-counter.ts';
import { expectRunOptions, type RunOptions } from './run-options.ts';
import { type ScenarioInput, scenarioSource } from './scenario-source.ts';

/** A scenario of coupled pairs, as a script writes it: the fields of `kind: coupled`. */
export type CoupledInput = ScenarioInput<z.input<typeof coupledSchema>>;

/** One cell of a sweep: its numbers, or why it has none. */
export type SweptCell = {
  /** The cell's place in the plan. */
  readonly index: number;
  /** This cell's value of each swept field, by its dotted path. */
  readonly swept: Readonly<Record<string, AxisValue>>;
} & (
  | (CellResult & { readonly failure: null })
  /** What went wrong, and the replicate that is to blame. */
  | { readonly failure: { readonly message: string; readonly replicate: number } }
);

/** How a sweep from a script is done. */
export interface SweepOptions extends RunOptions {
  /** Keep the run in a folder within this one, as the command does: it resumes, and a finished one is only read. */
  readonly out?: string;
}

/**
 * Simulates the cells of a scenario and tells each as soon as it is whole, in whatever order that happens; the numbers do
 * not depend on it, nor on the workers. Leaving the loop ends the run.
 *
 * @param scenario a shipped name, the path of a YAML file, or the fields themselves
 * @throws {ScenarioError} for what is wrong in the scenario
 * @throws {TypeError | RangeError} for what is wrong in the options
 * @throws {ResultsError} for a run folder that cannot be used
 * @throws {SimulationError} after all other cells, where a chunk ended its worker, took too long or threw
 * @throws the signal's reason, when it is aborted
 */
export async function* sweep(scenario: CoupledInput | string, options: SweepOptions = {}): AsyncGenerator<SweptCell> {
  yield* sweepFrom('sweep', scenario, options);
}

/** @param door the function that was called, for messages */
export async function* sweepFrom(
  door: 'sweep' | 'simulate',
  scenario: CoupledInput | string,
  options: SweepOptions,
): AsyncGenerator<SweptCell> {
  expectRunOptions(door, options, door === 'sweep' ? 'may be kept' : 'is not kept');
  const { signal, kernel = 'auto', out } = options;
  signal?.throwIfAborted();
  const planned = planScenario(await loadScenario(await scenarioSource(door, scenario, 'coupled')), kernel);
  if (out === undefined) yield* simulated(planned, options, null);
  else {
    const provenance = await ownProvenance();
    const folder = await openFolder(planned, out, provenance);
    try {
      if (folder.status === 'finished') yield* storedCells(folder);
      else {
        await takeOver({ folder, planned, shard: undefined, resultsDirectory: out, provenance });
        yield* simulated(planned, options, folder);
      }
    } finally {
      await folder.close();
    }
  }
}

async function openFolder(
  { scenario, kernel, ...planned }: PlannedScenario,
  out: string,
  provenance: Provenance,
): Promise<RunFolder> {
  return openRunFolder({
    resultsDirectory: out,
    name: scenario.name,
    id: runId({ version: programVersion(), kernel, scenario: scenario.identity }),
    plan: { coupled: storedPlan({ scenario, kernel, ...planned }) },
    words: scenario.words,
    seed: planned.plan.cells.at(0)!.seed,
    provenance,
  });
}

async function* storedCells(folder: RunFolder): AsyncGenerator<SweptCell> {
  const summary = readSummary(await folder.summary(), folder.path);
  for await (const cell of cellsOf(summary, folder.path)) yield { ...cell, failure: null } as unknown as SweptCell;
  for (const { cell, swept, ...failure } of summary.failures) yield { index: cell, swept, failure };
}

async function* simulated(
  planned: PlannedScenario,
  { workers, chunkTimeoutMs, signal, onProgress }: SweepOptions,
  folder: RunFolder | null,
): AsyncGenerator<SweptCell> {
  const { cells } = planned.plan;
  const progress = new ProgressCounter(cells, onProgress);
  const report = folder === null ? null : await CoupledReport.open(planned, folder);
  const executor = await executorFor(planned.plan, workers, chunkTimeoutMs);
  const failures: CellFailure[] = [];
  let lost: SimulationError | null = null;
  let isWhole = false;
  try {
    const recovered = (folder?.records() ?? []) as AsyncIterable<never>;
    const stop = signal === undefined ? {} : { signal };
    for await (const event of runCells(cells, coupledPairs, { executor, recovered, ...stop })) {
      if (event.type === 'chunk' && !event.isRecovered) folder?.append({ ...event.chunk, summary: event.summary });
      progress.see(event);
      if (event.type === 'set aside') lost ??= setAsideError(event);
      if (event.type === 'cell') {
        const { index } = event.cell;
        const cell = reportedCell(planned, index, event.summary);
        await report?.addReported(cell);
        yield { ...cell, failure: null };
      }
      if (event.type === 'failure') {
        const { cell, failure: message, replicate } = event;
        await report?.add(cell.index, null);
        failures.push({ cell: cell.index, replicate, message });
        const { swept } = planned.scenario.cells.at(cell.index)!;
        yield { index: cell.index, swept, failure: { message, replicate } };
      }
    }
    isWhole = signal?.aborted !== true && lost === null;
  } finally {
    await executor.close();
    // The loop was left, or something failed.
    if (!isWhole) await report?.abandon();
    await folder?.flush();
  }
  signal?.throwIfAborted();
  if (lost !== null) throw lost;
  if (report === null || folder === null) return;
  const inOrder = failures.toSorted((a, b) => a.cell - b.cell);
  for (const notice of await folder.finish(await report.finish(inOrder))) process.emitWarning(notice);
}
