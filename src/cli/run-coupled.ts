import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { coupledFacts, textsOf } from '../dashboard/facts-of-run.ts';
import type { RunFacts } from '../dashboard/run-facts.ts';
import { shardFolderName } from '../distribution/shard-folder.ts';
import { executorFor } from '../engine/executor-for.ts';
import type { Cell } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import type { Shard } from '../engine/shard.ts';
import type { Json } from '../random/canonical-json.ts';
import { paintFor } from '../report/paint.ts';
import type { TextSummary } from '../report/run-text.ts';
import { CoupledReport, type ReportedCell } from '../results/coupled-summary.ts';
import { mostInSummary } from '../results/gathered-cells.ts';
import type { Provenance } from '../results/provenance.ts';
import { cellsOf, readSummary } from '../results/read-summary.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Simulated } from '../results/run-summary.ts';
import { type PlannedScenario, planScenario, storedPlan } from '../results/stored-plan.ts';
import type { RunSummary } from '../results/summary-schema.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { expectationText } from '../theorems/expectations/expectation.ts';
import { completeRun, type RunMeans } from './complete-run.ts';
import { hasExpectations } from './has-expectations.ts';
import { simulateShard, tellShard } from './run-shard.ts';
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
    seed: cells.at(0)!.seed,
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
      tell: async (summary, path, format) => tellShard(planned, shard, { summary, path }, format),
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
    cells: cells.length,
    facts: factsOfPairs({ scenario, plan: { cells } }, path, shard),
    loadJudge: async () => (await import('./judge-coupled.ts')).coupledCellJudge(scenario, cells),
    notices: [...scenario.notices, ...notices],
    control: ownRun,
  });
}

/** What a dashboard is to know of a run of coupled pairs; null of one with more cells than a person can look at. */
export function factsOfPairs(
  { scenario, plan: { cells } }: Pick<PlannedScenario, 'scenario' | 'plan'>,
  path: string,
  shard?: Shard,
): RunFacts | null {
  if (cells.length > mostInSummary) return null;
  const texts = textsOf([...scenario.cells], expectationText);
  return coupledFacts(scenario.name, path, [...cells], texts, shard);
}

/** Simulates what is missing. */
async function simulate(
  planned: PlannedScenario,
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<Simulated> {
  const { failFast, queue, workers, chunkTimeoutMs } = settings;
  const { plan } = planned;
  const report = await CoupledReport.open(planned, folder);
  const kept: RunMeans<Cell, ChunkSummary>['kept'] = (index, summary) => report.add(index, summary);
  const means = { folder, watch, failFast, kept };
  const { failures, stopped, setAside } =
    queue === undefined
      ? await completeRun(plan.cells, coupledPairs, {
          ...means,
          executor: await executorFor(plan, workers, chunkTimeoutMs),
        })
      : await (await import('./complete-on-queue.ts')).completeOnQueue(planned, queue, means);
  if (stopped === null) return { summary: await report.finish(failures), stopped };
  await report.abandon();
  return { summary: null, stopped, setAside };
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
  return printExpectations(scenario, summary, path, format);
}

async function print(summary: RunSummary, path: string, format: ToldFormat): Promise<void> {
  if (format === 'nothing') return;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    return;
  }
  // JSON needs no charts.
  const { summaryText } = await import('../report/run-text.ts');
  process.stdout.write(summaryText(summary as unknown as TextSummary, visiblePath(path), paintFor(process.stdout)));
  const violated = summary.cells.find(({ order }) => order.firstViolation !== null);
  if (violated === undefined) return;
  const pair = violated.order.firstViolation?.replicate;
  process.stdout.write(
    `\n  see it happen: norm-growth replay ${visiblePath(path)} --cell ${violated.index} --pair ${pair}\n`,
  );
}

/** Says whether the scenario's `expect:` lines hold; on stderr where stdout is for JSON. Returns whether they all do. */
async function printExpectations(
  scenario: CoupledScenario,
  summary: RunSummary,
  path: string,
  format: ToldFormat,
): Promise<boolean> {
  if (!hasExpectations(scenario)) return true;
  const { judgeCells } = await import('./judge-coupled.ts');
  const checked = await judgeCells(scenario, cellsOf(summary, path) as unknown as AsyncIterable<ReportedCell>);
  const stream = format === 'text' ? process.stdout : process.stderr;
  if (format === 'text' || !checked.holds) {
    const { scenarioText } = await import('../report/check-text.ts');
    stream.write(`\n${scenarioText(checked, paintFor(stream))}\n`);
  }
  return checked.holds;
}
