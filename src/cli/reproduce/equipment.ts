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
export interface Equipment {
  /**
   * Runs a shipped scenario by its name, in a run folder, or reads what has been run before.
   *
   * @throws {StoppedRun} where a person has stopped it, or a cell has failed, which is told on stderr
   */
  run(name: string): Promise<Ran>;
  /** What claims and gaps are checked with: draws of their own, a share of the error budget, the simulator. */
  readonly checking: VerifyOptions;
  setting(id: string): CheckSetting;
}

/** A run has no numbers to compare; what it has done is kept in its folder. */
export class StoppedRun extends Error {
  override readonly name = 'StoppedRun';
  readonly outcome: 'interrupted' | 'failed';

  constructor(scenario: string, outcome: StoppedRun['outcome']) {
    super(`${scenario}: ${outcome}`);
    this.outcome = outcome;
  }
}

/** How runs are made. */
export interface EquipmentSettings {
  /** The folder that holds run folders. */
  readonly runs: string;
  readonly workers: number | undefined;
  /** Whether what has been run before is run again, in folders beside it. */
  readonly fresh: boolean;
  readonly quiet: boolean;
}

/** Any false alarm of all claims together has the probability of the budget. */
const tests = claims.reduce((sum, claim) => sum + claim.tests, 0);

/** What a reproduction is done with: seed 1, the kernels, the executor's threads for claims and gaps. */
export function openEquipment(settings: EquipmentSettings, executor: Executor): Equipment {
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

async function run(
  name: string,
  { runs, workers, fresh, quiet }: EquipmentSettings,
  kernel: KernelOption,
): Promise<Ran> {
  const asked = { set: [], sweep: [], until: [], out: runs, fresh, failFast: true, skipBadRows: false };
  const told = { format: 'text', quiet, isLive: false, fps: 1 } as const;
  const settings = { ...asked, ...told, kernel, ...(workers === undefined ? {} : { workers }) };
  const { outcome, ...ran } = await runScenario(await findScenario(name), settings, 'nothing');
  if (outcome === 'interrupted' || outcome === 'failed') throw new StoppedRun(name, outcome);
  return ran;
}
