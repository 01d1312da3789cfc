import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { coupledFacts, textsOf } from '../dashboard/facts-of-run.ts';
import { shardFolderName } from '../distribution/shard-folder.ts';
import { cellResult } from '../engine/cell-result.ts';
import { chooseMember } from '../engine/choose-member.ts';
import type { Cell } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import type { Shard } from '../engine/shard.ts';
import type { Json } from '../random/canonical-json.ts';
import { paintFor } from '../report/paint.ts';
import type { ReportedCell } from '../report/run-text.ts';
import type { Provenance } from '../results/provenance.ts';
import { readSummary } from '../results/read-summary.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type PlannedScenario, planScenario, storedPlan } from '../results/stored-plan.ts';
import type { RunSummary } from '../results/summary-schema.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { expectationText } from '../theorems/expectations/expectation.ts';
import { completeRun, type RunEnd } from './complete-run.ts';
import { executorFor } from './coupled-executor.ts';
import { type ShardSummary, simulateShard, tellShard } from './run-shard.ts';
import { byIndex, type Simulated, summarised } from './run-summary.ts';
import { ownRun, type RunWatch } from './run-watch.ts';
import type { RunSettings, ScenarioRun, ToldFormat } from './scenario-run.ts';

/** What a coupled scenario brings to `run`: the whole of it, or a shard. */
export function coupledRun(scenario: CoupledScenario, settings: RunSettings): ScenarioRun {
  const planned = planScenario(scenario, settings.kernel);
  const { cells } = planned.plan;
  const { shard } = settings;
  const coupled = storedPlan(planned);
  const run = {
    words: scenario.words,
    seed: cells[0].seed,
    watched: watchedPairs(planned, shard),
    takeOver: async (folder: RunFolder, resultsDirectory: string, provenance: Provenance) => {
      const { takeOver } = await import('../results/reuse/take-over.ts');
      return takeOver({ folder, planned, shard, resultsDirectory, provenance });
    },
  };
  if (shard !== undefined) {
    return {
      ...run,
      folderName: shardFolderName(scenario.name, shard),
      plan: { coupled, shard },
      simulate: (folder, watch) => simulateShard(planned, shard, folder, settings, watch),
      tell: async (summary, path, format) => tellShard(summary as unknown as ShardSummary, path, format),
    };
  }
  return {
    ...run,
    folderName: scenario.name,
    plan: { coupled },
    simulate: (folder, watch) => simulate(planned, folder, settings, watch),
    tell: (summary, path, format) => tellCoupled(scenario, summary, path, format),
  };
}

function watchedPairs({ scenario, plan: { cells } }: PlannedScenario, shard?: Shard): ScenarioRun['watched'] {
  return ({ path, notices }) => ({
    facts: coupledFacts(scenario.name, path, cells, textsOf(scenario.cells, expectationText), shard),
    loadJudge: async () => (await import('./judge-coupled.ts')).coupledCellJudge(scenario, cells),
    notices: [...scenario.notices, ...notices],
    control: ownRun,
  });
}

/** Simulates what is missing. */
async function simulate(
  planned: PlannedScenario,
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<Simulated> {
  const executor = await executorFor(planned.plan, settings.workers);
  const { failFast } = settings;
  const end = await completeRun(planned.plan.cells, coupledPairs, { folder, executor, watch, failFast });
  return coupledSummary(planned, folder.id, end);
}

/** The summary of a run of coupled pairs, unless it was stopped. */
export function coupledSummary(planned: PlannedScenario, id: string, end: RunEnd<ChunkSummary>): Simulated {
  const { scenario, plan } = planned;
  const run = { id, seed: plan.cells[0].seed };
  return summarised(scenario, run, end, (summary, index) => reportedCell(planned, plan.cells[index], summary));
}

/** Prints a finished run of coupled pairs, and whether it is as expected. */
export async function tellCoupled(
  scenario: CoupledScenario,
  stored: Json,
  path: string,
  format: ToldFormat,
): Promise<boolean> {
  const summary = readSummary(stored, path);
  await print(summary, path, format);
  return printExpectations(scenario, summary, format);
}

/** What `summary.json` holds of a cell. */
function reportedCell(
  { scenario, kernel }: PlannedScenario,
  cell: Cell,
  summary: ChunkSummary,
): Omit<ReportedCell, 'index'> {
  const { swept, items, ...request } = scenario.cells[cell.index];
  return { ...cellResult(cell, summary), couplingReason: chooseMember(request, kernel).reason, swept, items };
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
  const violated = cells.find(({ order }) => order.firstViolation !== null);
  if (violated === undefined) return;
  const pair = violated.order.firstViolation?.replicate;
  process.stdout.write(
    `\n  see it happen: norm-growth replay ${visiblePath(path)} --cell ${violated.index} --pair ${pair}\n`,
  );
}

/** Says whether the scenario's `expect:` lines hold; on stderr where stdout is for JSON. Returns whether they all do. */
async function printExpectations(scenario: CoupledScenario, summary: RunSummary, format: ToldFormat): Promise<boolean> {
  if (scenario.cells.every(({ expect }) => expect.length === 0)) return true;
  const { judgeScenario } = await import('./judge-coupled.ts');
  const checked = judgeScenario(scenario, byIndex(summary.cells as unknown as ReportedCell[]));
  const stream = format === 'text' ? process.stdout : process.stderr;
  if (format === 'text' || !checked.holds) {
    const { scenarioText } = await import('../report/check-text.ts');
    stream.write(`\n${scenarioText(checked, paintFor(stream))}\n`);
  }
  return checked.holds;
}
