import seedrandom from 'seedrandom';
import { sha256 } from '../stream-address.ts';
import type { GeneratorFamily } from './generator.ts';

/** The algorithms of the seedrandom package that may be drawn from. */
export type SeedrandomAlgorithm = 'arc4' | 'alea' | 'tychei' | 'xor4096';

const algorithms: Record<SeedrandomAlgorithm, (seed: string) => seedrandom.PRNG> = {
  arc4: (seed) => seedrandom(seed),
  alea: seedrandom.alea,
  tychei: seedrandom.tychei,
  xor4096: seedrandom.xor4096,
};

/** One stream a replicate, each seeded with a hash of its own; slower than sfc32, for independent references. */
export function seedrandomFamily(algorithm: SeedrandomAlgorithm, key: string): GeneratorFamily {
  return (replicate) => algorithms[algorithm](sha256(`${key}\n${replicate}`)).double;
}
