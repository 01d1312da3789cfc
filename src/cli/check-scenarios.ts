import { type CellResult, cellResult } from '../engine/cell-result.ts';
import type { KernelOption } from '../engine/choose-member.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { Executor } from '../engine/executor.ts';
import { type ChunkedCell, planCells } from '../engine/plan.ts';
import { runCells, runPlan } from '../engine/run-plan.ts';
import { coupledTrainingKind, planCoupledTrainings, planRecorded, recordedKind } from '../fidelity/fidelity-cell.ts';
import type { CheckedScenario } from '../report/check-text.ts';
import { recordingExecutor } from '../results/recordings/recording-executor.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import type { FidelityScenario } from '../scenarios/fidelity/fidelity-scenario.ts';
import { findScenario, listScenarios } from '../scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { planTrainings, trainingKind } from '../trainer/training-cell.ts';
import { trainingExecutor } from '../trainer/training-executor.ts';
import { hasExpectations } from './has-expectations.ts';
import { judgeScenario } from './judge-coupled.ts';
import { judgeFidelityScenario, judgeTrainingScenario } from './judge-trainings.ts';

/** Which scenarios to check, and on which draws. */
export interface WantedScenarios {
  /** Names or files. */
  readonly scenario: readonly string[];
  /** All shipped ones that expect something, too. */
  readonly allScenarios: boolean;
  /** In place of the scenarios' own seeds. */
  readonly seed: number | undefined;
}

/**
 * The scenarios that are to be checked.
 *
 * @throws {ScenarioError} when one that was named expects nothing
 */
export async function loadExpecting({ scenario, allScenarios, seed }: WantedScenarios): Promise<Scenario[]> {
  const listed = allScenarios ? await listScenarios() : [];
  const shipped = listed.map(({ name }) => name);
  const overrides = seed === undefined ? {} : { seed: String(seed) };
  const loaded: Scenario[] = [];
  for (const name of new Set([...scenario, ...shipped])) {
    const found = await loadAnyScenario(await findScenario(name), overrides);
    if (hasExpectations(found)) loaded.push(found);
    else if (scenario.includes(name)) throw new ScenarioError(`${found.source}: has no \`expect:\` lines to check`);
  }
  return loaded;
}

/** Runs a train scenario's cells, and decides what each expects. */
export async function checkTraining(scenario: TrainingScenario, workers: number): Promise<CheckedScenario> {
  const executor = trainingExecutor(workers, scenario.tables);
  const results = await resultsOf(planTrainings(scenario.cells), trainingKind, executor);
  return judgeTrainingScenario(scenario, results);
}

/** Runs a fidelity scenario's cells, and decides what each expects; keeps no recordings. */
export async function checkFidelity(scenario: FidelityScenario, workers: number): Promise<CheckedScenario> {
  const setting = { tables: scenario.tables, folder: null, recordings: 'none' } as const;
  const results =
    scenario.study === 'predictors'
      ? await resultsOf(planRecorded(scenario.cells, 'auto'), recordedKind, recordingExecutor(workers, setting))
      : await resultsOf(
          planCoupledTrainings(scenario.cells, 'auto'),
          coupledTrainingKind,
          recordingExecutor(workers, setting),
        );
  return judgeFidelityScenario(scenario, results);
}

/** The result of each cell. Closes the executor. */
async function resultsOf<C extends ChunkedCell, S>(
  cells: readonly C[],
  kind: CellKind<C, S>,
  executor: Executor<C, S>,
): Promise<S[]> {
  const results: S[] = [];
  try {
    for await (const event of runCells(cells, kind, { executor })) {
      if (event.type === 'cell') results[event.cell.index] = event.summary;
    }
  } finally {
    await executor.close();
  }
  return results;
}

/** Simulates a coupled scenario's cells, and decides what each expects. */
export async function checkScenario(
  scenario: CoupledScenario,
  alpha: number,
  executor: Executor,
  kernel: KernelOption,
): Promise<CheckedScenario> {
  const { cells } = scenario;
  const results = new Map<number, CellResult>();
  for await (const event of runPlan(planCells(cells, kernel), { executor })) {
    if (event.type === 'cell') results.set(event.cell.index, cellResult(event.cell, event.summary));
  }
  return judgeScenario(scenario, (cell) => results.get(cell), alpha);
}
