import { shardText } from '../distribution/shard-folder.ts';
import { type CostForecast, costForecast, memberOf } from '../engine/cost-forecast.ts';
import { executorFor } from '../engine/executor-for.ts';
import { expectedPrecision } from '../engine/expected-precision.ts';
import type { Cell } from '../engine/plan.ts';
import { chunkCountInShard, replicatesInShard, type Shard } from '../engine/shard.ts';
import type { CellForecast, CoupledForecast, RunPlan } from '../report/plan-text.ts';
import type { FoundRun } from '../results/look-for-run.ts';
import { planScenario } from '../results/stored-plan.ts';
import type { CoupledScenario } from '../scenarios/coupled-scenario.ts';
import { type Pilot, runPilot } from './pilot.ts';
import type { RunSettings } from './scenario-run.ts';

const mostRows = 20;
/** Exact laws are worked out for so many seconds; other cells go without. */
const lawSeconds = 3;

/** What a run of coupled pairs would be, by a pilot of some of its cells on this machine. */
export async function planCoupled(scenario: CoupledScenario, settings: RunSettings, found: FoundRun): Promise<RunPlan> {
  const { plan } = planScenario(scenario, settings.kernel);
  const { shard } = settings;
  const cells = [...plan.cells];
  const all = cells.map((cell) => partOf(cell, shard));
  const parts = all.filter(({ replicates }) => replicates > 0);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  // What it has taken to come so far, a run takes too.
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  const executor = await executorFor(plan, settings.workers);
  const workers = executor.concurrency - 1;
  const pilot = await runPilot(cells, executor);
  const started = {
    cpuSeconds: (startedCpu.user + startedCpu.system) / 1e6 + pilot.startSeconds,
    wallSeconds: startedMs / 1000 + pilot.startSeconds,
  };
  return {
    scenario: scenario.name,
    kind: 'coupled',
    cells: parts.length,
    chunks: sum(({ chunks }) => chunks),
    replicates: sum(({ replicates }) => replicates),
    replicatesAre: 'pairs',
    steps: sum(({ cell, replicates }) => replicates * cell.pair.steps),
    stepsAre: 'pair-steps',
    shard: shard === undefined ? null : shardText(shard),
    folder: {
      status: found.status,
      path: found.path,
      chunks: [...found.chunks.values()].reduce((total, count) => total + count, 0),
      obstacle: found.obstacle,
    },
    coupled: forecast(scenario, parts, { pilot, started, workers, found, isShard: shard !== undefined }),
  };
}

/** What of a cell is to be done here: all of it, or a shard's part. */
interface Part {
  readonly cell: Cell;
  readonly replicates: number;
  readonly chunks: number;
}

function partOf(cell: Cell, shard: Shard | undefined): Part {
  return { cell, replicates: replicatesInShard(shard, cell), chunks: chunkCountInShard(shard, cell) };
}

interface Circumstances {
  readonly pilot: Pilot;
  readonly started: { readonly cpuSeconds: number; readonly wallSeconds: number };
  readonly workers: number;
  readonly found: FoundRun;
  readonly isShard: boolean;
}

function forecast(scenario: CoupledScenario, parts: readonly Part[], circumstances: Circumstances): CoupledForecast {
  const { pilot, started, workers, found, isShard } = circumstances;
  const costs = costForecast(pilot.measured, parts.length);
  const rows = rowsOf(scenario, parts, pilot, costs);
  const shares = sharesNeeded(rows, parts);
  const expected = parts.map((part) => ({ part, pairs: pairsRun(part, shares, workers) }));
  // A shard tells no cells.
  const finish = isShard ? 0 : pilot.finishSeconds * parts.length;
  const total = (of: 'cpuSeconds' | 'wallSeconds', left: (part: Part) => number) =>
    expected.reduce((sum, { part, pairs }) => sum + pairs * left(part) * costs.costOf(part.cell)[of], 0) +
    finish +
    started[of];
  const left = ({ cell, chunks }: Part) => Math.max(0, 1 - (found.chunks.get(cell.index) ?? 0) / chunks);
  const isDone = found.status === 'finished';
  return {
    members: membersOf(expected, costs),
    time: {
      workers,
      cpuSeconds: total('cpuSeconds', () => 1),
      wallSeconds: total('wallSeconds', () => 1),
      remainingCpuSeconds: isDone ? 0 : total('cpuSeconds', left),
      remainingWallSeconds: isDone ? 0 : total('wallSeconds', left),
      factor: costs.factor,
      pilot: {
        seconds: pilot.seconds,
        cells: pilot.measured.length,
        chunks: pilot.chunks,
        isShortened: pilot.isShortened,
      },
    },
    until: parts.every(({ cell }) => cell.until === undefined)
      ? null
      : {
          expectedPairs: parts.reduce((sum, part) => sum + part.replicates * shareOf(shares, part.cell), 0),
          cellsNotReached: rows.filter(({ isReached }) => isReached === false).length,
          cellsLookedAt: rows.length,
        },
    rows,
  };
}

/** All cells of a small sweep; of a large one those that were tried, and others between them. */
function rowsOf(scenario: CoupledScenario, parts: readonly Part[], pilot: Pilot, costs: CostForecast): CellForecast[] {
  const shown = parts.length <= mostRows ? parts : someOf(parts, pilot);
  const until = performance.now() + 1000 * lawSeconds;
  return shown.flatMap(({ cell, replicates }, place) => {
    if (place > 0 && performance.now() > until) return [];
    const precision = expectedPrecision(cell, pilot.summaries.get(cell.index) ?? null);
    return {
      cell: cell.index,
      swept: scenario.cells.at(cell.index)!.swept,
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

function someOf(parts: readonly Part[], { measured }: Pilot): Part[] {
  const even = Array.from({ length: mostRows }, (_, place) => Math.floor(((place + 0.5) * parts.length) / mostRows));
  const shown = new Set(measured.map(({ cell }) => cell.index));
  for (const place of even) shown.add(parts[place].cell.index);
  const some = new Set([...shown].slice(0, mostRows));
  return parts.filter(({ cell }) => some.has(cell.index));
}

/** Which share of its pairs a cell probably needs: by cell where that was worked out, and for the others of a member on average. */
interface SharesNeeded {
  readonly ofCell: ReadonlyMap<number, number>;
  readonly ofMember: ReadonlyMap<string, number>;
}

function sharesNeeded(rows: readonly CellForecast[], parts: readonly Part[]): SharesNeeded {
  const cells = new Map(parts.map(({ cell }) => [cell.index, cell]));
  const share = ({ cell, expectedPairs }: CellForecast) => expectedPairs / cells.get(cell)!.replicates;
  const groups = Map.groupBy(rows, ({ cell }) => memberOf(cells.get(cell)!));
  const mean = (of: readonly CellForecast[]) => of.reduce((sum, row) => sum + share(row), 0) / of.length;
  return {
    ofCell: new Map(rows.map((row) => [row.cell, share(row)])),
    ofMember: new Map([...groups].map(([name, of]) => [name, mean(of)])),
  };
}

function shareOf({ ofCell, ofMember }: SharesNeeded, cell: Cell): number {
  return cell.until === undefined ? 1 : (ofCell.get(cell.index) ?? ofMember.get(memberOf(cell)) ?? 1);
}

/** A cell that has enough still has chunks under way, one for each worker. */
function pairsRun({ cell, replicates }: Part, shares: SharesNeeded, workers: number): number {
  const share = shareOf(shares, cell);
  return share === 1 ? replicates : Math.min(replicates, share * replicates + workers * cell.chunkSize);
}

function membersOf(
  expected: readonly { readonly part: Part; readonly pairs: number }[],
  costs: CostForecast,
): CoupledForecast['members'] {
  return [...Map.groupBy(expected, ({ part }) => memberOf(part.cell)).values()].map((group) => {
    const { coupling, kernel } = group[0].part.cell;
    return {
      coupling,
      kernel,
      cells: group.length,
      pairs: group.reduce((sum, { part }) => sum + part.replicates, 0),
      cpuSeconds: group.reduce((sum, { part, pairs }) => sum + pairs * costs.costOf(part.cell).cpuSeconds, 0),
    };
  });
}
