import { type ChunkSummary, emptySummary, mergeSummaries } from '../coupling/chunk-summary.ts';
import type { MeasuredCell } from '../engine/cost-forecast.ts';
import type { Executor } from '../engine/executor.ts';
import { type Cell, type Chunk, chunkAt, nominalNanoseconds } from '../engine/plan.ts';
import type { PlanSizes } from '../engine/plan-sizes.ts';
import { clock } from './clock.ts';
import type { PilotedRun } from './piloted-run.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';

/** What some cells of a plan took when they were tried. */
export interface Pilot {
  readonly measured: readonly MeasuredCell[];
  /** The pairs that were tried of each of those cells; none where a pair had to be shortened to be tried. */
  readonly summaries: ReadonlyMap<number, ChunkSummary>;
  /** Seconds for the first chunk of every worker, over those of later ones: what starting the workers takes. */
  readonly startSeconds: number;
  /** What is done on the main thread with a finished cell, on average. */
  readonly finish: { readonly cpuSeconds: number; readonly wallSeconds: number };
  /** Some cells, run as they will be; null where there are few, or they take long. */
  readonly rehearsal: Rehearsal | null;
  readonly seconds: number;
  readonly chunks: number;
  /** Whether some trainings were too long to be tried whole. */
  readonly isShortened: boolean;
}

/** A pilot of a large plan takes about so long, of which a fifth warms up: code becomes faster while it is run for the first time. */
const longestMs = 2000;
const shortestMs = 300;
/** How many times as long it may take on a busy machine. */
const slowest = 4;
/** A chunk is tried with no more pairs than take about so long. */
const nanosecondsPerChunk = 60e6;
/** Chunks of a worker are tried until they take about so long, short ones so many times. */
const nanosecondsPerRound = 1e7;
const mostChunks = 16;
/** A pair that takes longer than this is tried with fewer steps. */
const longestPair = 1e9;

/** Tries some cells of a plan, the cheapest and the dearest of every member among them. Closes the executor. */
export async function runPilot(run: PilotedRun, executor: Executor): Promise<Pilot> {
  const { cells, sizes } = run;
  const { mandatory, others } = pilotCells(sizes);
  const budgetMs = budgetFor(sizes);
  const measuringMs = budgetMs / (mandatory.length + others.length) / 3;
  const elapsed = clock();
  // By processor time, so that a busy machine is not told of by fewer cells; but not without end.
  const isSpent = () => {
    const { cpuMs, wallMs } = elapsed();
    return cpuMs > budgetMs * workersOf(executor) || wallMs > slowest * budgetMs;
  };
  const measured: MeasuredCell[] = [];
  const whole: WholeCell[] = [];
  let [startSeconds, chunks, isShortened] = [0, 0, false];
  try {
    for (const [place, index] of [...mandatory, ...others].entries()) {
      if (place >= mandatory.length && isSpent()) break;
      const cell = cells.at(index)!;
      const tried = shortened(cell);
      const first = await round(tried, executor);
      if (place < mandatory.length) chunks += (await rounds(tried, executor, budgetMs / 5)).chunks;
      const odd = await rounds(tried, executor, measuringMs);
      const even = await rounds(tried, executor, measuringMs);
      if (place === 0) startSeconds = startOf(first, odd);
      chunks += first.chunks + odd.chunks + even.chunks;
      measured.push(measuredCell(cell, tried, odd, even));
      if (tried === cell) whole.push({ cell, summary: even.merged });
      else isShortened = true;
    }
    const finish = run.isWhole ? finishing(whole, run.finishCell) : { cpuSeconds: 0, wallSeconds: 0 };
    const rehearsal = isShortened ? null : await rehearse(run, executor);
    const seconds = elapsed().wallMs / 1000;
    const summaries = new Map(whole.map(({ cell, summary }) => [cell.index, summary]));
    return { measured, summaries, startSeconds, finish, rehearsal, seconds, chunks, isShortened };
  } finally {
    await executor.close();
  }
}

interface WholeCell {
  readonly cell: Cell;
  readonly summary: ChunkSummary;
}

/** What finishing a cell takes where nothing else is known: code that runs for the first time. */
function finishing(whole: readonly WholeCell[], finishCell: PilotedRun['finishCell']): Pilot['finish'] {
  const sound = whole.filter(({ summary }) => summary.norm.count > 0);
  const elapsed = clock();
  for (const { cell, summary } of sound) finishCell(cell, summary);
  const { cpuMs, wallMs } = elapsed();
  const count = 1000 * Math.max(1, sound.length);
  return { cpuSeconds: cpuMs / count, wallSeconds: wallMs / count };
}

/** After so many milliseconds no other cell is tried; one of every member always is. A short run is not worth a long pilot. */
function budgetFor(sizes: PlanSizes): number {
  const nanoseconds = sizes.sum(({ replicates, nominalNanoseconds: each }) => replicates * each);
  return Math.min(longestMs, shortestMs + nanoseconds * 1e-6);
}

/** The cells to be tried, by their places in the plan: one of every member, and then others, ever finer between the cheapest and the dearest. */
function pilotCells(sizes: PlanSizes): { readonly mandatory: readonly number[]; readonly others: readonly number[] } {
  const queues = sizes.byCost().map((places) => {
    return [...new Set(spread(places.length))].map((place) => sizes.at(places[place]).index);
  });
  const mandatory = queues.map(([first]) => first);
  const longest = Math.max(...queues.map(({ length }) => length));
  const others = Array.from({ length: longest - 1 }, (_, turn) => queues.flatMap((queue) => queue[turn + 1] ?? []));
  return { mandatory, others: others.flat() };
}

const mostCellsOfMember = 65;

/** Places in a list: the middle, the ends, the quarters, the eighths, …: all of a short one. */
function spread(length: number): number[] {
  const shares = [0.5, 0, 1];
  for (let parts = 4; shares.length < mostCellsOfMember; parts *= 2) {
    for (let odd = 1; odd < parts; odd += 2) shares.push(odd / parts);
  }
  const places = shares.map((share) => Math.round(share * (length - 1)));
  return length <= mostCellsOfMember ? [...places, ...Array.from({ length }, (_, place) => place)] : places;
}

/** A cell with fewer steps where a pair would take too long. */
function shortened(cell: Cell): Cell {
  const nanoseconds = nominalNanoseconds(cell);
  if (nanoseconds <= longestPair) return cell;
  const steps = Math.max(1, Math.floor((cell.pair.steps * longestPair) / nanoseconds));
  return { ...cell, pair: { ...cell.pair, steps }, recordedSteps: cell.recordedSteps.filter((step) => step <= steps) };
}

interface Round {
  readonly chunks: number;
  readonly pairs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly merged: ChunkSummary;
}

/** Some chunks of a cell, two a worker or more, all workers busy; each is merged and written down as in a run. */
async function round(cell: Cell, executor: Executor): Promise<Round> {
  const chunks = pilotChunks(cell, workersOf(executor));
  const elapsed = clock();
  let merged = emptySummary;
  const queue = [...chunks];
  const seen = new Set<number>();
  const worker = async () => {
    for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
      const answer = await executor.run(cell, chunk);
      // A chunk that fails has cost what it has cost, and will be told of by the run.
      if (answer === null || !('summary' in answer)) continue;
      JSON.stringify(answer.summary);
      if (!seen.has(chunk.block)) merged = mergeSummaries(merged, answer.summary);
      seen.add(chunk.block);
    }
  };
  await Promise.all(Array.from({ length: executor.concurrency }, worker));
  const { cpuMs, wallMs } = elapsed();
  const pairs = chunks.reduce((sum, { replicates }) => sum + replicates, 0);
  return { chunks: chunks.length, pairs, wallMs, cpuMs: Math.max(leastCpuMs, cpuMs), merged };
}

/** Some systems count processor time in ticks, and see none in a short round. */
const leastCpuMs = 0.001;

/** Rounds until so many milliseconds of processor time are spent by each worker, at least one; the summary is that of the last. */
async function rounds(cell: Cell, executor: Executor, milliseconds: number): Promise<Round> {
  let all = await round(cell, executor);
  while (all.cpuMs < milliseconds * workersOf(executor)) {
    const next = await round(cell, executor);
    all = {
      chunks: all.chunks + next.chunks,
      pairs: all.pairs + next.pairs,
      wallMs: all.wallMs + next.wallMs,
      cpuMs: all.cpuMs + next.cpuMs,
      merged: next.merged,
    };
  }
  return all;
}

/** What the first round took over what one like it takes later. */
function startOf(first: Round, later: Round): number {
  return Math.max(0, first.wallMs - (later.wallMs * first.pairs) / later.pairs) / 1000;
}

/** A pool has one chunk more under way than it has workers. */
function workersOf({ concurrency }: Executor): number {
  return Math.max(1, concurrency - 1);
}

/** Chunks of a cell, none longer than the pilot has time for; from the first again where the cell has no more whole ones. */
function pilotChunks(cell: Cell, workers: number): Chunk[] {
  const whole = Math.max(1, Math.floor(cell.replicates / cell.chunkSize));
  const affordable = Math.max(1, Math.floor(nanosecondsPerChunk / nominalNanoseconds(cell)));
  const nanoseconds = Math.min(affordable, cell.chunkSize, cell.replicates) * nominalNanoseconds(cell);
  const each = Math.min(mostChunks, Math.max(2, Math.ceil(nanosecondsPerRound / nanoseconds)));
  return Array.from({ length: each * workers }, (_, turn) => {
    const chunk = chunkAt(cell, turn % whole);
    return { ...chunk, replicates: Math.min(chunk.replicates, affordable) };
  });
}

function measuredCell(cell: Cell, tried: Cell, first: Round, second: Round): MeasuredCell {
  const scale = nominalNanoseconds(cell) / nominalNanoseconds(tried) / (first.pairs + second.pairs);
  return {
    cell,
    cpuSeconds: (scale * (first.cpuMs + second.cpuMs)) / 1000,
    wallSeconds: (scale * (first.wallMs + second.wallMs)) / 1000,
    noise: Math.abs(Math.log(first.cpuMs / first.pairs / (second.cpuMs / second.pairs))),
  };
}
