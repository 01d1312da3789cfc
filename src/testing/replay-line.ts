import { shellQuoted } from '../report/shell-quoted.ts';
import type { SimulatedPair } from './tested-pair.ts';

/** Linux takes no longer argument than 128 KiB, other systems less. */
const longestArgument = 100_000;

/** The command that shows a pair again, to be pasted into a POSIX shell. */
export function replayLine({ scenario }: Pick<SimulatedPair, 'scenario'>, replicate: number): string {
  if (Buffer.byteLength(scenario) <= longestArgument) {
    return `norm-growth replay ${shellQuoted(scenario)} --pair ${replicate}`;
  }
  return `norm-growth replay pair.yaml --pair ${replicate}, where pair.yaml holds ${scenario}`;
}
