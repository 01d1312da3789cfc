// xoshiro128++ (Blackman and Vigna), four streams side by side in the lanes of i32x4.

@inline function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/**
 * Fills a buffer with 32-bit draws.
 *
 * @param state four vectors: the words of the four streams
 * @param quads draws to make, divided by four
 */
export function fillDraws(state: usize, buffer: usize, quads: i32): void {
  let s0 = v128.load(state);
  let s1 = v128.load(state, 16);
  let s2 = v128.load(state, 32);
  let s3 = v128.load(state, 48);
  const end = buffer + (<usize>quads << 4);
  for (let at = buffer; at < end; at += 16) {
    v128.store(at, i32x4.add(rotateLeft(i32x4.add(s0, s3), 7), s0));
    const shifted = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, shifted);
    s3 = rotateLeft(s3, 11);
  }
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}
