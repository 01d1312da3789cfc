import { z } from 'zod';
import { shardText } from '../distribution/shard-folder.ts';
import { executorFor } from '../engine/executor-for.ts';
import type { Cell } from '../engine/plan.ts';
import { coupledPairs } from '../engine/run-plan.ts';
import { chunkCountInShard, type Shard } from '../engine/shard.ts';
import type { Json } from '../random/canonical-json.ts';
import { formatCount } from '../report/format-number.ts';
import { misshapen } from '../results/read-summary.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type Simulated, summarised } from '../results/run-summary.ts';
import type { PlannedScenario } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { completeRun } from './complete-run.ts';
import type { RunWatch } from './run-watch.ts';
import type { RunSettings, ToldFormat } from './scenario-run.ts';

/** What `summary.json` of a shard holds: no numbers, for those are known when all shards are merged. */
interface ShardSummary {
  readonly shard: Shard;
  /** How many chunks the shard has. */
  readonly chunks: number;
}

/** Simulates the chunks of a shard that are missing. */
export async function simulateShard(
  { scenario, plan }: PlannedScenario,
  shard: Shard,
  folder: RunFolder,
  settings: RunSettings,
  watch: RunWatch,
): Promise<Simulated> {
  const { cells } = plan;
  const executor = await executorFor(plan, settings.workers, settings.chunkTimeoutMs);
  const { failures, stopped, setAside } = await completeRun(cells, coupledPairs, {
    folder,
    executor,
    watch,
    failFast: settings.failFast,
    shard,
    kept: async () => {},
  });
  if (stopped !== null) return { summary: null, stopped, setAside };
  const run = { id: folder.id, seed: cells.at(0)!.seed };
  const summary = summarised(scenario, run, failures, { cells: [] });
  return { summary: { ...summary, ...shardSummary(shard, cells) }, stopped };
}

/**
 * Says what is done, and what is to be done when all shards are.
 *
 * @throws {ResultsError} when the summary is not of this shard
 */
export function tellShard(
  planned: PlannedScenario,
  shard: Shard,
  { summary, path }: { readonly summary: Json; readonly path: string },
  format: ToldFormat,
): boolean {
  const { chunks } = shardSummary(shard, planned.plan.cells);
  const form = z.looseObject({
    shard: z.object({ number: z.literal(shard.number), of: z.literal(shard.of) }),
    chunks: z.literal(chunks),
  });
  const parsed = form.safeParse(summary);
  if (!parsed.success) throw misshapen(path, parsed.error.issues[0]);
  if (format === 'json') process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (format === 'text') printShard({ shard, chunks }, path);
  return true;
}

/** The same, of a shard whose summary nobody asks for. */
export function tellStoredShard({ plan: { cells } }: PlannedScenario, shard: Shard, path: string): void {
  printShard(shardSummary(shard, cells), path);
}

function shardSummary(shard: Shard, cells: Iterable<Cell>): ShardSummary {
  let chunks = 0;
  for (const cell of cells) chunks += chunkCountInShard(shard, cell);
  return { shard, chunks };
}

function printShard({ shard, chunks }: ShardSummary, path: string): void {
  process.stdout.write(
    `shard ${shardText(shard)}: ${chunks === 1 ? '1 chunk is' : `${formatCount(chunks)} chunks are`} in ${visiblePath(path)}\n` +
      `when all ${shard.of} shards are done: norm-growth merge <their ${shard.of} run folders> --out <folder>\n`,
  );
}
