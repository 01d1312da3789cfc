import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { canonicalJson } from '../random/canonical-json.ts';
import type { Disk, DiskFile } from './disk.ts';
import { syncFolder } from './durable-file.ts';
import { openRegular } from './regular-file.ts';
import { fileError, freshRemedy, ResultsError } from './results-error.ts';
import { visibleJson } from './visible-json.ts';
import { WaitingLines } from './waiting-lines.ts';

/** What `summary.json` says of a file that holds the cells in its place. */
export interface CellsFileFacts {
  /** One JSON object a line, in the order of the plan. */
  readonly name: 'cells.ndjson';
  readonly count: number;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

const pieceBytes = 2 ** 20;

/**
 * Writes what becomes of the cells of a long run, in the order of the plan, whatever order they come in. The file has its
 * name only when it is whole.
 *
 * Cells that come before their turn, because an earlier one is slow, wait: some megabytes of them in memory, the others in a
 * file beside it, which is gone at the end. One call of `add` at a time.
 */
export class CellsFileWriter {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #file: DiskFile;
  readonly #hash = createHash('sha256');
  /** Cells that came before their turn; null for one that failed. */
  readonly #waiting: WaitingLines;
  #next = 0;
  #count = 0;
  #piece = '';
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, disk: Disk, file: DiskFile) {
    this.#path = path;
    this.#disk = disk;
    this.#file = file;
    this.#waiting = new WaitingLines(`${path}.waiting.tmp`, disk);
  }

  /** @throws {ResultsError} if the disk refuses */
  static async open(path: string, disk: Disk): Promise<CellsFileWriter> {
    try {
      await disk.remove(`${path}.tmp`);
      return new CellsFileWriter(path, disk, await disk.open(`${path}.tmp`, 'wx'));
    } catch (error) {
      throw fileError(error, 'cannot write this file', path);
    }
  }

  /**
   * @param cell written with sorted keys, as what comes from a journal has them; null for one that failed and has no line
   * @throws {ResultsError} if the disk refuses
   */
  async add(index: number, cell: object | null): Promise<void> {
    await this.#waiting.put(index, cell === null ? null : `${canonicalJson(cell)}\n`);
    for (;;) {
      const line = await this.#waiting.take(this.#next);
      if (line === undefined) return;
      this.#next += 1;
      if (line === null) continue;
      this.#count += 1;
      this.#piece += line;
      if (this.#piece.length >= pieceBytes) await this.#write();
    }
  }

  /**
   * Puts the file in its place.
   *
   * @throws {ResultsError} if the disk refuses
   * @throws {RangeError} when cells are missing
   */
  async finish(): Promise<CellsFileFacts> {
    if (this.#waiting.size > 0) throw new RangeError(`CellsFileWriter: cell ${this.#next} is missing`);
    await this.#write();
    try {
      await this.#waiting.discard();
      await this.#file.sync();
      await this.#file.close();
      await this.#disk.rename(`${this.#path}.tmp`, this.#path);
      await syncFolder(dirname(this.#path), this.#disk);
    } catch (error) {
      throw fileError(error, 'cannot write this file', this.#path);
    }
    return { name: 'cells.ndjson', count: this.#count, sha256: this.#hash.digest('hex') };
  }

  /** Gives the file up; what was written of it goes with the next attempt. */
  async abandon(): Promise<void> {
    await this.#writing.catch(() => {});
    await this.#waiting.discard();
    await this.#file.close();
  }

  #write(): Promise<void> {
    const piece = this.#piece;
    this.#piece = '';
    this.#hash.update(piece);
    this.#writing = this.#writing
      .then(() => this.#file.write(piece))
      .catch((error) => {
        throw fileError(error, 'cannot write this file', this.#path);
      });
    return this.#writing;
  }
}

/**
 * The cells of such a file, as JSON values of unknown form, their texts safe to show. Memory for one line.
 *
 * @throws {ResultsError} when it is not the file that the summary speaks of; at its end, if only its hash says so
 */
export async function* readCellsFile(path: string, { count, sha256 }: CellsFileFacts): AsyncGenerator<unknown> {
  const changed = (what: string) => new ResultsError(`${path}: ${what}; restore the file, or ${freshRemedy}`);
  const file = await openRegular(path);
  if (file === null) throw changed('is missing, and summary.json has its cells there');
  const hash = createHash('sha256');
  let lines = 0;
  try {
    for await (const line of file.readLines()) {
      hash.update(`${line}\n`);
      lines += 1;
      yield parsed(line, () => changed(`line ${lines} is no JSON`));
    }
  } finally {
    await file.close();
  }
  if (lines !== count || hash.digest('hex') !== sha256) throw changed('is not as the run wrote it');
}

function parsed(line: string, fault: () => ResultsError): unknown {
  try {
    return visibleJson(JSON.parse(line), line);
  } catch {
    throw fault();
  }
}
