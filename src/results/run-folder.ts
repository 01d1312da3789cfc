import { canonicalJson, hashOf, type Json } from '../random/canonical-json.ts';
import type { CellsFileWriter } from './cells-file.ts';
import { type ChosenFolder, chooseFolder } from './choose-folder.ts';
import { describeDifference } from './difference.ts';
import { type Disk, localDisk } from './disk.ts';
import { lockFolder } from './lock.ts';
import { compareManifests, formatVersion, type Manifest, refuseToResume } from './manifest.ts';
import type { Provenance } from './provenance.ts';
import type { JournalRecord } from './read-journal.ts';
import { folderEntries, readRun, runFiles } from './read-run.ts';
import { freshRemedy } from './results-error.ts';
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

/** The folder of one run. While the run is not finished it belongs to this process alone. */
export interface RunFolder {
  readonly path: string;
  readonly id: string;
  /** What was found: nothing, an unfinished run, or a finished one, which can only be read. */
  readonly status: 'new' | 'resumed' | 'finished';
  /** What is reused, what was cut and why, each a sentence for the user. */
  readonly notices: readonly string[];
  /** The blocks that are durable when it is called, each once, in the order they were written. */
  records(): AsyncIterable<JournalRecord>;
  /** Whether a block is there, or was appended; of an unfinished run only. */
  has(address: { readonly cell: number; readonly block: number }): boolean;
  /** See Journal.append. */
  append(record: { readonly cell: number; readonly block: number; readonly summary: unknown }): void;
  /** See Journal.flush. */
  flush(): Promise<void>;
  /**
   * Puts a file beside the run's own, whole or not at all: a picture. Only before `finish`; a resumed run writes it again.
   *
   * @param name of the file and the folder it is in: `pictures/cell-0.svg`
   */
  attach(name: string, text: string): Promise<void>;
  /** Opens the file that holds the cells of a long run. Only before `finish`; a resumed run writes it again. */
  openCells(): Promise<CellsFileWriter>;
  /** Makes a folder beside the run's own files, if it is not there: where workers keep recordings. Returns its path. */
  makeFolder(name: 'recordings'): Promise<string>;
  /**
   * Makes the run a finished one, with this summary and its checksum, and packs a long journal; nothing can be appended afterwards. Still
   * to be closed. Returns what the user is to know: that the journal could not be packed.
   */
  finish(summary: object): Promise<readonly string[]>;
  /** The summary of a finished run, null of any other. */
  summary(): Promise<Json>;
  /** Flushes what was appended and gives the folder back. A second call does nothing. */
  close(): Promise<void>;
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
