import { writeSync } from 'node:fs';
import { ownKernels } from '../../../../src/kernels/kernel-module.ts';
import { seedKernel } from '../../../../src/kernels/seed.ts';
import type { GeneratorName } from '../../../../src/random/generators/index.ts';
import { streamKey } from '../../../../src/random/stream-address.ts';
import { type Address, drawBulk, negativeControls, ownStreams, type Words } from './stream-sets.ts';

/** Words of all 64 streams of a negative control before the next 64. */
const wordsOfControls = 64 * 16;

/** Writes words of 64 interleaved streams to the standard output, for as long as somebody reads them. */
const [name, label] = process.argv.slice(2);
feed(name === 'simd lanes' ? interleavedLanes(label) : interleavedStreams(name, label));

function feed(next: Words): void {
  const words = new Uint32Array(2 ** 16);
  const bytes = new Uint8Array(words.buffer);
  try {
    while (true) {
      for (let at = 0; at < words.length; at++) words[at] = next();
      for (let from = 0; from < bytes.length; ) from += writeSync(1, bytes, from);
    }
  } catch (error) {
    // The reader has enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** 64 addresses; joined to one number, some of them read the same: seed 1 and block 11, seed 11 and block 1. */
function addresses(group: string): Address[] {
  const [ones, purposes] = [[1, 11] as const, ['presence', 'gain'] as const];
  return ones.flatMap((seed) =>
    ones.flatMap((block) =>
      [0, 1, 2, 3, 10, 11, 12, 13].flatMap((replicate) =>
        purposes.map((purpose) => ({ seed, block, replicate, purpose, group })),
      ),
    ),
  );
}

function interleavedStreams(set: string, group: string): Words {
  const control = negativeControls.find((control) => control.name === set);
  const streams = (control ?? ownStreams(set as GeneratorName)) as { open(address: Address): Words };
  const opened = (later: number) =>
    addresses(group).map((address) => streams.open({ ...address, replicate: address.replicate + later }));
  let interleaved = opened(0);
  let drawn = 0;
  return () => {
    drawn += 1;
    // What is wrong with an unmixed seed shows in the first words: controls go on with the next replicates.
    if (control !== undefined && drawn % wordsOfControls === 0) interleaved = opened(drawn / wordsOfControls);
    return interleaved[drawn & 63]();
  };
}

/** The twelve lanes of each of 64 kernels, lane by lane and kernel by kernel. */
function interleavedLanes(group: string): Words {
  const kernels = addresses(group).map((address) => {
    const kernel = ownKernels();
    seedKernel(kernel, streamKey({ ...address, purpose: 'kernel', group: `${group} ${JSON.stringify(address)}` }));
    return kernel;
  });
  let [kernel, at] = [0, 0];
  let bulks = kernels.map(drawBulk);
  return () => {
    const word = bulks[kernel][at];
    at += 1;
    if (at % 12 !== 0) return word;
    kernel += 1;
    if (kernel < kernels.length) at -= 12;
    else {
      kernel = 0;
      if (at === bulks[0].length) {
        at = 0;
        bulks = kernels.map(drawBulk);
      }
    }
    return word;
  };
}
