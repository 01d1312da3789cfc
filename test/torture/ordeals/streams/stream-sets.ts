import seedrandom from 'seedrandom';
import { type KernelModule, ownKernels } from '../../../../src/kernels/kernel-module.ts';
import { seedKernel } from '../../../../src/kernels/seed.ts';
import { type GeneratorName, openGenerator } from '../../../../src/random/generators/index.ts';
import { type Purpose, type StreamAddress, streamKey } from '../../../../src/random/stream-address.ts';

/** Draws 32 bits, from 0 to 2³² − 1. */
export type Words = () => number;

/** A stream's address, replicate and all. */
export type Address = StreamAddress & { readonly replicate: number };

/** Streams of neighbouring addresses. */
export interface StreamSet {
  readonly name: string;
  /** Streams of a key, where there are not as many as replicates of a block. */
  readonly streamsOfKey?: number;
  open(address: Address): Words;
}

/** The parts of an address, each with two neighbouring values. */
export const addressParts = ['replicate', 'block', 'purpose', 'group', 'seed'] as const;

const purposes: readonly Purpose[] = ['presence', 'presence-upper', 'copies', 'gain', 'gain-upper', 'start'];

/** So many addresses next to each other: replicates within blocks, blocks within purposes, and so on, a few of each. */
export function neighbour(index: number, replicates: number): Address {
  const block = Math.floor(index / replicates);
  return {
    replicate: index % replicates,
    block: block % 12,
    purpose: purposes[Math.floor(block / 12) % purposes.length],
    group: `g${Math.floor(block / 72) % 4}`,
    seed: 1 + Math.floor(block / 288),
  };
}

/** The same address, but for one part that is next to it. */
export function besides(address: Address, part: (typeof addressParts)[number]): Address {
  switch (part) {
    case 'purpose':
      return { ...address, purpose: address.purpose === 'gain' ? 'gain-upper' : 'gain' };
    case 'group':
      return { ...address, group: `${address.group}0` };
    default:
      return { ...address, [part]: address[part] + 1 };
  }
}

/**
 * The program's own streams, whose draws of 53 bits are looked at by their upper 32.
 *
 * @param seed added to those of the addresses
 */
export function ownStreams(generator: GeneratorName, seed = 0): StreamSet {
  const families = new Map<string, ReturnType<typeof openGenerator>>();
  return {
    name: generator,
    open(address) {
      const key = streamKey({ ...address, seed: address.seed + seed });
      const family = families.get(key) ?? openGenerator(generator, key);
      families.set(key, family);
      return upperWords(family(address.replicate));
    },
  };
}

export function upperWords(uniform: () => number): Words {
  return () => Math.floor(uniform() * 2 ** 32);
}

/** Where the kernels keep draws made in bulk, and how many of them: see memory.ts of the kernels. */
const [bulk, bulkDraws] = [65_536 + 8192, 16_128 / 4];
const lanes = 12;

/** The kernels' generators, twelve of them for a key: a replicate is a lane here. */
export const laneStreams = (seed: number): StreamSet => ({
  name: 'simd lanes',
  streamsOfKey: lanes,
  open({ replicate, ...address }) {
    const kernel = ownKernels();
    seedKernel(kernel, laneKey({ ...address, seed: address.seed + seed }));
    let at = bulkDraws;
    let draws = new Uint32Array(0);
    return () => {
      if (at >= bulkDraws) {
        draws = drawBulk(kernel);
        at = replicate % lanes;
      }
      const draw = draws[at];
      at += lanes;
      return draw;
    };
  },
});

/** Kernels have one purpose: what else is told apart goes into the group. */
function laneKey(address: StreamAddress): string {
  return streamKey({ ...address, purpose: 'kernel', group: `${address.group} ${address.purpose}` });
}

/** What a kernel draws next: by turns one word of each lane. */
export function drawBulk(kernel: KernelModule): Uint32Array<ArrayBuffer> {
  kernel.reset();
  // An alias table is an excuse: whoever draws from one draws in bulk.
  kernel.exports.drawOutcomes(1, kernel.allocateZeros(2 * 16), 1, kernel.allocateZeros(2 * 4));
  return kernel.words(bulk, bulkDraws).slice();
}

/** What has gone wrong elsewhere, and must be seen to be wrong here. */
export const negativeControls: readonly StreamSet[] = [
  {
    name: 'LCG(seed + i)',
    open(address) {
      let state = (numberOf(address) & 0xffff_ffff) >>> 0;
      return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state;
      };
    },
  },
  {
    name: 'raw seedrandom strings',
    open: ({ seed, group, purpose, block, replicate }) =>
      upperWords(seedrandom(`${group}${purpose}${seed}${block}${replicate}`).double),
  },
  {
    name: 'unmixed sfc32 seeds',
    open(address) {
      let [a, b, c, counter] = [address.seed, address.block, numberOf(address) | 0, 1];
      return () => {
        const sum = (((a + b) | 0) + counter) | 0;
        counter = (counter + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + sum) | 0;
        return sum >>> 0;
      };
    },
  },
];

/** Neighbouring addresses as neighbouring numbers. */
function numberOf({ seed, group, purpose, block, replicate }: Address): number {
  const ofGroup = [...group].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return replicate + block + purposes.indexOf(purpose) + ofGroup + seed;
}
