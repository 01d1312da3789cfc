import { type GeneratorName, openGenerator } from './generators/index.ts';
import { type Purpose, replicatesPerBlock, streamKey } from './stream-address.ts';

/** Opens one replicate's stream for a purpose; opened twice, a stream starts again from its first draw. */
export type StreamSource = (purpose: Purpose) => () => number;

/**
 * The streams of the replicates of one cell.
 *
 * The draws of a replicate depend on the seed, the group, the generator and the replicate's number, and on nothing
 * else: not on the worker, the chunk, or the order of computation.
 */
export function replicateStreams(seed: number, group: string, generator: GeneratorName) {
  const families = new Map<string, ReturnType<typeof openGenerator>>();
  return (replicate: number): StreamSource => {
    const block = Math.floor(replicate / replicatesPerBlock);
    return (purpose) => {
      const name = `${block} ${purpose}`;
      let family = families.get(name);
      if (family === undefined) {
        family = openGenerator(generator, streamKey({ seed, group, purpose, block }));
        families.set(name, family);
      }
      return family(replicate % replicatesPerBlock);
    };
  };
}
