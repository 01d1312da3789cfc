import { paintFor } from '../report/paint.ts';
import { planText, type RunPlan } from '../report/plan-text.ts';
import { lookForRun } from '../results/look-for-run.ts';
import { findScenarios } from '../scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../scenarios/load-scenario.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { runRequest } from './run-request.ts';
import { requireShardable, runOf } from './run-scenario.ts';
import type { RunSettings } from './scenario-run.ts';

/**
 * Prints what a run of a scenario, or of every one of a folder, would be: its size, its time and its precision. Writes nothing.
 */
export async function planScenarios(nameOrFolder: string, settings: RunSettings): Promise<void> {
  const files = await findScenarios(nameOrFolder);
  const plans: RunPlan[] = [];
  for (const file of files) {
    const plan = await planOf(file, settings);
    plans.push(plan);
    if (settings.format !== 'text') continue;
    process.stdout.write(`${plans.length > 1 ? '\n' : ''}${planText(plan, paintFor(process.stdout))}`);
  }
  if (settings.format === 'text') return;
  process.stdout.write(`${JSON.stringify(plans.length === 1 ? plans[0] : plans, null, 2)}\n`);
}

async function planOf(file: string, settings: RunSettings): Promise<RunPlan> {
  const scenario = await loadAnyScenario(file, settings);
  if (!settings.quiet) for (const notice of scenario.notices) process.stderr.write(`${notice}\n`);
  requireShardable(scenario, settings);
  const run = await runOf(scenario, settings);
  const request = await runRequest(scenario, run, settings);
  const found = await lookForRun(request);
  if (scenario.kind === 'coupled') {
    const { planCoupled } = await import('./plan-coupled.ts');
    return planCoupled(scenario, settings, request, found);
  }
  return planOfTrainings(scenario, found);
}

function planOfTrainings(
  scenario: Exclude<Scenario, { kind: 'coupled' }>,
  { chunks, ...folder }: Awaited<ReturnType<typeof lookForRun>>,
): RunPlan {
  const cells: readonly Sized[] = scenario.cells;
  const sum = (of: (cell: Sized) => number) => cells.reduce((total, cell) => total + of(cell), 0);
  const isPaired = scenario.kind === 'fidelity' && scenario.study === 'coupled-trainings';
  const replicates = sum((cell) => cell.replicates);
  return {
    scenario: visibleText(scenario.name),
    kind: scenario.kind,
    cells: cells.length,
    chunks: replicates,
    replicates,
    replicatesAre: isPaired ? 'pairs' : 'trainings',
    steps: sum(({ training, coupled, replicates: of }) => of * (training?.epochs ?? coupled?.steps ?? 0)),
    stepsAre: isPaired ? 'steps' : 'epochs',
    shard: null,
    folder: { ...folder, chunks: [...chunks.values()].reduce((total, count) => total + count, 0) },
    reuse: [],
    coupled: null,
  };
}

/** What a cell of any kind of trainings says of its size. */
interface Sized {
  readonly replicates: number;
  readonly training?: { readonly epochs: number };
  readonly coupled?: { readonly steps: number };
}
