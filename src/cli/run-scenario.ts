import { fileURLToPath } from 'node:url';
import type { KernelOption } from '../engine/choose-member.ts';
import type { Json } from '../results/canonical-json.ts';
import { codeFingerprint } from '../results/code-fingerprint.ts';
import { provenanceOf } from '../results/provenance.ts';
import { openRunFolder, type RunFolder } from '../results/run-folder.ts';
import { findScenario } from '../scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../scenarios/load-scenario.ts';
import { programVersion } from './program-version.ts';

export interface RunSettings {
  readonly set: readonly string[];
  readonly sweep: readonly string[];
  readonly seed?: string;
  readonly replicates?: string;
  readonly until: readonly string[];
  readonly workers?: number;
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly fresh: boolean;
  readonly quiet: boolean;
  readonly skipBadRows: boolean;
  readonly isLive: boolean;
  readonly kernel: KernelOption;
}

/** How a run ended: with its verdict, with an expectation of the scenario that is not met, or before its end. */
export type RunOutcome = 'done' | 'expectation not met' | 'interrupted';

/** What a kind of scenarios brings to `run`. */
export interface ScenarioRun {
  /** The resolved plan: what the run folder keeps, and compares on resuming. */
  readonly plan: unknown;
  readonly seed: number;
  /** Simulates what the folder lacks. Returns the summary, or null when interrupted. */
  simulate(folder: RunFolder): Promise<object | null>;
  /** Prints a finished run and its verdict. Returns whether everything is as expected. */
  tell(summary: Json, path: string, format: 'text' | 'json'): Promise<boolean>;
}

/** Runs a scenario from its name to its printed verdict. */
export async function runScenario(nameOrFile: string, settings: RunSettings): Promise<RunOutcome> {
  const notify = (notice: string) => {
    if (!settings.quiet) process.stderr.write(`${notice}\n`);
  };
  const scenario = await loadAnyScenario(await findScenario(nameOrFile), settings);
  scenario.notices.forEach(notify);
  const run = await runOf(scenario, settings);
  const folder = await openFolder(scenario, run, settings);
  try {
    folder.notices.forEach(notify);
    if (folder.status !== 'finished') {
      const summary = await run.simulate(folder);
      if (summary === null) {
        notify(`interrupted; what is done is kept in ${folder.path}, and the same command goes on from there`);
        return 'interrupted';
      }
      await folder.finish(summary);
      notify(`saved in ${folder.path}`);
    }
    const isAsExpected = await run.tell(await folder.summary(), folder.path, settings.format);
    return isAsExpected ? 'done' : 'expectation not met';
  } finally {
    await folder.close();
  }
}

/** Each kind is loaded when it is needed. */
async function runOf(scenario: Scenario, settings: RunSettings): Promise<ScenarioRun> {
  if (scenario.kind === 'coupled') return (await import('./run-coupled.ts')).coupledRun(scenario, settings);
  return (await import('./run-training.ts')).trainingRun(scenario, settings);
}

async function openFolder(scenario: Scenario, { plan, seed }: ScenarioRun, settings: RunSettings): Promise<RunFolder> {
  const version = programVersion();
  const packageDirectory = fileURLToPath(new URL('../..', import.meta.url));
  const codeDirectory = fileURLToPath(new URL('..', import.meta.url));
  return openRunFolder({
    resultsDirectory: settings.out,
    name: scenario.name,
    identity: { version, kernel: settings.kernel, scenario: scenario.identity },
    plan,
    seed,
    provenance: await provenanceOf({ version, codeFingerprint: codeFingerprint(codeDirectory), packageDirectory }),
    fresh: settings.fresh,
  });
}
