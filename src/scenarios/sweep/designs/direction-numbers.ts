/**
 * The first direction numbers of a dimension of a Sobol sequence, m₁, m₂, …, and the coefficients a of its primitive
 * polynomial, the first and the last left out, as a binary number.
 */
interface InitialNumbers {
  readonly coefficients: number;
  readonly numbers: readonly number[];
}

/** Binary digits of a coordinate. */
export const binaryDigits = 32;

/**
 * Dimensions 2 to 21; the first one has m = 1 throughout.
 *
 * @see Joe and Kuo (2008), SIAM Journal on Scientific Computing 30: their table new-joe-kuo-6
 */
const initialNumbers: readonly InitialNumbers[] = [
  { coefficients: 0, numbers: [1] },
  { coefficients: 1, numbers: [1, 3] },
  { coefficients: 1, numbers: [1, 3, 1] },
  { coefficients: 2, numbers: [1, 1, 1] },
  { coefficients: 1, numbers: [1, 1, 3, 3] },
  { coefficients: 4, numbers: [1, 3, 5, 13] },
  { coefficients: 2, numbers: [1, 1, 5, 5, 17] },
  { coefficients: 4, numbers: [1, 1, 5, 5, 5] },
  { coefficients: 7, numbers: [1, 1, 7, 11, 19] },
  { coefficients: 11, numbers: [1, 1, 5, 1, 1] },
  { coefficients: 13, numbers: [1, 1, 1, 3, 11] },
  { coefficients: 14, numbers: [1, 3, 5, 5, 31] },
  { coefficients: 1, numbers: [1, 3, 3, 9, 7, 49] },
  { coefficients: 13, numbers: [1, 1, 1, 15, 21, 21] },
  { coefficients: 16, numbers: [1, 3, 1, 13, 27, 49] },
  { coefficients: 19, numbers: [1, 1, 1, 15, 7, 5] },
  { coefficients: 22, numbers: [1, 3, 1, 15, 13, 25] },
  { coefficients: 25, numbers: [1, 1, 5, 5, 19, 61] },
  { coefficients: 1, numbers: [1, 3, 7, 11, 23, 15, 103] },
  { coefficients: 4, numbers: [1, 3, 7, 13, 13, 15, 69] },
];

/** How many dimensions there are direction numbers for. */
export const mostDimensions = initialNumbers.length + 1;

/** The direction numbers of a dimension, counted from 0: vₖ = mₖ · 2^(32 − k) for k = 1 … 32. */
export function directionNumbers(dimension: number): Uint32Array {
  const numbers = dimension === 0 ? new Array<number>(binaryDigits).fill(1) : continued(initialNumbers[dimension - 1]);
  return Uint32Array.from(numbers, (number, index) => number * 2 ** (binaryDigits - 1 - index));
}

/** mₖ = 2a₁mₖ₋₁ ⊕ 2²a₂mₖ₋₂ ⊕ … ⊕ 2ˢmₖ₋ₛ ⊕ mₖ₋ₛ, from the s first ones. */
function continued({ coefficients, numbers }: InitialNumbers): number[] {
  const degree = numbers.length;
  const all = [...numbers];
  for (let k = degree; k < binaryDigits; k++) {
    let next = BigInt(all[k - degree]) ^ (BigInt(all[k - degree]) << BigInt(degree));
    for (let lag = 1; lag < degree; lag++) {
      const isIn = (coefficients >> (degree - 1 - lag)) & 1;
      if (isIn === 1) next ^= BigInt(all[k - lag]) << BigInt(lag);
    }
    all.push(Number(next));
  }
  return all;
}
