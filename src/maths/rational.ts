/** An exact fraction; not reduced. The denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The exact value of a double.
 *
 * @throws {RangeError} for NaN and infinities
 */
export function rational(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`rational: expected a finite number, got ${value}`);
  let numerator = value;
  let halvings = 0n;
  // Doubling is exact, and ends within 1,074 rounds at an integer.
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    halvings += 1n;
  }
  return { numerator: BigInt(numerator), denominator: 1n << halvings };
}

export function add(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Rational, b: Rational): Rational {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** @throws {RangeError} for a divisor of 0 */
export function divide(a: Rational, b: Rational): Rational {
  if (b.numerator === 0n) throw new RangeError('divide: the divisor is 0');
  const sign = b.numerator < 0n ? -1n : 1n;
  return { numerator: sign * a.numerator * b.denominator, denominator: sign * a.denominator * b.numerator };
}

/** −1, 0 or 1. */
export function sign({ numerator }: Rational): number {
  return numerator > 0n ? 1 : numerator < 0n ? -1 : 0;
}

/** −1 where a < b, 0 where they are equal, 1 where a > b. */
export function compare(a: Rational, b: Rational): number {
  return sign(subtract(a, b));
}
