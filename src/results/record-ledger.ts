import { createHash } from 'node:crypto';

/**
 * Which blocks a journal holds, with a digest of each: a block counts once, however often it is delivered.
 * About 100 bytes of memory a block.
 */
export class RecordLedger {
  readonly #digests = new Map<string, string>();

  /** How many blocks there are. */
  get size(): number {
    return this.#digests.size;
  }

  has(cell: number, block: number): boolean {
    return this.#digests.has(`${cell}/${block}`);
  }

  /**
   * Takes a block in, unless it is there already.
   *
   * @param json the record's canonical text
   * @returns 'new', 'same' for a block that is there byte for byte, or 'conflict' for one that is there otherwise
   */
  admit(cell: number, block: number, json: string): 'new' | 'same' | 'conflict' {
    const key = `${cell}/${block}`;
    const digest = createHash('sha256').update(json).digest().toString('latin1', 0, 16);
    const known = this.#digests.get(key);
    if (known === undefined) this.#digests.set(key, digest);
    else return known === digest ? 'same' : 'conflict';
    return 'new';
  }
}
