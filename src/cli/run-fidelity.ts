import { availableParallelism } from 'node:os';
import type { z } from 'zod';
import { fidelityFacts, textsOf } from '../dashboard/facts-of-run.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import {
  coupledTrainingKind,
  type FidelityCell,
  type FidelitySummary,
  planCoupledTrainings,
  planRecorded,
  recordedKind,
} from '../fidelity/fidelity-cell.ts';
import { scenarioText } from '../report/check-text.ts';
import {
  coupledTrainingsText,
  type ReportedCoupledTrainings,
  type ReportedRecording,
  recordedText,
} from '../report/fidelity-text.ts';
import { paintFor } from '../report/paint.ts';
import { coupledCell } from '../report/sources/coupled-trainings-source.ts';
import { recordedCell } from '../report/sources/predictors-source.ts';
import { soundCells } from '../report/sources/summary-cells.ts';
import type { PlacedCell } from '../results/gathered-cells.ts';
import { folderEntries } from '../results/read-run.ts';
import { recordingExecutor } from '../results/recordings/recording-executor.ts';
import { nothingReused } from '../results/reuse/nothing-reused.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { byIndex, type RunSummaryOf, type Simulated } from '../results/run-summary.ts';
import type {
  CoupledTrainingsScenario,
  FidelityScenario,
  RecordedScenario,
} from '../scenarios/fidelity/fidelity-scenario.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { quantityExpectationText } from '../theorems/expectations/quantity-expectation.ts';
import { patienceOf } from './chunk-patience.ts';
import { gatherRun } from './gather-run.ts';
import { fidelityCellJudge, judgeFidelityScenario } from './judge-trainings.ts';
import { requireKernel } from './require-kernel.ts';
import { ownRun, type RunWatch } from './run-watch.ts';
import type { RunSettings, ScenarioRun, ToldFormat } from './scenario-run.ts';

/** What `summary.json` of a fidelity scenario holds. */
interface FidelityRunSummary<Cell extends PlacedCell> extends RunSummaryOf<Cell> {
  readonly study: FidelityScenario['study'];
}

/** A study: its cells, how their chunks are put together, and how a finished cell is written down and told. */
interface Study<C extends FidelityCell & ChunkedCell, S extends FidelitySummary, Reported extends PlacedCell> {
  readonly cells: readonly C[];
  readonly kind: CellKind<C, S>;
  /** What a finished cell must hold, wherever it came from. */
  readonly form: z.ZodType<object>;
  report(index: number, result: S): Reported;
  text(summary: FidelityRunSummary<Reported>, paint: ReturnType<typeof paintFor>): string;
  resultOf(reported: Reported): S;
  /** Whether a training came to numbers that are not finite. */
  hasFailed(result: S): boolean;
}

/** What a fidelity scenario brings to `run`. */
export function fidelityRun(scenario: FidelityScenario, settings: RunSettings): ScenarioRun {
  return scenario.study === 'predictors'
    ? studyRun(scenario, recordedStudy(scenario, settings), settings)
    : studyRun(scenario, coupledStudy(scenario, settings), settings);
}

function recordedStudy(scenario: RecordedScenario, { kernel }: RunSettings) {
  requireKernel(scenario, kernel);
  return {
    cells: planRecorded(scenario.cells, kernel),
    kind: recordedKind,
    form: recordedCell,
    report: (index, trainings): ReportedRecording => {
      const { training, swept } = scenario.cells[index];
      return { index, training, swept, trainings };
    },
    text: (summary, paint) => recordedText({ ...summary, name: summary.scenario }, summary.cells, paint),
    resultOf: ({ trainings }) => trainings,
    hasFailed: (trainings) => trainings.some(({ stopped }) => stopped?.isFailure),
  } satisfies Study<ReturnType<typeof planRecorded>[number], ReportedRecording['trainings'], ReportedRecording>;
}

function coupledStudy(scenario: CoupledTrainingsScenario, { kernel }: RunSettings) {
  return {
    cells: planCoupledTrainings(scenario.cells, kernel),
    kind: coupledTrainingKind,
    form: coupledCell,
    report: (index, result): ReportedCoupledTrainings => {
      const { coupled, swept } = scenario.cells[index];
      return { index, coupled, swept, result };
    },
    text: (summary, paint) => coupledTrainingsText({ ...summary, name: summary.scenario }, summary.cells, paint),
    resultOf: ({ result }) => result,
    // A pair that does fails its cell.
    hasFailed: () => false,
  } satisfies Study<
    ReturnType<typeof planCoupledTrainings>[number],
    ReportedCoupledTrainings['result'],
    ReportedCoupledTrainings
  >;
}

function studyRun<C extends FidelityCell, S extends FidelitySummary, Reported extends PlacedCell>(
  scenario: FidelityScenario,
  study: Study<C, S, Reported>,
  settings: RunSettings,
): ScenarioRun {
  return {
    folderName: scenario.name,
    plan: { [scenario.study]: study.cells },
    words: { description: scenario.description },
    seed: study.cells[0].seed,
    watched: ({ path, notices }) => ({
      cells: study.cells.length,
      facts: fidelityFacts(scenario.name, path, study.cells, textsOf(scenario.cells, quantityExpectationText)),
      loadJudge: async () => fidelityCellJudge(scenario),
      notices: [...scenario.notices, ...notices],
      control: ownRun,
    }),
    takeOver: (folder, resultsDirectory) => nothingReused(folder, resultsDirectory, scenario.name),
    simulate: (folder, watch) => simulate(scenario, study, folder, settings, watch),
    tell: async (summary, path, format) => {
      soundCells<object>(summary, path, study.form);
      return tell(scenario, study, summary as unknown as FidelityRunSummary<Reported>, path, format);
    },
  };
}

/** Trains what is missing. */
async function simulate<C extends FidelityCell, S extends FidelitySummary, Reported extends PlacedCell>(
  scenario: FidelityScenario,
  { cells, kind, report }: Study<C, S, Reported>,
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<Simulated<FidelityRunSummary<Reported>>> {
  const all = cells.reduce((sum, { replicates, chunkSize }) => sum + Math.ceil(replicates / chunkSize), 0);
  // A worker even for a single one: this thread must hear Ctrl+C while it trains.
  const workers = Math.min(settings.workers ?? availableParallelism(), all);
  const recordings = scenario.study === 'predictors' ? scenario.recordings : 'none';
  const setting = {
    tables: scenario.tables,
    folder: recordings === 'none' ? null : await folder.makeFolder('recordings'),
    recordings,
  } as const;
  const executor = recordingExecutor<C, S>(workers, setting, patienceOf(settings));
  const means = { folder, executor, watch, failFast: settings.failFast };
  const simulated = await gatherRun(scenario, cells, kind, means, (result, index) => report(index, result));
  if (simulated.summary === null) return simulated;
  return { summary: { ...simulated.summary, study: scenario.study }, stopped: null };
}

/** Prints the run, and whether it is as expected. */
async function tell<C extends FidelityCell, S extends FidelitySummary, Reported extends PlacedCell>(
  scenario: FidelityScenario,
  { text, resultOf, hasFailed }: Study<C, S, Reported>,
  summary: FidelityRunSummary<Reported>,
  path: string,
  format: ToldFormat,
): Promise<boolean> {
  if (format === 'json') process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (format === 'text') {
    process.stdout.write(text(summary, paintFor(process.stdout)));
    if ((await folderEntries(path)).includes('recordings')) {
      process.stdout.write(`\n  every appearance, as Parquet: ${visiblePath(path)}/recordings\n`);
    }
  }
  const checked = judgeFidelityScenario(
    scenario,
    byIndex(summary.cells).map((cell) => cell && resultOf(cell)),
  );
  const stream = format === 'text' ? process.stdout : process.stderr;
  const isSilent = checked.cells.every(({ findings }) => findings.length === 0);
  if (!isSilent && (format === 'text' || !checked.holds)) {
    stream.write(`\n${scenarioText(checked, paintFor(stream))}\n`);
  }
  return checked.holds && !summary.cells.map(resultOf).some(hasFailed);
}
