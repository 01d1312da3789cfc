import type { Json } from '../random/canonical-json.ts';
import type { ReportedTraining } from '../report/training-text.ts';
import { wrappedLine } from '../report/wrapped-line.ts';
import { openRunFolder } from '../results/open-run-folder.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Unfinished } from '../results/run-summary.ts';
import { findScenarios } from '../scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { visibleLines } from '../scenarios/visible-text.ts';
import { openWatch } from './open-watch.ts';
import { runRequest } from './run-request.ts';
import type { RunSettings, ScenarioRun, ToldFormat } from './scenario-run.ts';
import { failuresOf, tellFailures } from './tell-failures.ts';

/** How a run ended: with its verdict, with an expectation that is not met, with cells that failed, or before its end. */
export type RunOutcome = 'done' | 'expectation not met' | 'failed' | 'interrupted';

/**
 * Runs a scenario, or every scenario of a folder, from its name to its printed verdict. A folder ends with a table of what
 * its trainings were expected to show.
 */
export async function runScenarios(nameOrFolder: string, settings: RunSettings): Promise<RunOutcome> {
  const files = await findScenarios(nameOrFolder);
  if (files.length === 1) return (await runScenario(files[0], settings, settings.format)).outcome;
  const finished: FinishedScenario[] = [];
  let worst: RunOutcome = 'done';
  for (const file of files) {
    // Together they are one JSON document.
    const { outcome, ...scenario } = await runScenario(file, settings, settings.format === 'text' ? 'text' : 'nothing');
    if (outcome === 'interrupted') return outcome;
    if (outcome !== 'done') worst = outcome;
    finished.push(scenario);
    if (settings.format === 'text') process.stdout.write('\n');
  }
  if (settings.format === 'text') await tellTogether(finished);
  else
    process.stdout.write(
      `${JSON.stringify(
        finished.map(({ summary }) => summary),
        null,
        2,
      )}\n`,
    );
  return worst;
}

/** A scenario and the summary of its run; null where there is none yet. */
interface FinishedScenario {
  readonly scenario: Scenario;
  readonly summary: Json;
  /** The run folder. */
  readonly path: string;
}

async function tellTogether(finished: readonly FinishedScenario[]): Promise<void> {
  const { experimentsText } = await import('../report/experiments-text.ts');
  const { paintFor } = await import('../report/paint.ts');
  const trainings = finished.flatMap(({ scenario, summary }) => {
    if (scenario.kind !== 'train') return [];
    return [{ scenario, cells: (summary as unknown as { cells: readonly ReportedTraining[] }).cells }];
  });
  if (trainings.length > 0) process.stdout.write(experimentsText(trainings, paintFor(process.stdout)));
}

/** Runs a scenario from its file to its printed verdict. */
export async function runScenario(
  file: string,
  settings: RunSettings,
  format: ToldFormat,
): Promise<FinishedScenario & { readonly outcome: RunOutcome }> {
  const notify = (notice: string) => {
    if (!settings.quiet) process.stderr.write(`${wrappedLine(visibleLines(notice), process.stderr)}\n`);
  };
  const scenario = await loadAnyScenario(file, settings);
  scenario.notices.forEach(notify);
  requireShardable(scenario, settings);
  await requireQueueable(scenario, settings);
  requireThreads(settings);
  const run = await runOf(scenario, settings);
  const request = await runRequest(scenario, run, settings);
  const { provenance } = request;
  const folder = await openRunFolder(request);
  try {
    folder.notices.forEach(notify);
    if (folder.status !== 'finished') {
      const reused = settings.fresh ? [] : await run.takeOver?.(folder, settings.out, provenance);
      reused?.forEach(notify);
      const unfinished = await complete(run, { ...folder, notices: [...folder.notices, ...(reused ?? [])] }, settings);
      if (unfinished !== null) {
        const { stopped, setAside } = unfinished;
        if (setAside.length > 0) await tellSetAside(setAside, folder.path);
        notify(`${reasons[stopped]}; what is done is kept in ${folder.path}, and the same command goes on from there`);
        const outcome = stopped === 'interrupted' ? stopped : 'failed';
        return { scenario, summary: null, path: folder.path, outcome };
      }
      notify(`saved in ${folder.path}`);
    }
    const summary = await folder.summary();
    // Before anything is printed.
    failuresOf(summary, folder.path);
    const isAsExpected = await run.tell(summary, folder.path, format);
    const hasFailures = await tellFailures(summary, folder.path, format);
    const outcome = hasFailures ? 'failed' : isAsExpected ? 'done' : 'expectation not met';
    return { scenario, summary, path: folder.path, outcome };
  } finally {
    await folder.close();
  }
}

/** Why a run has no summary yet. */
const reasons = {
  interrupted: 'interrupted',
  failed: 'stopped at the first failure',
  incomplete: 'some chunks are set aside',
} as const;

/** Tells it in any case, because it is no notice but what went wrong. */
async function tellSetAside(setAside: Unfinished['setAside'], path: string): Promise<void> {
  const { setAsideText } = await import('../report/set-aside-text.ts');
  const { paintFor } = await import('../report/paint.ts');
  process.stderr.write(`${setAsideText(setAside, path, paintFor(process.stderr))}\n`);
}

/** Simulates what a folder lacks and finishes it, watched. Returns why it was stopped before, if it was. */
async function complete(run: ScenarioRun, folder: RunFolder, settings: RunSettings): Promise<Unfinished | null> {
  const watch = await openWatch(run.watched(folder), settings);
  try {
    const simulated = await run.simulate(folder, watch);
    if (simulated.summary === null) return simulated;
    for (const notice of await folder.finish(simulated.summary)) watch.say(notice, 'warning');
    watch.turn('finished');
    await watch.left();
    return null;
  } catch (error) {
    watch.turn('failed', (error as Error).message);
    await watch.left();
    throw error;
  } finally {
    // Whatever is printed next, an error too, goes to the terminal that stays.
    watch.close();
  }
}

/** @throws {ScenarioError} for a part of a run that has no parts */
export function requireShardable({ kind, source }: Scenario, { shard }: RunSettings): void {
  if (shard === undefined || kind === 'coupled') return;
  throw new ScenarioError(
    `--shard — expected a scenario of coupled pairs, got ${source}, of kind ${kind}: run it whole`,
  );
}

/**
 * @throws {ScenarioError} for what no queue can run
 * @throws {QueueError} for what is no address
 */
async function requireQueueable({ kind, source }: Scenario, { queue, shard, workers }: RunSettings): Promise<void> {
  if (queue === undefined) return;
  const refuse = (text: string) => {
    throw new ScenarioError(`--queue (or NORM_GROWTH_QUEUE) — ${text}`);
  };
  if (kind !== 'coupled') refuse(`expected a scenario of coupled pairs, got ${source}, of kind ${kind}: run it here`);
  if (shard !== undefined)
    refuse('got --shard as well: a queue shares the chunks out by itself, leave out one of them');
  if (workers !== undefined) refuse('got --workers as well: it belongs to the `worker` commands that serve the queue');
  const { parseQueueAddress } = await import('../distribution/queue/queue-address.ts');
  parseQueueAddress(queue);
}

/** @throws {ScenarioError} for a time limit that nothing here can keep */
function requireThreads({ chunkTimeoutMs, queue, workers }: RunSettings): void {
  if (chunkTimeoutMs === undefined) return;
  const refuse = (text: string) => {
    throw new ScenarioError(`--chunk-timeout — ${text}`);
  };
  if (queue !== undefined) refuse('got --queue as well: give it to the `worker` commands that serve the queue');
  if (workers === 0) refuse('got --workers 0 as well: the main thread cannot end a chunk that it computes itself');
}

/** Each kind is loaded when it is needed. */
export async function runOf(scenario: Scenario, settings: RunSettings): Promise<ScenarioRun> {
  if (scenario.kind === 'coupled') return (await import('./run-coupled.ts')).coupledRun(scenario, settings);
  if (scenario.kind === 'train') return (await import('./run-training.ts')).trainingRun(scenario, settings);
  return (await import('./run-fidelity.ts')).fidelityRun(scenario, settings);
}
