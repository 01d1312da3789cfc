import { canonicalJson, hashOf, type Json } from '../random/canonical-json.ts';
import { type ChosenFolder, chooseFolder } from './choose-folder.ts';
import { describeDifference } from './difference.ts';
import { type Disk, localDisk } from './disk.ts';
import { lockFolder } from './lock.ts';
import { compareManifests, formatVersion, type Manifest, refuseToResume } from './manifest.ts';
import type { Provenance } from './provenance.ts';
import { folderEntries, readRun, runFiles } from './read-run.ts';
import { freshRemedy } from './results-error.ts';
import type { RunFolder } from './run-folder.ts';
import { unfinishedRun } from './unfinished-run.ts';
import { visibleJson } from './visible-json.ts';

/** The run that is wanted. */
export interface RunRequest {
  readonly resultsDirectory: string;
  /** The scenario's name: 1 to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or a digit. */
  readonly name: string;
  /** What names the folder beside the scenario: see `runId`. */
  readonly id: string;
  /** The resolved plan: JSON, stored and compared on resuming. */
  readonly plan: unknown;
  /** What is kept beside it and not compared: JSON. */
  readonly words?: unknown;
  readonly seed: string | number;
  readonly provenance: Provenance;
  /** Whether to start a new folder beside those that are there. */
  readonly fresh?: boolean;
}

/** 12 hexadecimal digits of the hash of what makes a run this one and no other: scenario, overrides, seed, version. */
export function runId(identity: unknown): string {
  return hashOf(identity).slice(0, 12);
}

/**
 * Opens the folder of a run: a new one, an unfinished one to resume, or a finished one to show again.
 *
 * A SIGKILL at any moment leaves a folder that the next call resumes or starts cleanly. Nothing is ever overwritten.
 *
 * @param disk every operation that changes the disk, for tests
 * @throws {ResultsError} if another process writes to it, it belongs to another design or program, it is damaged, it is
 *   no run folder, or the disk refuses
 */
export async function openRunFolder(request: RunRequest, disk: Disk = localDisk): Promise<RunFolder> {
  const { resultsDirectory, name, id, fresh = false } = request;
  const folder = await chooseFolder({ resultsDirectory, name, id, fresh }, disk);
  const manifest = manifestOf(request);
  if (await isFinished(folder)) return finishedRun(folder, manifest);
  const lock = await lockFolder(folder.path, disk);
  try {
    if (!(await isFinished(folder))) return await unfinishedRun(folder, manifest, lock, disk);
  } catch (error) {
    await lock.release();
    throw error;
  }
  // Another process finished it between the look and the lock.
  await lock.release();
  return finishedRun(folder, manifest);
}

/** What the folder of a new run is begun with. */
export function manifestOf({ id, name, seed, plan, words = null, provenance }: RunRequest): Manifest {
  return {
    formatVersion,
    id,
    scenario: name,
    seed,
    plan: keptJson(plan),
    words: keptJson(words),
    provenance,
    created: new Date().toISOString(),
  };
}

/** Foreign texts in it are kept as they are read again: its journal names the manifest by its hash. */
function keptJson(value: unknown): Json {
  const text = canonicalJson(value);
  return visibleJson(JSON.parse(text), text);
}

async function isFinished({ path }: ChosenFolder): Promise<boolean> {
  return (await folderEntries(path)).includes(runFiles.summary);
}

async function finishedRun({ path }: ChosenFolder, present: Manifest): Promise<RunFolder> {
  const run = await readRun(path);
  const { design, program } = compareManifests(run.manifest, present);
  refuseToResume({ design, program: [] }, path);
  const notices = [`${path}: finished before, shown again; to compute it anew, ${freshRemedy}`];
  if (program.length > 0) {
    notices.push(`${path}: was computed by another program: ${program.map(describeDifference).join('; ')}`);
  }
  const refuse = () => {
    throw new TypeError(`${path}: the run is finished, nothing can be appended`);
  };
  return {
    path,
    id: present.id,
    status: 'finished',
    notices,
    records: () => run.records(),
    has: refuse,
    append: refuse,
    flush: async () => {},
    attach: async () => refuse(),
    makeFolder: async () => refuse(),
    openCells: async () => refuse(),
    finish: async () => refuse(),
    summary: async () => run.summary,
    close: async () => {},
  };
}
