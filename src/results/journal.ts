import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson } from '../random/canonical-json.ts';
import { type Disk, type DiskFile, identityOf } from './disk.ts';
import { syncFolder } from './durable-file.ts';
import { journalLine, longestLine } from './journal-line.ts';
import { blockName, type JournalEnd, journalFormat } from './read-journal.ts';
import type { RecordLedger } from './record-ledger.ts';
import { fileError, freshRemedy, ResultsError } from './results-error.ts';

const longestDelayMs = 20;
const largestGroup = 64 * 1024;

/**
 * Opens a journal for appending: cuts the tail that reading it found, and writes the header where there is none yet.
 *
 * @param end what readJournal returned for this file; the caller holds the folder's lock since before it read
 */
export async function openJournal(path: string, manifestHash: string, end: JournalEnd, disk: Disk): Promise<Journal> {
  try {
    const file = await disk.open(path, 'a');
    try {
      if (end.tail !== null) await file.truncate(end.goodBytes);
      const header =
        end.goodBytes === 0 ? journalLine(canonicalJson({ format: journalFormat, manifest: manifestHash })) : '';
      if (header !== '') await file.write(header);
      await file.sync();
      await syncFolder(dirname(path), disk);
      const bytes = end.goodBytes + Buffer.byteLength(header);
      return new Journal(path, file, await file.identity(), { ledger: end.ledger, bytes });
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw fileError(error, 'cannot open the journal for writing', path);
  }
}

/**
 * The writing end of a journal. Lines are written in groups, at most 20 ms or 64 KB after they were appended, and each
 * group is synced before the next. The first failure is kept, and every later call throws it.
 */
export class Journal {
  readonly #path: string;
  readonly #file: DiskFile;
  readonly #identity: string;
  readonly #ledger: RecordLedger;
  #durableBytes: number;
  #lines: string[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isCommitting = false;
  #committed: Promise<void> = Promise.resolve();
  #failure: ResultsError | undefined;
  #isClosed = false;

  constructor(path: string, file: DiskFile, identity: string, there: { ledger: RecordLedger; bytes: number }) {
    this.#path = path;
    this.#file = file;
    this.#identity = identity;
    this.#ledger = there.ledger;
    this.#durableBytes = there.bytes;
  }

  /** How long the part of the file is that has been synced. */
  get durableBytes(): number {
    return this.#durableBytes;
  }

  /** Whether a block is in the journal, or on its way there. */
  has({ cell, block }: { readonly cell: number; readonly block: number }): boolean {
    return this.#ledger.has(cell, block);
  }

  /**
   * Appends a record and returns at once. A block that is there already, byte for byte, is dropped.
   *
   * @throws {ResultsError} the failure of an earlier write; a block that is there with another summary
   * @throws {RangeError | TypeError} for a summary that is not JSON, see canonicalJson
   */
  append(record: { readonly cell: number; readonly block: number; readonly summary: unknown }): void {
    this.#expectOpen();
    const { cell, block, summary } = record;
    const json = canonicalJson({ cell, block, summary });
    const line = journalLine(json);
    const bytes = Buffer.byteLength(line);
    if (bytes > longestLine) throw new RangeError(`Journal.append: ${blockName(record)} needs ${bytes} bytes a line`);
    const verdict = this.#ledger.admit(cell, block, json);
    if (verdict === 'same') return;
    if (verdict === 'conflict') throw this.#conflict(record);
    this.#lines.push(line);
    this.#bytes += bytes;
    if (this.#bytes >= largestGroup) this.#commit();
    else this.#timer ??= setTimeout(() => this.#commit(), longestDelayMs);
  }

  /**
   * Resolves when all that was appended is durable, and still in its place.
   *
   * @throws {ResultsError} if any of it could not be written
   */
  async flush(): Promise<void> {
    this.#expectOpen();
    this.#commit();
    await this.#committed;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Flushes and closes the file, which is closed even if flushing fails. A second call does nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    try {
      await this.flush();
    } finally {
      this.#isClosed = true;
      await this.#file.close();
    }
  }

  #expectOpen(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isClosed) throw new TypeError(`${this.#path}: the journal is closed`);
  }

  /** Queues one group behind the one being written; a group that still waits takes in what comes meanwhile. */
  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isCommitting) return;
    this.#isCommitting = true;
    this.#committed = this.#committed.then(() => this.#writeGroup());
  }

  /** Never rejects: nobody may be waiting, and the failure must reach the next caller. */
  async #writeGroup(): Promise<void> {
    this.#isCommitting = false;
    const group = this.#lines.join('');
    this.#lines = [];
    this.#bytes = 0;
    if (this.#failure !== undefined) return;
    try {
      if (group !== '') {
        await this.#file.write(group);
        // After a failed sync the kernel may drop the pages and report success the next time, so the failure stays.
        await this.#file.datasync();
        this.#durableBytes += Buffer.byteLength(group);
      }
      if (identityOf(await stat(this.#path, { bigint: true })) !== this.#identity) {
        throw Object.assign(new Error('another file has its name'), { code: 'ENOENT' });
      }
    } catch (error) {
      this.#failure = fileError(error, 'cannot write the journal', this.#path);
    }
  }

  #conflict(record: { readonly cell: number; readonly block: number }): ResultsError {
    return new ResultsError(
      `${this.#path}: ${blockName(record)} came twice with different summaries: it was computed by different programs ` +
        `or machines; ${freshRemedy}`,
    );
  }
}
