import { createHash } from 'node:crypto';

/** No plan has as many cells, or as many blocks in a cell: together an address is an integer below 2⁵³. */
export const mostCells = 2 ** 20;
export const mostBlocks = 2 ** 33;
const free = -1;

/**
 * Which blocks a journal holds, with a digest of each: a block counts once, however often it is delivered.
 *
 * A hash table with open addressing: 32 to 64 bytes of memory a block, because a journal may have millions of them.
 */
export class RecordLedger {
  #addresses = new Float64Array(64).fill(free);
  #digests = new BigUint64Array(64);
  #size = 0;

  /** How many blocks there are. */
  get size(): number {
    return this.#size;
  }

  has(cell: number, block: number): boolean {
    const address = cell * mostBlocks + block;
    return this.#addresses[this.#slotOf(address)] === address;
  }

  /**
   * Takes a block in, unless it is there already.
   *
   * @param json the record's canonical text
   * @returns 'new', 'same' for a block that is there byte for byte, or 'conflict' for one that is there otherwise
   * @throws {RangeError} for an address that no plan has
   */
  admit(cell: number, block: number, json: string): 'new' | 'same' | 'conflict' {
    if (!(block < mostBlocks && cell < mostCells))
      throw new RangeError(`RecordLedger: no plan has block ${block} of cell ${cell}`);
    const address = cell * mostBlocks + block;
    const digest = createHash('sha256').update(json).digest().readBigUInt64LE();
    const slot = this.#slotOf(address);
    if (this.#addresses[slot] === address) return this.#digests[slot] === digest ? 'same' : 'conflict';
    this.#addresses[slot] = address;
    this.#digests[slot] = digest;
    this.#size += 1;
    if (2 * this.#size > this.#addresses.length) this.#grow();
    return 'new';
  }

  /** Where an address is, or would go. */
  #slotOf(address: number): number {
    const mask = this.#addresses.length - 1;
    let slot = hashOf(address) & mask;
    while (this.#addresses[slot] !== address && this.#addresses[slot] !== free) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [addresses, digests] = [this.#addresses, this.#digests];
    this.#addresses = new Float64Array(2 * addresses.length).fill(free);
    this.#digests = new BigUint64Array(2 * addresses.length);
    for (const [old, address] of addresses.entries()) {
      if (address === free) continue;
      const slot = this.#slotOf(address);
      this.#addresses[slot] = address;
      this.#digests[slot] = digests[old];
    }
  }
}

/** Mixes both halves of an address, so that neighbours are spread. */
function hashOf(address: number): number {
  const mixed = Math.imul(address >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(address / 2 ** 32), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
