import { coupledFacts, textsOf } from '../dashboard/facts-of-run.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import { chooseMember, type KernelOption } from '../engine/choose-member.ts';
import { type Executor, inProcess } from '../engine/executor.ts';
import { chunkCount, isShort, type Plan, planCells } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import { paintFor } from '../report/paint.ts';
import type { ReportedCell } from '../report/run-text.ts';
import { readSummary } from '../results/read-summary.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { RunSummary } from '../results/summary-schema.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { expectationText } from '../theorems/expectations/expectation.ts';
import { completeRun } from './complete-run.ts';
import { programVersion } from './program-version.ts';
import { ownRun, type RunWatch } from './run-watch.ts';
import type { RunSettings, ScenarioRun, ToldFormat } from './scenario-run.ts';

/** What a coupled scenario brings to `run`. */
export function coupledRun(scenario: CoupledScenario, settings: RunSettings): ScenarioRun {
  const plan = planOf(scenario, settings.kernel);
  return {
    plan,
    seed: plan.cells[0].seed,
    watched: ({ path, notices }) => ({
      facts: coupledFacts(scenario.name, path, plan.cells, textsOf(scenario.cells, expectationText)),
      loadJudge: async () => (await import('./judge-coupled.ts')).coupledCellJudge(scenario, plan.cells),
      notices: [...scenario.notices, ...notices],
      control: ownRun,
    }),
    simulate: (folder, watch) => simulate(scenario, plan, folder, settings, watch),
    async tell(stored, path, format) {
      const summary = readSummary(stored, path);
      await print(summary, path, format);
      return printExpectations(scenario, summary, format);
    },
  };
}

/** @throws {ScenarioError} for a coupling that cannot simulate its cell exactly */
function planOf(scenario: CoupledScenario, kernel: KernelOption): Plan {
  try {
    // What is expected of the numbers does not decide them, and may change without a new run.
    return planCells(
      scenario.cells.map(({ expect: _expect, ...cell }) => cell),
      kernel,
    );
  } catch (error) {
    if (error instanceof RangeError) throw new ScenarioError(`${scenario.source}: ${error.message}`);
    throw error;
  }
}

/** Simulates what is missing. Returns null when interrupted. */
async function simulate(
  scenario: CoupledScenario,
  plan: Plan,
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<RunSummary | null> {
  const executor = await executorFor(plan, settings.workers);
  const summaries = await completeRun(plan.cells, coupledPairs, { folder, executor, watch });
  if (summaries === null) return null;
  const results = summaries.map((summary, index) => cellResult(plan.cells[index], summary));
  return summaryOf(scenario, plan, folder.id, results, settings.kernel);
}

/** Threads are worth their start only when there are chunks to share. */
async function executorFor(plan: Plan, workers: number | undefined): Promise<Executor> {
  if (workers === 0 || (workers === undefined && isShort(plan))) return inProcess();
  const chunks = plan.cells.reduce((sum, cell) => sum + chunkCount(cell), 0);
  const { defaultWorkers, workerPool } = await import('../engine/pool.ts');
  return workerPool(Math.min(workers ?? defaultWorkers(), chunks));
}

/** What `summary.json` holds: nothing that varies between runs of one plan. */
function summaryOf(
  scenario: CoupledScenario,
  plan: Plan,
  id: string,
  results: readonly CellResult[],
  kernel: KernelOption,
): RunSummary {
  const cells = scenario.cells.map((cell, index): ReportedCell => {
    const { reason } = chooseMember(cell, kernel);
    return { ...results[index], couplingReason: reason, swept: cell.swept, items: cell.items };
  });
  const { name, description } = scenario;
  // Through JSON, because a resumed run has its numbers from there.
  const summary = { scenario: name, description, id, seed: plan.cells[0].seed, version: programVersion(), cells };
  return JSON.parse(JSON.stringify(summary));
}

async function print(summary: RunSummary, path: string, format: ToldFormat): Promise<void> {
  if (format === 'nothing') return;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    return;
  }
  // JSON needs no charts.
  const { runText } = await import('../report/run-text.ts');
  const cells = summary.cells as unknown as ReportedCell[];
  process.stdout.write(runText(summary.scenario, summary.description, cells, paintFor(process.stdout)));
  const violated = cells.findIndex(({ order }) => order.firstViolation !== null);
  if (violated < 0) return;
  const pair = cells[violated].order.firstViolation?.replicate;
  process.stdout.write(
    `\n  see it happen: norm-growth replay ${visiblePath(path)} --cell ${violated} --pair ${pair}\n`,
  );
}

/** Says whether the scenario's `expect:` lines hold; on stderr where stdout is for JSON. Returns whether they all do. */
async function printExpectations(scenario: CoupledScenario, summary: RunSummary, format: ToldFormat): Promise<boolean> {
  if (scenario.cells.every(({ expect }) => expect.length === 0)) return true;
  const { judgeScenario } = await import('./judge-coupled.ts');
  const checked = judgeScenario(scenario, summary.cells as unknown as ReportedCell[]);
  const stream = format === 'text' ? process.stdout : process.stderr;
  if (format === 'text' || !checked.holds) {
    const { scenarioText } = await import('../report/check-text.ts');
    stream.write(`\n${scenarioText(checked, paintFor(stream))}\n`);
  }
  return checked.holds;
}
