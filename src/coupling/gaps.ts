/**
 * The steps at which a run appears when it appears at each step with probability a = 1 − (1 − p)^B, drawn by the
 * geometric gaps between them, P(gap > g) = (1 − p)^{Bg}: one uniform a gap.
 *
 * The gap is 1 + ⌊log(1 − U) / (B log(1 − p))⌋. Its rounding moves the boundary between two gaps by less than 2⁻⁵² in
 * probability, because the quotient's error, 2⁻⁵² g, is multiplied by the density e^{−ag} a ≤ 1/(e g).
 *
 * @returns a function from one uniform to the next gap, Infinity where the item never appears
 */
export function geometricGap(popularity: number, batchSize: number): (uniform: () => number) => number {
  if (popularity === 0) return () => Number.POSITIVE_INFINITY;
  const logAbsence = batchSize * Math.log1p(-popularity);
  return (uniform) => 1 + Math.floor(Math.log1p(-uniform()) / logAbsence);
}
