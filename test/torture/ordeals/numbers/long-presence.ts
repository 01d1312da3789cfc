/** Bits after the point: of the least double, 2⁻¹⁰⁷⁴, another 300 are kept. */
const places = 1400n;
const one = 1n << places;

/** Both probabilities of a batch, rounded once. */
export interface Presence {
  readonly present: number;
  readonly absent: number;
}

/** 1 − (1 − p)^B and (1 − p)^B in numbers of 1,400 bits, by squaring: what `presenceProbability` is held against. */
export function longPresence(popularity: number, batchSize: number): Presence {
  const absent = powerOf(one - exactly(popularity), batchSize);
  return { present: rounded(one - absent), absent: rounded(absent) };
}

/** a″ − a′ = (1 − p′)^B − (1 − p″)^B, rounded once. */
export function longPresenceGap(lower: number, upper: number, batchSize: number): number {
  return rounded(powerOf(one - exactly(lower), batchSize) - powerOf(one - exactly(upper), batchSize));
}

/** A number in [0, 1] as what it is: a whole number of 2⁻¹⁴⁰⁰. */
function exactly(value: number): bigint {
  let [whole, doublings] = [value, 0n];
  for (; !Number.isInteger(whole); whole *= 2) doublings += 1n;
  return BigInt(whole) << (places - doublings);
}

function powerOf(base: bigint, exponent: number): bigint {
  let [power, square] = [one, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = (power * square) >> places;
    square = (square * square) >> places;
  }
  return power;
}

function rounded(value: bigint): number {
  const bits = value.toString(2).length;
  const shift = BigInt(Math.max(0, bits - 64));
  return (Number(value >> shift) / 2 ** 64) * 2 ** (64 + Number(shift) - Number(places));
}
