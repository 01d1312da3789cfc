import { randomInt } from 'node:crypto';
import type { KernelOption } from '../engine/choose-member.ts';
import { inProcess } from '../engine/executor.ts';
import { defaultWorkers, workerPool } from '../engine/pool.ts';
import { type CheckedScenario, endText, gapText, headText, scenarioText, verdictText } from '../report/check-text.ts';
import { paintFor } from '../report/paint.ts';
import { claimsNamed } from '../theorems/claims-named.ts';
import type { Gap, GapMeasurement } from '../theorems/gap.ts';
import { gaps } from '../theorems/gaps/index.ts';
import { alphaOf, checkSetting, type Verdict, verify } from '../theorems/verify.ts';
import { checkFidelity, checkScenario, checkTraining, loadExpecting } from './check-scenarios.ts';
import { countExpectationTests } from './judge-coupled.ts';

/** What `norm-growth check` was asked for. */
export interface CheckFlags {
  readonly gaps: boolean;
  readonly scenario: readonly string[];
  readonly allScenarios: boolean;
  readonly seed?: number;
  readonly freshSeed: boolean;
  readonly budget: number;
  readonly workers?: number;
  readonly kernel: KernelOption;
  readonly format: 'text' | 'json';
}

/** What a check prints as JSON: everything that was checked, and with which chance of a false alarm. */
interface CheckReport {
  readonly seed: number;
  readonly budget: number;
  /** Statistical findings; each may raise a false alarm with probability alpha = budget / tests. */
  readonly tests: number;
  readonly alpha: number;
  readonly holds: boolean;
  readonly claims: Verdict[];
  readonly scenarios: CheckedScenario[];
  readonly gaps: { readonly gap: Omit<Gap, 'measure'>; readonly measurements: readonly GapMeasurement[] }[];
}

/** Checks claims and scenarios as the command line says, printing each verdict as it comes. Returns whether all hold. */
export async function runChecks(ids: readonly string[], flags: CheckFlags): Promise<boolean> {
  const { budget, scenario, allScenarios, kernel } = flags;
  const wantedSeed = flags.freshSeed ? randomInt(2 ** 47) : flags.seed;
  const seed = wantedSeed ?? 1;
  const scenarios = await loadExpecting({ scenario, allScenarios, seed: wantedSeed });
  const isOnScenariosOnly = ids.length === 0 && (scenario.length > 0 || allScenarios);
  const claims = isOnScenariosOnly ? [] : claimsNamed(ids);
  const tests =
    claims.reduce((sum, claim) => sum + claim.tests, 0) +
    countExpectationTests(scenarios.filter((scenario) => scenario.kind === 'coupled'));
  const alpha = alphaOf(budget, tests);
  const report: Omit<CheckReport, 'holds'> = { seed, budget, tests, alpha, claims: [], scenarios: [], gaps: [] };

  const paint = paintFor(process.stdout);
  const say = (text: string) => flags.format === 'text' && process.stdout.write(`${text}\n`);
  say(headText(report));
  const workers = flags.workers ?? defaultWorkers();
  const executor = workers === 0 ? inProcess() : workerPool(workers);
  try {
    for await (const verdict of verify(claims, { seed, alpha, executor, kernel })) {
      report.claims.push(verdict);
      say(verdictText(verdict, paint));
    }
    for (const expecting of scenarios) {
      const checked =
        expecting.kind === 'coupled'
          ? await checkScenario(expecting, alpha, executor, kernel)
          : expecting.kind === 'train'
            ? await checkTraining(expecting, workers)
            : await checkFidelity(expecting, workers);
      report.scenarios.push(checked);
      say(scenarioText(checked, paint));
    }
    for (const { measure, ...gap } of flags.gaps ? gaps : []) {
      const measurements = await measure(checkSetting(gap.id, { seed, alpha, executor, kernel }));
      report.gaps.push({ gap, measurements });
      say(gapText(gap, measurements, paint));
    }
  } finally {
    await executor.close();
  }
  const holds = [...report.claims, ...report.scenarios].every((checked) => checked.holds);
  if (flags.format === 'json') process.stdout.write(`${JSON.stringify({ ...report, holds }, null, 2)}\n`);
  else say(endText([...report.claims, ...report.scenarios], paint));
  return holds;
}
