import { programVersion } from '../program-version.ts';
import { type RunRequest, runId } from '../results/open-run-folder.ts';
import { ownProvenance } from '../results/own-provenance.ts';
import type { Scenario } from '../scenarios/load-scenario.ts';
import type { RunSettings, ScenarioRun } from './scenario-run.ts';

/** The run folder that a scenario's run asks for. */
export async function runRequest(
  scenario: Scenario,
  { folderName, plan, words, seed }: ScenarioRun,
  { out, kernel, fresh }: RunSettings,
): Promise<RunRequest> {
  return {
    resultsDirectory: out,
    name: folderName,
    id: runId({ version: programVersion(), kernel, scenario: scenario.identity }),
    plan,
    words,
    seed,
    provenance: await ownProvenance(),
    fresh,
  };
}
