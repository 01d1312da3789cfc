import { resolve } from 'node:path';
import { foldParts, planOfParts, recordsOf, requireAllChunks } from '../distribution/merge-runs.ts';
import { programVersion } from '../program-version.ts';
import { CoupledReport } from '../results/coupled-summary.ts';
import { contrastDifference } from '../results/difference.ts';
import { programDifferences } from '../results/manifest.ts';
import { openRunFolder, runId } from '../results/open-run-folder.ts';
import { ownProvenance } from '../results/own-provenance.ts';
import type { Provenance } from '../results/provenance.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { storedPlan } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { tellCoupled } from './run-coupled.ts';
import { tellFailures } from './tell-failures.ts';

/** What `norm-growth merge` was asked for. */
interface MergeSettings {
  readonly out: string;
  readonly format: 'text' | 'json';
}

/**
 * Puts the shards of a run together in a run folder of its own, and tells what came of it.
 *
 * @returns whether no cell has failed and all is as the scenario expects
 * @throws {ResultsError} when the folders are not all parts of one run
 */
export async function mergeFolders(folders: readonly string[], { out, format }: MergeSettings): Promise<boolean> {
  const runs: StoredRun[] = [];
  // A folder that is named twice is one.
  for (const folder of new Map(folders.map((path) => [resolve(path), path])).values()) runs.push(await readRun(folder));
  const planned = planOfParts(runs);
  // Before anything is written.
  await requireAllChunks(planned, runs);
  const { scenario, plan } = planned;
  const provenance = await ownProvenance();
  requireOwnProgram(runs[0], provenance);
  // Not the manifest's own word for it: it names a folder.
  const id = runId({ version: programVersion(), kernel: planned.kernel, scenario: scenario.identity });
  const folder = await openRunFolder({
    resultsDirectory: out,
    name: scenario.name,
    id,
    plan: { coupled: storedPlan(planned) },
    words: scenario.words,
    seed: plan.cells.at(0)!.seed,
    provenance,
  });
  try {
    if (folder.status === 'finished') throw new ResultsError(`${visiblePath(folder.path)}: ${isMerged}`);
    await keepRecords(runs, folder);
    const report = await CoupledReport.open(planned, folder);
    const failures = await foldParts(planned, runs, (index, summary) => report.add(index, summary));
    const notices = await folder.finish(await report.finish(failures));
    for (const notice of notices) process.stderr.write(`${notice}\n`);
    process.stderr.write(
      `merged ${runs.length} run ${runs.length === 1 ? 'folder' : 'folders'} into ${visiblePath(folder.path)}\n`,
    );
    const stored = await folder.summary();
    const isAsExpected = await tellCoupled(scenario, stored, folder.path, format);
    const hasFailures = await tellFailures(stored, folder.path, format);
    return isAsExpected && !hasFailures;
  } finally {
    await folder.close();
  }
}

const isMerged =
  'this run is there already, and finished; `norm-growth watch` shows it, and --out with another folder merges again';

/** @throws {ResultsError} when another program computed the parts: what is merged here would pass for ours */
function requireOwnProgram({ manifest, path }: StoredRun, own: Provenance): void {
  const [difference] = programDifferences(manifest.provenance, own);
  if (difference === undefined) return;
  const said = contrastDifference(difference, 'there', 'here');
  throw new ResultsError(
    `${visiblePath(path)}: was computed by another program than the one that is to merge it: ${said}; merge where it was ` +
      'computed, with the same build',
  );
}

/** Copies every record; those that are there already are compared. */
async function keepRecords(runs: readonly StoredRun[], folder: RunFolder): Promise<void> {
  let waiting = 0;
  for await (const { cell, block, summary } of recordsOf(runs)) {
    folder.append({ cell, block, summary });
    waiting += 1;
    if (waiting % 1000 === 0) await folder.flush();
  }
}
