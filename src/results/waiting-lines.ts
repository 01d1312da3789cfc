import type { FileHandle } from 'node:fs/promises';
import type { Disk, DiskFile } from './disk.ts';
import { openRegular } from './regular-file.ts';
import { fileError } from './results-error.ts';

/** Characters that wait in memory, and that are written at once; bytes that are read at once, in whatever order they are wanted. */
const limits = { held: 8 * 2 ** 20, written: 2 ** 20, read: 2 ** 16 };

/**
 * Lines that wait for their turn, by their number: some megabytes of them in memory, the others in a file beside it, of which
 * 12 bytes a line are held.
 */
export class WaitingLines {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #held = new Map<number, string | null>();
  #heldLength = 0;
  readonly #places = new LinePlaces();
  #piece = '';
  #pieceBegin = 0;
  #end = 0;
  #writer: DiskFile | undefined;
  #reader: FileHandle | undefined;
  /** What was last read of the file. */
  #window = { begin: 0, bytes: Buffer.alloc(0) };

  /** @param path of the file, which is made when it is needed */
  constructor(path: string, disk: Disk) {
    this.#path = path;
    this.#disk = disk;
  }

  get size(): number {
    return this.#held.size + this.#places.size;
  }

  /**
   * @param line with its end; null for a number that has none
   * @throws {ResultsError} if the disk refuses
   */
  async put(number: number, line: string | null): Promise<void> {
    const length = line?.length ?? 0;
    if (line === null || this.#heldLength + length <= limits.held) {
      this.#held.set(number, line);
      this.#heldLength += length;
      return;
    }
    const bytes = Buffer.byteLength(line);
    this.#places.set(number, { offset: this.#end, bytes });
    this.#end += bytes;
    this.#piece += line;
    if (this.#piece.length >= limits.written) await this.#write();
  }

  /**
   * Takes a line out.
   *
   * @returns undefined where it is not there
   * @throws {ResultsError} if the disk refuses
   */
  async take(number: number): Promise<string | null | undefined> {
    const held = this.#held.get(number);
    if (held !== undefined) {
      this.#held.delete(number);
      this.#heldLength -= held?.length ?? 0;
      return held;
    }
    const place = this.#places.take(number);
    return place === undefined ? undefined : this.#read(place);
  }

  /** Removes the file, one too that a process left that was killed. */
  async discard(): Promise<void> {
    await this.#reader?.close();
    await this.#writer?.close();
    await this.#disk.remove(this.#path);
  }

  async #write(): Promise<void> {
    try {
      this.#writer ??= await this.#open();
      await this.#writer.write(this.#piece);
    } catch (error) {
      throw fileError(error, 'cannot write this file', this.#path);
    }
    this.#piece = '';
    this.#pieceBegin = this.#end;
  }

  /** What a process left that was killed is of no use. */
  async #open(): Promise<DiskFile> {
    await this.#disk.remove(this.#path);
    return this.#disk.open(this.#path, 'wx');
  }

  async #read({ offset, bytes }: LinePlace): Promise<string> {
    if (offset + bytes > this.#pieceBegin) await this.#write();
    const begin = () => offset - this.#window.begin;
    if (begin() < 0 || begin() + bytes > this.#window.bytes.length) await this.#fill(offset, bytes);
    return this.#window.bytes.toString('utf8', begin(), begin() + bytes);
  }

  async #fill(offset: number, bytes: number): Promise<void> {
    const wanted = Math.min(Math.max(bytes, limits.read), this.#pieceBegin - offset);
    try {
      this.#reader ??= (await openRegular(this.#path)) ?? undefined;
      if (this.#reader === undefined) throw Object.assign(new Error('it is gone'), { code: 'ENOENT' });
      const piece = Buffer.allocUnsafe(wanted);
      let length = 0;
      while (length < wanted) {
        const { bytesRead } = await this.#reader.read(piece, length, wanted - length, offset + length);
        if (bytesRead === 0) throw new Error('it was cut');
        length += bytesRead;
      }
      this.#window = { begin: offset, bytes: piece };
    } catch (error) {
      throw fileError(error, 'cannot read this file', this.#path);
    }
  }
}

interface LinePlace {
  readonly offset: number;
  readonly bytes: number;
}

/** Where lines are in a file, by their number: 12 bytes each, up to the largest number. */
class LinePlaces {
  size = 0;
  #offsets = new Float64Array(1024);
  /** 0 where there is no line. */
  #bytes = new Uint32Array(1024);

  set(number: number, { offset, bytes }: LinePlace): void {
    while (number >= this.#bytes.length) this.#grow();
    this.#offsets[number] = offset;
    this.#bytes[number] = bytes;
    this.size += 1;
  }

  take(number: number): LinePlace | undefined {
    const bytes = this.#bytes[number] ?? 0;
    if (bytes === 0) return undefined;
    this.#bytes[number] = 0;
    this.size -= 1;
    return { offset: this.#offsets[number], bytes };
  }

  #grow(): void {
    const [offsets, bytes] = [this.#offsets, this.#bytes];
    this.#offsets = new Float64Array(2 * offsets.length);
    this.#offsets.set(offsets);
    this.#bytes = new Uint32Array(2 * bytes.length);
    this.#bytes.set(bytes);
  }
}
