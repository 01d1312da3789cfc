import type { KernelOption } from '../../engine/choose-member.ts';
import type { Executor } from '../../engine/executor.ts';
import type { Json } from '../../random/canonical-json.ts';
import { findScenario } from '../../scenarios/find-scenario.ts';
import type { Scenario } from '../../scenarios/load-scenario.ts';
import type { CheckSetting } from '../../theorems/claim.ts';
import { claims } from '../../theorems/claims/index.ts';
import { alphaOf, checkSetting, defaultBudget, type VerifyOptions } from '../../theorems/verify.ts';
import { runScenario } from '../run-scenario.ts';

/** A scenario that has been run to its end, now or before. */
export interface Ran {
  readonly scenario: Scenario;
  readonly summary: Json;
  /** Its run folder. */
  readonly path: string;
}

/** What a section is done with. */
export interface Means {
  /**
   * Runs a shipped scenario by its name, in a run folder, or reads what has been run before.
   *
   * @throws {Interruption} where a person has stopped it
   */
  run(name: string): Promise<Ran>;
  /** What claims and gaps are checked with: draws of their own, a share of the error budget, the simulator. */
  readonly checking: VerifyOptions;
  setting(id: string): CheckSetting;
}

/** The work was stopped by a signal; runs are kept in their folders. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** How runs are made. */
export interface MeansSettings {
  /** The folder that holds run folders. */
  readonly runs: string;
  readonly workers: number | undefined;
  /** Whether what has been run before is run again, in folders beside it. */
  readonly fresh: boolean;
  readonly quiet: boolean;
}

/** Any false alarm of all claims together has the probability of the budget. */
const tests = claims.reduce((sum, claim) => sum + claim.tests, 0);

/** The means of a reproduction: seed 1, the kernels, the executor's threads for claims and gaps. */
export function openMeans(settings: MeansSettings, executor: Executor): Means {
  const kernel: KernelOption = 'auto';
  const ran = new Map<string, Promise<Ran>>();
  const checking = { seed: 1, alpha: alphaOf(defaultBudget, tests), executor, kernel };
  return {
    run(name) {
      const already = ran.get(name) ?? run(name, settings, kernel);
      ran.set(name, already);
      return already;
    },
    checking,
    setting: (id) => checkSetting(id, checking),
  };
}

async function run(name: string, { runs, workers, fresh, quiet }: MeansSettings, kernel: KernelOption): Promise<Ran> {
  const asked = { set: [], sweep: [], until: [], out: runs, fresh, failFast: true, skipBadRows: false };
  const told = { format: 'text', quiet, isLive: false, fps: 1 } as const;
  const settings = { ...asked, ...told, kernel, ...(workers === undefined ? {} : { workers }) };
  const { outcome, ...ran } = await runScenario(await findScenario(name), settings, 'nothing');
  if (outcome === 'interrupted') throw new Interruption(name);
  if (outcome === 'failed') throw new Error(`${name}: some of its cells failed`);
  return ran;
}
