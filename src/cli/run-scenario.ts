import { fileURLToPath } from 'node:url';
import { cellResult } from '../engine/cell-result.ts';
import { inProcess, type Executor } from '../engine/executor.ts';
import { chunkCount, planCells, type Plan } from '../engine/plan.ts';
import { runPlan, type ChunkResult } from '../engine/run-plan.ts';
import { paintFor } from '../report/paint.ts';
import { type ReportedCell, runText } from '../report/run-text.ts';
import { codeFingerprint } from '../results/code-fingerprint.ts';
import { openRunFolder, type RunFolder } from '../results/run-folder.ts';
import type { RunSummary } from '../results/summary-schema.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { findScenario } from '../scenarios/find-scenario.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { abortOnSignals } from './interruption.ts';
import { programVersion } from './program-version.ts';
import { openProgress, type Progress } from './progress.ts';

export interface RunSettings {
  readonly set: readonly string[];
  readonly sweep: readonly string[];
  readonly seed?: string;
  readonly replicates?: string;
  readonly workers?: number;
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly fresh: boolean;
  readonly quiet: boolean;
  readonly skipBadRows: boolean;
  readonly isLive: boolean;
}

/** Runs a scenario from its name to its printed verdict. Returns false when it was interrupted. */
export async function runScenario(nameOrFile: string, settings: RunSettings): Promise<boolean> {
  const notify = (notice: string) => {
    if (!settings.quiet) process.stderr.write(`${notice}\n`);
  };
  const scenario = await loadScenario(await findScenario(nameOrFile), { ...settings });
  scenario.notices.forEach(notify);
  const plan = planOf(scenario);
  const folder = await openRunFolder(folderRequest(scenario, plan, settings));
  try {
    folder.notices.forEach(notify);
    if (folder.status === 'finished') {
      notify(`${folder.path} is finished: shown again without computing (--fresh computes anew)`);
      print((await folder.summary()) as unknown as RunSummary, settings);
      return true;
    }
    const summary = await simulate(scenario, plan, folder, settings);
    if (summary === null) {
      notify(`interrupted: what is done is kept in ${folder.path}; the same command goes on from there`);
      return false;
    }
    await folder.finish(summary);
    notify(`saved in ${folder.path}`);
    print(summary as unknown as RunSummary, settings);
    return true;
  } finally {
    await folder.close();
  }
}

/** @throws {ScenarioError} for a coupling that cannot simulate its cell */
function planOf(scenario: CoupledScenario): Plan {
  try {
    return planCells(scenario.cells);
  } catch (error) {
    if (error instanceof RangeError) throw new ScenarioError(`${scenario.source} ${error.message}`);
    throw error;
  }
}
