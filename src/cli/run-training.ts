import { availableParallelism } from 'node:os';
import { textsOf, trainingFacts } from '../dashboard/facts-of-run.ts';
import { scenarioText } from '../report/check-text.ts';
import { paintFor } from '../report/paint.ts';
import { soundCells } from '../report/sources/summary-cells.ts';
import { trainingsCell } from '../report/sources/trainings-source.ts';
import { type ReportedTraining, trainingText } from '../report/training-text.ts';
import { nothingReused } from '../results/reuse/nothing-reused.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { byIndex, type RunSummaryOf, type Simulated } from '../results/run-summary.ts';
import type { TrainingScenario } from '../scenarios/training/training-scenario.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { trainingExpectationText } from '../theorems/expectations/training-expectation.ts';
import { planTrainings, type TrainingCell, trainingKind } from '../trainer/training-cell.ts';
import { trainingExecutor } from '../trainer/training-executor.ts';
import { patienceOf } from './chunk-patience.ts';
import { gatherRun } from './gather-run.ts';
import { judgeTrainingScenario, trainingCellJudge } from './judge-trainings.ts';
import { keepPictures, picturesOf } from './keep-pictures.ts';
import { requireKernel } from './require-kernel.ts';
import { ownRun, type RunWatch } from './run-watch.ts';
import type { RunSettings, ScenarioRun, ToldFormat } from './scenario-run.ts';

/** What `summary.json` of a train scenario holds. */
type TrainingRunSummary = RunSummaryOf<ReportedTraining>;

/** What a train scenario brings to `run`. */
export function trainingRun(scenario: TrainingScenario, settings: RunSettings): ScenarioRun {
  requireKernel(scenario, settings.kernel);
  const requests = scenario.cells.map(({ training, seed, replicates }) => ({ training, seed, replicates }));
  const cells = planTrainings(requests, settings.kernel);
  return {
    folderName: scenario.name,
    plan: { trainings: cells },
    words: { description: scenario.description },
    seed: cells[0].seed,
    watched: ({ path, notices }) => ({
      cells: cells.length,
      facts: trainingFacts(scenario.name, path, cells, textsOf(scenario.cells, trainingExpectationText)),
      loadJudge: async () => trainingCellJudge(scenario),
      notices: [...scenario.notices, ...notices],
      control: ownRun,
    }),
    takeOver: (folder, resultsDirectory) => nothingReused(folder, resultsDirectory, scenario.name),
    simulate: (folder, watch) => simulate(scenario, cells, folder, settings, watch),
    tell: async (summary, path, format) => {
      soundCells<object>(summary, path, trainingsCell);
      return tell(scenario, summary as unknown as TrainingRunSummary, await picturesOf(path), format);
    },
  };
}

/** Trains what is missing. */
async function simulate(
  scenario: TrainingScenario,
  cells: readonly TrainingCell[],
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<Simulated> {
  const all = cells.reduce((sum, { replicates }) => sum + replicates, 0);
  // A worker even for a single one: this thread must hear Ctrl+C while it trains.
  const workers = Math.min(settings.workers ?? availableParallelism(), all);
  const executor = trainingExecutor(workers, scenario.tables, patienceOf(settings));
  const means = { folder, executor, watch, failFast: settings.failFast };
  const simulated = await gatherRun(scenario, cells, trainingKind, means, (trainings, index): ReportedTraining => {
    const { training, swept } = scenario.cells[index];
    return { index, training, swept, trainings };
  });
  if (simulated.summary !== null) await keepPictures(simulated.summary, cells, scenario.tables, folder, watch.say);
  return simulated;
}

/** Prints the run, and whether it is as expected: it is not where a training came to numbers that are not finite. */
function tell(
  scenario: TrainingScenario,
  summary: TrainingRunSummary,
  pictures: string | null,
  format: ToldFormat,
): boolean {
  const paint = paintFor(process.stdout);
  if (format === 'json') process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (format === 'text')
    process.stdout.write(trainingText(summary.scenario, summary.description, summary.cells, paint));
  if (format === 'text' && pictures !== null)
    process.stdout.write(`\n  pictures of the recorded steps: ${visiblePath(pictures)}\n`);
  const checked = judgeTrainingScenario(
    scenario,
    byIndex(summary.cells).map((cell) => cell?.trainings),
  );
  const stream = format === 'text' ? process.stdout : process.stderr;
  const isSilent = checked.cells.every(({ findings }) => findings.length === 0);
  if (!isSilent && (format === 'text' || !checked.holds))
    stream.write(`\n${scenarioText(checked, paintFor(stream))}\n`);
  const hasFailed = summary.cells.some(({ trainings }) => trainings.some(({ stopped }) => stopped?.isFailure));
  return checked.holds && !hasFailed;
}
