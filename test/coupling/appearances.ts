import type { DrawPair } from '../../src/coupling/coupling.ts';
import type { PairWalk } from '../../src/coupling/pair-walk.ts';
import { PathRecord } from '../../src/coupling/path-record.ts';
import type { StreamSource } from '../../src/random/streams.ts';

/** One appearance as a coupling reports it. */
export interface Appearance {
  readonly step: number;
  readonly lowerCopies: number;
  readonly upperCopies: number;
}

/** Draws a pair's appearances, walking nowhere. */
export function appearancesOf(drawPair: DrawPair, open: StreamSource): Appearance[] {
  const appearances: Appearance[] = [];
  const walk: PairWalk = {
    record: new PathRecord([]),
    begin: () => {},
    appear: (step, lowerCopies, upperCopies) => void appearances.push({ step, lowerCopies, upperCopies }),
    finish: () => {},
    settle: () => {
      throw new Error('this coupling draws no appearances');
    },
  };
  drawPair(open, walk);
  return appearances;
}
