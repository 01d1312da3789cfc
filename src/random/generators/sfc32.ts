import seedrandom from 'seedrandom';
import type { GeneratorFamily } from './generator.ts';

/**
 * sfc32 (Doty-Humphrey's "small fast counter", 96 bits of state and a 32-bit counter).
 *
 * Its step is invertible and counts, so two streams of fewer than 2³² draws meet only if their 96-bit keys are equal.
 */
class Sfc32 {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(a: number, b: number, c: number) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    // 10 discarded rounds were not enough for PractRand over interleaved neighbouring keys, 15 were.
    for (let round = 0; round < 15; round++) this.next();
  }

  /** The next 32 bits, as a signed integer. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}

/** One sfc32 stream a replicate: the key gives 96 bits, the replicate's number is added to the last 32 of them. */
export function sfc32Family(key: string): GeneratorFamily {
  const seeder = seedrandom(key);
  const [a, b, c] = [seeder.int32(), seeder.int32(), seeder.int32()];
  return (replicate) => {
    const generator = new Sfc32(a, b, (c + replicate) | 0);
    return () => ((generator.next() >>> 5) * 2 ** 26 + (generator.next() >>> 6)) * 2 ** -53;
  };
}
