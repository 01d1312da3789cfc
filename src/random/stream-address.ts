import { createHash } from 'node:crypto';

/** What a stream of draws is for. One stream a purpose: a consumer that draws more does not shift the others. */
export type Purpose =
  | 'presence'
  | 'presence-upper'
  | 'copies'
  | 'other-items'
  | 'gain'
  | 'gain-upper'
  | 'direction'
  | 'direction-upper'
  | 'kernel'
  | 'start'
  | 'start-upper'
  | 'claim'
  | 'data'
  | 'parameters'
  | 'batches'
  | 'bootstrap'
  | 'design';

/** Replicates that share one stream key; the key of a replicate beyond them has the next block number. */
export const replicatesPerBlock = 65_536;

/** The values that name a family of streams, one stream for each replicate of the block. */
export interface StreamAddress {
  readonly seed: number;
  /** Names the parameters that cells do not share draws across: see `streamGroup` in the engine. */
  readonly group: string;
  readonly purpose: Purpose;
  readonly block: number;
}

/**
 * The key of a stream: 64 hexadecimal digits that differ, for practical purposes always, when any part of the
 * address differs.
 *
 * seedrandom must not see the address itself: its string seeds repeat ('1' and '11' are one stream) and look
 * only at the low byte of each character.
 */
export function streamKey({ seed, group, purpose, block }: StreamAddress): string {
  const root = sha256(`norm-growth-seed/v1\n${seed}`);
  return sha256(`norm-growth-stream/v1\n${root}\n${group}\n${purpose}\n${block}`);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
