import seedrandom from 'seedrandom';
import type { KernelModule } from './kernel-module.ts';

/** Words a, b and c of the kernel's twelve sfc32 streams. */
const seededWords = 36;

/** Seeds the kernel's generators: 96 bits a stream, as the plain sfc32 takes them. */
export function seedKernel(kernel: KernelModule, key: string): void {
  const seeder = seedrandom(key);
  // Their address does not depend on what they hold.
  const generators = kernel.exports.openDraws();
  kernel.words(generators, seededWords).forEach((_, word, words) => {
    words[word] = seeder.int32();
  });
  kernel.exports.openDraws();
}
