import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Purpose, replicatesPerBlock, streamKey } from '../../src/random/stream-address.ts';
import { replicateStreams } from '../../src/random/streams.ts';

const address = { seed: 1, group: 'g', purpose: 'presence' as Purpose, block: 0 };

describe('streamKey', () => {
  it('differs when any part of the address differs', () => {
    const keys = [
      address,
      { ...address, seed: 11 },
      { ...address, group: 'g\n' },
      { ...address, purpose: 'gain' as Purpose },
      { ...address, block: 1 },
    ].map(streamKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not confuse addresses whose parts read the same when joined', () => {
    const number = fc.nat({ max: 2 ** 31 });
    fc.assert(
      fc.property(number, number, number, number, (seedA, blockA, seedB, blockB) => {
        fc.pre(seedA !== seedB || blockA !== blockB);
        expect(streamKey({ ...address, seed: seedA, block: blockA })).not.toBe(
          streamKey({ ...address, seed: seedB, block: blockB }),
        );
      }),
    );
  });

  it('keeps its known answers, because every stored result depends on them', () => {
    expect(streamKey(address)).toMatchInlineSnapshot(
      `"520c7d1138cedee26fd31de152ed987a71eb824bebeb1a93f0f8f06d24f519bb"`,
    );
  });
});

describe('replicateStreams', () => {
  it('gives each purpose a stream of its own, the same whichever was opened first', () => {
    const draw = (purposes: readonly Purpose[]) => {
      const open = replicateStreams(1, 'g', 'sfc32')(5);
      return Object.fromEntries(purposes.map((purpose) => [purpose, open(purpose)()]));
    };
    const forwards = draw(['presence', 'gain', 'start']);
    const backwards = draw(['start', 'gain', 'presence']);
    expect(backwards).toEqual(forwards);
    expect(new Set(Object.values(forwards)).size).toBe(3);
  });

  it('opens a new block of keys beyond the last replicate of one', () => {
    const streams = replicateStreams(1, 'g', 'sfc32');
    expect(streams(replicatesPerBlock)('presence')()).not.toBe(streams(0)('presence')());
  });
});
