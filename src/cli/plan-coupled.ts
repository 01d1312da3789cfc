import { shardText } from '../distribution/shard-folder.ts';
import type { Cells } from '../engine/cell-list.ts';
import { type CostForecast, costForecast, memberOf } from '../engine/cost-forecast.ts';
import { executorFor } from '../engine/executor-for.ts';
import { expectedPrecision } from '../engine/expected-precision.ts';
import type { Cell } from '../engine/plan.ts';
import { type CellSize, type Member, PlanSizes } from '../engine/plan-sizes.ts';
import { canonicalJson } from '../random/canonical-json.ts';
import type { CellForecast, CoupledForecast, RunPlan } from '../report/plan-text.ts';
import { reportedCell } from '../results/coupled-summary.ts';
import { mostInSummary } from '../results/gathered-cells.ts';
import { journalLine } from '../results/journal-line.ts';
import type { FoundRun } from '../results/look-for-run.ts';
import type { RunRequest } from '../results/open-run-folder.ts';
import { type ForeseenReuse, foreseeReuse } from '../results/reuse/foresee-reuse.ts';
import { type PlannedScenario, planScenario } from '../results/stored-plan.ts';
import { summaryText } from '../results/summary-checksum.ts';
import { cellSchema } from '../results/summary-schema.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { type Pilot, runPilot } from './pilot.ts';
import type { PilotedRun } from './piloted-run.ts';
import type { RunSettings } from './scenario-run.ts';

const mostRows = 20;
/** Exact laws are worked out for so many seconds; other cells go without. */
const lawSeconds = 3;

/** What a run of coupled pairs would be, by a pilot of some of its cells on this machine. Writes nothing. */
export async function planCoupled(
  scenario: CoupledScenario,
  settings: RunSettings,
  request: RunRequest,
  found: FoundRun,
): Promise<RunPlan> {
  const planned = planScenario(scenario, settings.kernel);
  const { plan } = planned;
  const { shard } = settings;
  const sizes = new PlanSizes(plan.cells, shard);
  const reuse = await foreseeReuse(request, found, { planned, shard });
  // What it has taken to come so far, a run takes too.
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  const executor = await executorFor(plan, settings.workers);
  const workers = executor.concurrency - 1;
  const pilot = await runPilot(
    { cells: plan.cells, sizes, isWhole: shard === undefined, ...doneWith(planned) },
    executor,
  );
  const started = {
    cpuSeconds: (startedCpu.user + startedCpu.system) / 1e6 + pilot.startSeconds,
    wallSeconds: startedMs / 1000 + pilot.startSeconds,
  };
  const total = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
  return {
    scenario: scenario.name,
    kind: 'coupled',
    cells: sizes.length,
    chunks: sizes.sum(({ chunks }) => chunks),
    replicates: sizes.sum(({ replicates }) => replicates),
    replicatesAre: 'pairs',
    steps: sizes.steps,
    stepsAre: 'pair-steps',
    shard: shard === undefined ? null : shardText(shard),
    folder: { status: found.status, path: found.path, chunks: total(found.chunks.values()), obstacle: found.obstacle },
    reuse: reuse.taken.map(({ path, blocks }) => ({ path, chunks: blocks })),
    coupled: forecast(planned, sizes, { pilot, started, workers, found, reuse }),
  };
}

/** What a run does with its chunks and cells, but for writing. */
function doneWith(planned: PlannedScenario): Pick<PilotedRun, 'keepChunk' | 'finishCell'> {
  const isInFile = planned.plan.cells.length > mostInSummary;
  return {
    keepChunk: ({ cell, block }, summary) => {
      journalLine(canonicalJson({ cell, block, summary }));
    },
    finishCell: (cell, summary) => {
      const reported = reportedCell(planned, cell.index, summary);
      if (isInFile) canonicalJson(reported);
      // Written, read again and printed.
      else cellSchema.safeParse(JSON.parse(summaryText(JSON.parse(JSON.stringify(reported)))));
    },
  };
}

interface Circumstances {
  readonly pilot: Pilot;
  readonly started: { readonly cpuSeconds: number; readonly wallSeconds: number };
  readonly workers: number;
  readonly found: FoundRun;
  readonly reuse: ForeseenReuse;
}

function forecast(planned: PlannedScenario, sizes: PlanSizes, circumstances: Circumstances): CoupledForecast {
  const { pilot, started, workers, found, reuse } = circumstances;
  const costs = costForecast(pilot.measured, sizes.length);
  const rows = rowsOf(planned, sizes, pilot, costs);
  const shares = sharesNeeded(rows, planned.plan.cells);
  const members = sizes.members.map((member) => ({ ...member, cells: 0, pairs: 0, cpuSeconds: 0 }));
  const time = { cpuSeconds: 0, wallSeconds: 0, remainingCpuSeconds: 0, remainingWallSeconds: 0 };
  let expectedPairs = 0;
  for (const size of sizes) {
    const { index, replicates, chunks, nominalNanoseconds } = size;
    const share = shareOf(shares, size, sizes.members);
    const member = members[size.member];
    const { cpuSeconds, wallSeconds } = costs.costBy(member, nominalNanoseconds);
    const pairs = pairsRun(size, share, workers);
    const known = (found.chunks.get(index) ?? 0) + (reuse.chunks.get(index) ?? 0);
    const left = Math.max(0, 1 - known / chunks);
    time.cpuSeconds += pairs * cpuSeconds;
    time.wallSeconds += pairs * wallSeconds;
    time.remainingCpuSeconds += left * pairs * cpuSeconds;
    time.remainingWallSeconds += left * pairs * wallSeconds;
    expectedPairs += replicates * share;
    member.cells += 1;
    member.pairs += replicates;
    member.cpuSeconds += pairs * cpuSeconds;
  }
  const each = besidePairs(pilot, costs, sizes.members);
  const fixedCpu = started.cpuSeconds + sizes.length * each.cpuSeconds;
  const fixedWall = started.wallSeconds + sizes.length * each.wallSeconds;
  const isDone = found.status === 'finished';
  return {
    members,
    time: {
      workers,
      cpuSeconds: time.cpuSeconds + fixedCpu,
      wallSeconds: time.wallSeconds + fixedWall,
      remainingCpuSeconds: isDone ? 0 : time.remainingCpuSeconds + fixedCpu,
      remainingWallSeconds: isDone ? 0 : time.remainingWallSeconds + fixedWall,
      factor: costs.factor,
      pilot: {
        seconds: pilot.seconds,
        cells: pilot.measured.length,
        chunks: pilot.chunks,
        isShortened: pilot.isShortened,
      },
    },
    until:
      sizes.sum(({ hasRule }) => Number(hasRule)) === 0
        ? null
        : {
            expectedPairs,
            cellsNotReached: rows.filter(({ isReached }) => isReached === false).length,
            cellsLookedAt: rows.length,
          },
    rows,
  };
}

/** What a cell takes beside its pairs. */
function besidePairs({ rehearsal, finish }: Pilot, costs: CostForecast, members: readonly Member[]): Pilot['finish'] {
  if (rehearsal === null) return finish;
  const { cells, cpuMs, wallMs } = rehearsal;
  const rest = (milliseconds: number, of: 'cpuSeconds' | 'wallSeconds') => {
    const inPairs = cells.reduce((sum, { size, pairs }) => {
      return sum + pairs * costs.costBy(members[size.member], size.nominalNanoseconds)[of];
    }, 0);
    return Math.max(0, milliseconds / 1000 - inPairs) / cells.length;
  };
  return { cpuSeconds: rest(cpuMs, 'cpuSeconds'), wallSeconds: rest(wallMs, 'wallSeconds') };
}

/** All cells of a small sweep; of a large one those that were tried, and others between them. */
function rowsOf(
  { scenario, plan: { cells } }: PlannedScenario,
  sizes: PlanSizes,
  pilot: Pilot,
  costs: CostForecast,
): CellForecast[] {
  const until = performance.now() + 1000 * lawSeconds;
  return placesShown(sizes, pilot).flatMap(({ index, replicates }, place) => {
    if (place > 0 && performance.now() > until) return [];
    const cell = cells.at(index)!;
    const precision = expectedPrecision(cell, pilot.summaries.get(index) ?? null);
    return {
      cell: index,
      swept: scenario.cells.at(index)!.swept,
      coupling: cell.coupling,
      kernel: cell.kernel,
      pairs: replicates,
      expectedPairs: precision.replicates,
      isReached: precision.isReached,
      cpuSeconds: precision.replicates * costs.costOf(cell).cpuSeconds,
      standardErrors: precision.standardErrors,
      source: precision.source,
    };
  });
}

function placesShown(sizes: PlanSizes, { measured }: Pilot): CellSize[] {
  if (sizes.length <= mostRows) return [...sizes];
  const even = Array.from({ length: mostRows }, (_, place) => Math.floor(((place + 0.5) * sizes.length) / mostRows));
  const evenCells = even.map((place) => sizes.at(place).index);
  const shown = new Set([...new Set([...measured.map(({ cell }) => cell.index), ...evenCells])].slice(0, mostRows));
  const found: CellSize[] = [];
  for (const size of sizes) if (shown.has(size.index)) found.push(size);
  return found;
}

/** Which share of its pairs a cell probably needs: by cell where that was worked out, and for the others of a member on average. */
interface SharesNeeded {
  readonly ofCell: ReadonlyMap<number, number>;
  readonly ofMember: ReadonlyMap<string, number>;
}

function sharesNeeded(rows: readonly CellForecast[], cells: Cells<Cell>): SharesNeeded {
  const share = ({ cell, expectedPairs }: CellForecast) => expectedPairs / cells.at(cell)!.replicates;
  const groups = Map.groupBy(rows, ({ cell }) => memberOf(cells.at(cell)!));
  const mean = (of: readonly CellForecast[]) => of.reduce((sum, row) => sum + share(row), 0) / of.length;
  return {
    ofCell: new Map(rows.map((row) => [row.cell, share(row)])),
    ofMember: new Map([...groups].map(([name, of]) => [name, mean(of)])),
  };
}

function shareOf(
  { ofCell, ofMember }: SharesNeeded,
  { index, member, hasRule }: CellSize,
  members: readonly Member[],
): number {
  return hasRule ? (ofCell.get(index) ?? ofMember.get(memberOf(members[member])) ?? 1) : 1;
}

/** A cell that has enough still has chunks under way, one for each worker. */
function pairsRun({ replicates, chunkSize }: CellSize, share: number, workers: number): number {
  return share === 1 ? replicates : Math.min(replicates, share * replicates + workers * chunkSize);
}
