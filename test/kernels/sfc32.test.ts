import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import { kernels } from '../../src/kernels/kernel-module.ts';
import { seedKernel } from '../../src/kernels/seed.ts';
import { sfc32Family } from '../../src/random/generators/sfc32.ts';

const streams = 12;
/** Where the kernels keep draws made in bulk, and how many of them: see memory.ts of the kernels. */
const [bulk, bulkDraws] = [65_536 + 8192, 16_128 / 4];

/** Draws that the kernels make next, in bulk: those of the first stream, of the second … and of the first again. */
function drawBulk(): Uint32Array {
  const kernel = kernels();
  kernel.reset();
  // An alias table is an excuse: whoever draws from one draws in bulk.
  kernel.exports.drawOutcomes(1, kernel.allocateZeros(2 * 16), 1, kernel.allocateZeros(2 * 4));
  return kernel.words(bulk, bulkDraws).slice();
}

/** Seeds stream i with the words a, b and c + i, which are those of the plain generator of replicate i. */
function seedLikeReplicates(a: number, b: number, c: number): void {
  const kernel = kernels();
  const words = kernel.words(kernel.exports.openDraws(), 3 * streams);
  for (let stream = 0; stream < streams; stream++) words.set([a], stream);
  for (let stream = 0; stream < streams; stream++) words.set([b], streams + stream);
  for (let stream = 0; stream < streams; stream++) words.set([c + stream], 2 * streams + stream);
  kernel.exports.openDraws();
}

it.each(['a key', 'another', ''])('draws bit for bit what the plain generator draws, from key "%s"', (key) => {
  const seeder = seedrandom(key);
  seedLikeReplicates(seeder.int32(), seeder.int32(), seeder.int32());
  const draws = [...drawBulk(), ...drawBulk()];
  const family = sfc32Family(key);
  for (let stream = 0; stream < streams; stream++) {
    const plain = family(stream);
    const drawn = draws.filter((_, at) => at % streams === stream);
    for (let at = 0; at < drawn.length; at += 2) {
      expect(((drawn[at] >>> 5) * 2 ** 26 + (drawn[at + 1] >>> 6)) * 2 ** -53).toBe(plain());
    }
  }
});

it('seeds the words a of all streams, then their words b, then their words c, from the key', () => {
  const kernel = kernels();
  const seeder = seedrandom('a key');
  kernel.words(kernel.exports.openDraws(), 3 * streams).forEach((_, word, words) => {
    words[word] = seeder.int32();
  });
  kernel.exports.openDraws();
  const byHand = drawBulk();
  seedKernel(kernel, 'a key');
  expect(drawBulk()).toEqual(byHand);
});

it('begins anew with every seeding, and differently with every key', () => {
  seedKernel(kernels(), 'a key');
  const first = drawBulk();
  expect(drawBulk()).not.toEqual(first);
  seedKernel(kernels(), 'a key');
  expect(drawBulk()).toEqual(first);
  seedKernel(kernels(), 'another');
  const other = drawBulk();
  // Two draws in 2³² are equal by chance.
  expect(other.filter((draw, at) => draw === first[at]).length).toBeLessThanOrEqual(1);
});
