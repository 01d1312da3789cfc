import type { GeneratorFamily } from './generator.ts';
import { refusedAlgorithms } from './refused.ts';
import { type SeedrandomAlgorithm, seedrandomFamily } from './seedrandom-family.ts';
import { sfc32Family } from './sfc32.ts';

/** Where uniform draws come from: sfc32 unless an independent reference is wanted. */
export type GeneratorName = 'sfc32' | SeedrandomAlgorithm;

export const generatorNames = [
  'sfc32',
  'arc4',
  'alea',
  'tychei',
  'xor4096',
] as const satisfies readonly GeneratorName[];

/**
 * The streams of a block of replicates.
 *
 * @param key a stream key: see `streamKey`
 * @throws {RangeError} for an algorithm that is refused (with the reason) or unknown
 */
export function openGenerator(name: GeneratorName, key: string): GeneratorFamily {
  if (name === 'sfc32') return sfc32Family(key);
  if (generatorNames.includes(name)) return seedrandomFamily(name, key);
  const reason = refusedAlgorithms[name];
  const allowed = generatorNames.join(', ');
  throw new RangeError(`openGenerator: ${name} is ${reason ? `refused: ${reason}` : 'unknown'}; use one of ${allowed}`);
}
