import { join } from 'node:path';
import { hashOf, type Json, prettyJson } from '../random/canonical-json.ts';
import { attachmentFolder, writeAttachment } from './attachment.ts';
import { CellsFileWriter } from './cells-file.ts';
import type { ChosenFolder } from './choose-folder.ts';
import type { Disk } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { type Journal, openJournal } from './journal.ts';
import { packedSuffix } from './journal-source.ts';
import { lockFiles, type WriterLock } from './lock.ts';
import { compareManifests, type Manifest, refuseToResume } from './manifest.ts';
import { packJournal } from './pack-journal.ts';
import { type JournalEnd, readJournal } from './read-journal.ts';
import { folderEntries, readManifest, runFiles } from './read-run.ts';
import { freshRemedy, ResultsError } from './results-error.ts';
import type { RunFolder } from './run-folder.ts';
import { summaryText } from './summary-checksum.ts';

/**
 * A run that this process may write to: a new one, whose manifest is written first, or one that is resumed.
 *
 * @param lock held since before the folder was looked into; close releases it, a failure here does not
 */
export async function unfinishedRun(
  folder: ChosenFolder,
  present: Manifest,
  lock: WriterLock,
  disk: Disk,
): Promise<RunFolder> {
  const { path } = folder;
  const stored = await readManifest(path);
  if (stored === null) {
    await expectNothingButStarts(path);
    await writeDurably(join(path, runFiles.manifest), prettyJson(present), disk);
  } else refuseToResume(compareManifests(stored, present), path);
  await expectNotPacked(path);
  const manifestHash = hashOf(stored ?? present);
  const journalPath = join(path, runFiles.journal);
  const end = await readToEnd(journalPath, manifestHash);
  const notices = stored === null ? newNotices(folder) : resumedNotices(path, end);
  const journal = await openJournal(journalPath, manifestHash, end, disk);
  let finished: Json = null;
  return {
    path,
    id: present.id,
    status: stored === null ? 'new' : 'resumed',
    notices,
    records: () => readJournal(journalPath, manifestHash, { until: journal.durableBytes }),
    has: (address) => journal.has(address),
    append: (record) => journal.append(record),
    flush: () => journal.flush(),
    attach: (name, text) => writeAttachment(path, name, text, disk),
    makeFolder: (name) => attachmentFolder(path, name, disk),
    openCells: () => CellsFileWriter.open(join(path, runFiles.cells), disk),
    finish: async (summary) => {
      const text = summaryText(summary);
      // Flushed first: closing a closed journal does nothing, and a summary must not be written after a failure.
      await journal.flush();
      await journal.close();
      await writeDurably(join(path, runFiles.summary), text, disk);
      finished = JSON.parse(text);
      return packed(journalPath, disk);
    },
    summary: async () => finished,
    close: () => closeAll(journal, lock),
  };
}

/** Packs the journal of a run that is finished, packed or not. Returns what is to be said of it. */
async function packed(journalPath: string, disk: Disk): Promise<string[]> {
  try {
    await packJournal(journalPath, disk);
    return [];
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    return [`${error.message}. The run is finished, and its journal stays as it is`];
  }
}

/** @throws {ResultsError} for the journal of a finished run in a folder that has no summary */
async function expectNotPacked(path: string): Promise<void> {
  const entries = await folderEntries(path);
  const name = `${runFiles.journal}${packedSuffix}`;
  if (entries.includes(runFiles.journal) || !entries.includes(name)) return;
  throw new ResultsError(
    `${path}: holds ${name}, as a finished run does, but no ${runFiles.summary}; restore that, or unpack the journal ` +
      `(zstd -d --rm ${name}) to have the summary made again, or ${freshRemedy}`,
  );
}

async function closeAll(journal: Journal, lock: WriterLock): Promise<void> {
  try {
    await journal.close();
  } finally {
    await lock.release();
  }
}

/** What a process that died before it wrote the manifest can leave; anything else is not ours to write into. */
async function expectNothingButStarts(path: string): Promise<void> {
  const starts: string[] = [lockFiles.lock, lockFiles.writer, `${lockFiles.writer}.tmp`, `${runFiles.manifest}.tmp`];
  const others = (await folderEntries(path)).filter((entry) => !starts.includes(entry)).sort();
  if (others.length === 0) return;
  throw new ResultsError(
    `${path}: is not a run folder: it has no ${runFiles.manifest}, but holds ${JSON.stringify(others[0])}; restore the ` +
      `manifest, move the folder away, or ${freshRemedy}`,
  );
}

async function readToEnd(path: string, manifestHash: string): Promise<JournalEnd> {
  const records = readJournal(path, manifestHash);
  for (;;) {
    const next = await records.next();
    if (next.done) return next.value;
  }
}

function newNotices({ path, earlier }: ChosenFolder): string[] {
  return earlier === 0 ? [] : [`${path}: a new folder, beside ${earlier} of the same run`];
}

function resumedNotices(path: string, { ledger, tail }: JournalEnd): string[] {
  const reused = ledger.size;
  const notices = [`${path}: resumed, ${reused} finished ${reused === 1 ? 'block is' : 'blocks are'} reused`];
  if (tail !== null) {
    notices.push(
      `${join(path, runFiles.journal)}:${tail.line}: the last ${tail.bytes} bytes are an unfinished or damaged write; they ` +
        'are cut, and what they held is computed again',
    );
  }
  return notices;
}
