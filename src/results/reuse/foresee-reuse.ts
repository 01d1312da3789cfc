import { join } from 'node:path';
import type { Shard } from '../../engine/shard.ts';
import { mostInSummary } from '../gathered-cells.ts';
import type { FoundRun } from '../look-for-run.ts';
import type { RunRequest } from '../open-run-folder.ts';
import { readRun } from '../read-run.ts';
import type { PlannedScenario } from '../stored-plan.ts';
import type { Reuse } from './reuse.ts';
import { type ReusingFolder, reuseInto } from './take-over.ts';

/** What a run would take over from earlier ones. */
export interface ForeseenReuse {
  readonly taken: Reuse['taken'];
  /** How many chunks of each cell, by its place in the plan. */
  readonly chunks: ReadonlyMap<number, number>;
}

/**
 * What `takeOver` would copy into the folder of a run, were it begun now, or gone on with. Writes nothing.
 *
 * @throws {ResultsError} when the run's own journal is damaged
 */
export async function foreseeReuse(
  request: RunRequest,
  found: FoundRun,
  { planned, shard }: { readonly planned: PlannedScenario; readonly shard: Shard | undefined },
): Promise<ForeseenReuse> {
  const { resultsDirectory, name, id, provenance } = request;
  const isAsked = request.fresh !== true && found.status !== 'finished' && found.obstacle === null;
  if (!isAsked) return { taken: [], chunks: new Map() };
  const there = new Set<string>();
  const addressOf = ({ cell, block }: { readonly cell: number; readonly block: number }) => `${cell}/${block}`;
  // Of more cells nothing is taken over.
  if (found.path !== null && planned.plan.cells.length <= mostInSummary) {
    for await (const record of (await readRun(found.path)).records()) there.add(addressOf(record));
  }
  const chunks = new Map<number, number>();
  const folder: ReusingFolder = {
    path: found.path ?? join(resultsDirectory, `${name}--${id}`),
    id,
    status: found.path === null ? 'new' : 'resumed',
    has: (address) => there.has(addressOf(address)),
    append: (record) => {
      there.add(addressOf(record));
      chunks.set(record.cell, (chunks.get(record.cell) ?? 0) + 1);
    },
    flush: async () => {},
  };
  const { taken } = await reuseInto({ folder, planned, shard, resultsDirectory, provenance });
  return { taken, chunks };
}
