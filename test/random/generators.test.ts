import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { generatorNames, openGenerator } from '../../src/random/generators/index.ts';
import { refusedAlgorithms } from '../../src/random/generators/refused.ts';
import { streamKey } from '../../src/random/stream-address.ts';

const key = streamKey({ seed: 1, group: 'test', purpose: 'presence', block: 0 });

describe.each(generatorNames)('%s', (name) => {
  const family = openGenerator(name, key);

  it('gives the same stream for the same replicate, and another one for the next', () => {
    const [first, again, next] = [family(7), family(7), family(8)].map((uniform) =>
      Array.from({ length: 50 }, uniform),
    );
    expect(again).toEqual(first);
    expect(next).not.toEqual(first);
  });

  it('draws from [0, 1) with more than 32 bits', () => {
    const uniform = family(0);
    const draws = Array.from({ length: 1000 }, uniform);
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(draws.some((draw) => !Number.isInteger(draw * 2 ** 32))).toBe(true);
  });
});

describe('sfc32', () => {
  it('matches the known answers of the reference implementation', () => {
    // State (a, b, c, counter = 1) seeded from the key, 15 rounds discarded, computed independently with BigInt.
    const seeder = seedrandom(key);
    const mask = 0xffffffffn;
    const word = (value: number) => BigInt(value >>> 0);
    let [a, b, c, counter] = [word(seeder.int32()), word(seeder.int32()), word(seeder.int32() + 3), 1n];
    const next = () => {
      const sum = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = ((((c << 21n) & mask) | (c >> 11n)) + sum) & mask;
      return sum;
    };
    for (let round = 0; round < 15; round++) next();
    const uniform = openGenerator('sfc32', key)(3);
    for (let draw = 0; draw < 100; draw++) {
      const [high, low] = [next() >> 5n, next() >> 6n];
      expect(uniform()).toBe(Number((high << 26n) | low) / 2 ** 53);
    }
  });
});

describe('refused algorithms', () => {
  it.each(Object.keys(refusedAlgorithms))('%s is refused with its reason', (name) => {
    expect(() => openGenerator(name as 'sfc32', key)).toThrow(refusedAlgorithms[name]);
  });

  it('an unknown algorithm is refused with the list of those that exist', () => {
    expect(() => openGenerator('mt19937' as 'sfc32', key)).toThrow('unknown; use one of sfc32, arc4');
  });

  // Four keys whose characters cancel under exclusive or, position by position.
  const cancelling = ['a0'.repeat(32), 'b0'.repeat(32), 'a1'.repeat(32), 'b1'.repeat(32)];

  it('xor128: three streams give the fourth', () => {
    const streams = cancelling.map((seed) => seedrandom.xor128(seed));
    for (let draw = 0; draw < 100; draw++) expect(streams.reduce((sum, stream) => sum ^ stream.int32(), 0)).toBe(0);
  });

  it('xorwow: three streams give the lowest bit of the fourth', () => {
    const streams = cancelling.map((seed) => seedrandom.xorwow(seed));
    for (let draw = 0; draw < 100; draw++) expect(streams.reduce((sum, stream) => sum ^ stream.int32(), 0) & 1).toBe(0);
  });

  it('xorshift7: keys with one tail give one stream', () => {
    const [one, two] = ['0'.repeat(40), 'f'.repeat(40)].map((head) => seedrandom.xorshift7(`${head}${key.slice(40)}`));
    for (let draw = 0; draw < 100; draw++) expect(one.int32()).toBe(two.int32());
  });

  it('the allowed algorithms have neither fault', () => {
    for (const name of ['alea', 'tychei', 'xor4096'] as const) {
      const streams = cancelling.map((seed) => seedrandom[name](seed));
      const lowestBits = Array.from(
        { length: 100 },
        () => streams.reduce((sum, stream) => sum ^ stream.int32(), 0) & 1,
      );
      expect(lowestBits).toContain(1);
      const [one, two] = ['0'.repeat(40), 'f'.repeat(40)].map((head) => seedrandom[name](`${head}${key.slice(40)}`));
      expect(one.int32()).not.toBe(two.int32());
    }
  });
});
