// sfc32 (Doty-Humphrey, PractRand): twelve streams side by side in three groups of four, as many as hide the latency of one
// another's steps; the twin of random/generators/sfc32.ts.

import { GENERATORS } from './memory';
import { ONES } from './splats';

@inline function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/**
 * Fills a buffer with draws, 48 bytes at a time: it may write up to 47 bytes more than asked for.
 *
 * The state, at `GENERATORS`, is u32 [3][12], the words a, b and c of the streams, and u32 [4], their counter. Streams whose
 * counters start alike meet within 2³² draws only if the other three words are the same.
 */
export function fillDraws(buffer: usize, bytes: usize): void {
  let a = v128.load(GENERATORS);
  let a2 = v128.load(GENERATORS, 16);
  let a3 = v128.load(GENERATORS, 32);
  let b = v128.load(GENERATORS, 48);
  let b2 = v128.load(GENERATORS, 64);
  let b3 = v128.load(GENERATORS, 80);
  let c = v128.load(GENERATORS, 96);
  let c2 = v128.load(GENERATORS, 112);
  let c3 = v128.load(GENERATORS, 128);
  let counter = v128.load(GENERATORS, 144);
  const end = buffer + bytes;
  for (let at = buffer; at < end; at += 48) {
    const draw = i32x4.add(i32x4.add(a, b), counter);
    const draw2 = i32x4.add(i32x4.add(a2, b2), counter);
    const draw3 = i32x4.add(i32x4.add(a3, b3), counter);
    v128.store(at, draw);
    v128.store(at, draw2, 16);
    v128.store(at, draw3, 32);
    counter = i32x4.add(counter, v128.load(ONES));
    a = v128.xor(b, i32x4.shr_u(b, 9));
    a2 = v128.xor(b2, i32x4.shr_u(b2, 9));
    a3 = v128.xor(b3, i32x4.shr_u(b3, 9));
    b = i32x4.add(c, i32x4.shl(c, 3));
    b2 = i32x4.add(c2, i32x4.shl(c2, 3));
    b3 = i32x4.add(c3, i32x4.shl(c3, 3));
    c = i32x4.add(rotateLeft(c, 21), draw);
    c2 = i32x4.add(rotateLeft(c2, 21), draw2);
    c3 = i32x4.add(rotateLeft(c3, 21), draw3);
  }
  v128.store(GENERATORS, a);
  v128.store(GENERATORS, a2, 16);
  v128.store(GENERATORS, a3, 32);
  v128.store(GENERATORS, b, 48);
  v128.store(GENERATORS, b2, 64);
  v128.store(GENERATORS, b3, 80);
  v128.store(GENERATORS, c, 96);
  v128.store(GENERATORS, c2, 112);
  v128.store(GENERATORS, c3, 128);
  v128.store(GENERATORS, counter, 144);
}
